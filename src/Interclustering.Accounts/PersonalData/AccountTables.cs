using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Microsoft.AspNetCore.Identity;

namespace Interclustering.Accounts.PersonalData;

/// <summary>What accounts keep of their persons. Password, seeds, codes and what is compared with secrets are told to no one.</summary>
public static class AccountTables
{
    /// <param name="own">Columns that this installation's accounts have beside those of all.</param>
    public static IReadOnlyList<PersonalTable> Of<TUser>(params string[] own)
        where TUser : Account =>
    [
        new PersonalTable<SessionRow>("Sessions ouvertes", [nameof(SessionRow.Account)],
            [nameof(SessionRow.Device), nameof(SessionRow.StartedAt), nameof(SessionRow.SeenAt), nameof(SessionRow.ConfirmedAt)]),
        new PersonalTable<ChallengeRow>("Connexions en cours", [nameof(ChallengeRow.Account)],
            [nameof(ChallengeRow.Purpose), nameof(ChallengeRow.ExpiresAt)]),
        new PersonalTable<SignInAttempts>("Réseaux d’où le compte a été utilisé ou essayé", [nameof(SignInAttempts.Account)],
            [nameof(SignInAttempts.Network), nameof(SignInAttempts.Failures), nameof(SignInAttempts.At),
                nameof(SignInAttempts.SucceededAt)]),
        new PersonalTable<IdentityUserPasskey<string>>("Clés d’accès", [nameof(IdentityUserPasskey<>.UserId)],
            ["Data.Name", "Data.CreatedAt"]),
        new PersonalTable<IdentityUserClaim<string>>("Attributs du compte", [nameof(IdentityUserClaim<>.UserId)],
            [nameof(IdentityUserClaim<>.ClaimType), nameof(IdentityUserClaim<>.ClaimValue)]),
        new PersonalTable<IdentityUserLogin<string>>("Comptes externes", [nameof(IdentityUserLogin<>.UserId)],
            [nameof(IdentityUserLogin<>.LoginProvider), nameof(IdentityUserLogin<>.ProviderDisplayName)]),
        new PersonalTable<IdentityUserToken<string>>("Réglages de connexion", [nameof(IdentityUserToken<>.UserId)],
            [nameof(IdentityUserToken<>.LoginProvider), nameof(IdentityUserToken<>.Name)]),
        new PersonalTable<TUser>("Compte", [nameof(Account.Id), nameof(Account.Email)],
            [nameof(Account.Id), nameof(Account.Name), nameof(Account.Email), nameof(Account.EmailConfirmed), nameof(Account.PhoneNumber),
                nameof(Account.LastSignInAt), nameof(Account.LockoutEnd), nameof(Account.AccessFailedCount),
                nameof(Account.IsDemonstration), .. own]),
    ];

    /// <summary>What identifies an account in the tables above.</summary>
    public static IEnumerable<string> KeysOf(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return
        [
            account.Id, account.Email ?? "", SignInLocks.KeyOf("password", account.Email ?? ""), SignInLocks.KeyOf("code", account.Id),
            SignInLocks.KeyOf("confirmation", account.Id),
        ];
    }
}
