using Microsoft.AspNetCore.Identity;

namespace Interclustering.Node.People;

internal static class StaffAccounts
{
    public const int LockoutMinutes = 15, MostFailures = 5;

    public static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.Lockout.MaxFailedAccessAttempts = MostFailures;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(LockoutMinutes);
        options.Password.RequiredLength = PasswordRules.Shortest;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }

    /// <summary>Ends a lockout, and every other session.</summary>
    public static void SetPassword(StaffMember member, string password)
    {
        member.PasswordHash = new PasswordHasher<StaffMember>().HashPassword(member, password);
        (member.SecurityStamp, member.AccessFailedCount, member.LockoutEnd) = (Guid.NewGuid().ToString("N"), 0, null);
    }
}
