using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Interclustering.Accounts.Passwords;

/// <summary>Hashes passwords: PBKDF2 with HMAC-SHA-512, as Identity's version 3 has it.</summary>
public static class PasswordHashes
{
    /// <summary>What OWASP's password storage cheat sheet asks for with SHA-512.</summary>
    public const int Iterations = 210_000;

    /// <summary>How long a password that a verb printed can be used.</summary>
    public static readonly TimeSpan PrintedLife = TimeSpan.FromDays(1);

    private const string Printed = "printed";

    private static PasswordHasher<object> hasher = With(Iterations);
    private static readonly object AnyUser = new();
    private static readonly Lazy<string> NoAccount = new(() => Of(Guid.NewGuid().ToString()));

    public static string Of(string password) => hasher.HashPassword(AnyUser, password);

    /// <summary>For tests, which sign in thousands of times: fewer rounds.</summary>
    internal static void Use(int iterations) => hasher = With(iterations);

    internal static PasswordHasher<object> With(int iterations) =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));

    /// <summary>Without an account it costs the same work, and fails.</summary>
    public static PasswordVerificationResult Verify(Account? account, string password)
    {
        var result = hasher.VerifyHashedPassword(AnyUser, account?.PasswordHash ?? NoAccount.Value, password);
        return account?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
    }

    /// <summary>Gives the account a password, and ends its sessions with the save.</summary>
    public static void SetPassword(this Account account, string password)
    {
        ArgumentNullException.ThrowIfNull(account);
        account.SetPasswordHash(Of(password));
    }

    /// <inheritdoc cref="SetPassword"/>
    /// <param name="account">Whose password it becomes.</param>
    /// <param name="hash">As <see cref="Of"/> makes it.</param>
    public static void SetPasswordHash(this Account account, string hash)
    {
        ArgumentNullException.ThrowIfNull(account);
        account.PasswordHash = hash;
        (account.SecurityStamp, account.AccessFailedCount, account.LockoutEnd) = (Guid.NewGuid().ToString("N"), 0, null);
    }

    /// <summary>
    /// Gives the account a password that others have seen: it opens the choice of one's own, and nothing else, for a day. The account's
    /// stamp says so, and a password that its owner chooses takes another stamp.
    /// </summary>
    public static void SetPrintedPassword(this Account account, string password, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(account);
        account.SetPassword(password);
        account.SecurityStamp = string.Create(CultureInfo.InvariantCulture, $"{Printed} {now + PrintedLife:O} {account.SecurityStamp}");
    }

    /// <summary>Until when a printed password can be used; null where its owner has chosen it.</summary>
    public static DateTime? PrintedUntil(this Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.SecurityStamp?.Split(' ') is [Printed, var until, _]
            ? DateTime.Parse(until, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;
    }
}
