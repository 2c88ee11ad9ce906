using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.SecondFactor;

/// <summary>What an account has besides its password.</summary>
public static class SecondFactors
{
    public static Task<bool> HasPasskeyAsync(DbContext db, Account account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(account);
        return db.Set<IdentityUserPasskey<string>>().AnyAsync(passkey => passkey.UserId == account.Id, cancellation);
    }

    public static async Task<bool> AnyAsync(DbContext db, Account account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.TotpSecret is not null || await HasPasskeyAsync(db, account, cancellation);
    }

    /// <summary>Takes everything but the password away, for an owner who has lost it; saves with the context's next save.</summary>
    public static async Task ForgetAsync(DbContext db, Account account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(account);
        (account.TotpSecret, account.RecoveryCodes) = (null, "");
        await db.Set<IdentityUserPasskey<string>>().Where(passkey => passkey.UserId == account.Id).ExecuteDeleteAsync(cancellation);
    }
}
