using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Interclustering.Accounts.SignIn;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Interclustering.Accounts.SecondFactor;

/// <summary>Codes of an authenticator app (RFC 6238: six digits, 30 seconds, SHA-1), and the recovery codes beside them.</summary>
public sealed class AuthenticatorApp(IDataProtectionProvider protection)
{
    private const int SecretBytes = 20, MostRecoveryCodes = 10;
    private const string Issuer = "Interclustering", Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    // A phone's clock may be half a minute off.
    private static readonly VerificationWindow Tolerance = new(previous: 1, future: 1);
    private readonly IDataProtector protector = protection.CreateProtector("totp");

    /// <summary>A new secret, encrypted.</summary>
    internal string CreateSecret() => Base64Url.EncodeToString(protector.Protect(KeyGeneration.GenerateRandomKey(SecretBytes)));

    /// <summary>In base 32, in groups of four, as it is typed into an app.</summary>
    internal string Readable(string secret) =>
        string.Join(' ', Base32Encoding.ToString(Reveal(secret)).TrimEnd('=').Chunk(4).Select(group => new string(group)));

    internal string UriOf(string secret, string account, string realm) =>
        $"otpauth://totp/{Uri.EscapeDataString($"{Issuer} {realm}:{account}")}"
        + $"?secret={Base32Encoding.ToString(Reveal(secret)).TrimEnd('=')}&issuer={Uri.EscapeDataString($"{Issuer} {realm}")}";

    /// <returns>The time step that the code stands for; null when it is wrong.</returns>
    internal long? StepOf(string secret, string code, DateTime now) =>
        new Totp(Reveal(secret)).VerifyTotp(now, Digits(code), out var step, Tolerance) ? step : null;

    /// <summary>Whether a code or a recovery code is right; it counts once, also when it comes twice at the same moment.</summary>
    public async Task<SecondStep> VerifyAsync<TUser>(
        Realm<TUser> realm, TUser account, string code, DateTime now, CancellationToken cancellation)
        where TUser : Account, new()
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(code);
        if (account.TotpSecret is { } secret && StepOf(secret, code, now) is { } step)
        {
            return await realm.People.Where(row => row.Id == account.Id && row.TotpStep < step)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.TotpStep, step), cancellation) == 1
                    ? SecondStep.Right : SecondStep.Wrong;
        }

        var (hash, left) = (HashOf(code), account.RecoveryCodes);
        var rest = string.Join(' ', left.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(each => each != hash));
        return rest.Length < left.Length && await realm.People.Where(row => row.Id == account.Id && row.RecoveryCodes == left)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.RecoveryCodes, rest), cancellation) == 1
                ? SecondStep.RecoveryCode : SecondStep.Wrong;
    }

    /// <summary>Gives the account new recovery codes in place of those that it has.</summary>
    internal static IReadOnlyList<string> RenewRecoveryCodes(Account account)
    {
        var codes = Enumerable.Range(0, MostRecoveryCodes)
            .Select(_ => string.Join('-', Enumerable.Range(0, 6).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)))).ToList();
        account.RecoveryCodes = string.Join(' ', codes.Select(HashOf));
        return codes;
    }

    private static string Digits(string code) => new([.. code.Where(char.IsAsciiDigit)]);

    /// <summary>118 random bits need no slow hash.</summary>
    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(new string([.. code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]))));

    private byte[] Reveal(string secret) => protector.Unprotect(Base64Url.DecodeFromChars(secret));
}

/// <summary>What the second step of signing in found.</summary>
public enum SecondStep
{
    Wrong,
    Right,
    RecoveryCode,
}
