using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts;

/// <summary>The tables that every database with accounts has, besides Identity's own.</summary>
public static class AccountModel
{
    public static ModelBuilder AddAccounts<TUser>(this ModelBuilder model)
        where TUser : Account
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<TUser>(row =>
        {
            row.Property(account => account.TotpStep).HasDefaultValue(0L);
            row.Property(account => account.RecoveryCodes).HasDefaultValue("");
        });
        // As version 3 of Identity's schema has it; the other changes of that version are left out.
        model.Entity<IdentityUserPasskey<string>>(row =>
        {
            row.ToTable("AspNetUserPasskeys");
            row.HasKey(passkey => passkey.CredentialId);
            row.Property(passkey => passkey.CredentialId).HasMaxLength(1024);
            row.OwnsOne(passkey => passkey.Data, data => data.ToJson());
            row.HasOne<TUser>().WithMany().HasForeignKey(passkey => passkey.UserId).IsRequired();
        });
        model.Entity<SessionRow>(row =>
        {
            row.ToTable("Sessions").HasKey(session => session.Id);
            row.HasIndex(session => session.SeenAt);
            row.HasOne<TUser>().WithMany().HasForeignKey(session => session.Account).IsRequired().OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ChallengeRow>(row =>
        {
            row.ToTable("Challenges").HasKey(challenge => challenge.Hash);
            row.HasIndex(challenge => challenge.ExpiresAt);
        });
        model.Entity<SignInAttempts>(row =>
        {
            row.ToTable("SignInAttempts").HasKey(attempts => new { attempts.Account, attempts.Network });
            row.HasIndex(attempts => attempts.At);
        });
        return model;
    }
}
