namespace Interclustering.Accounts;

/// <summary>What the lists of actions tell about accounts.</summary>
public static class AccountActions
{
    public const string SignedIn = "signed-in", SignInRefused = "sign-in-refused", SignedOut = "signed-out",
        PasswordChanged = "password-changed",
        NameChanged = "name-changed", PasskeyAdded = "passkey-added", PasskeyRemoved = "passkey-removed", TotpAdded = "totp-added",
        TotpRemoved = "totp-removed", RecoveryCodesMade = "recovery-codes-made", RecoveryCodeUsed = "recovery-code-used",
        SessionEnded = "session-ended", SessionsEnded = "sessions-ended";

    /// <summary>Null for an action of another kind.</summary>
    public static string? InWords(string action, string what) => action switch
    {
        SignedIn => T["s’est connecté(e)"],
        SignInRefused => T["connexion refusée : {0}", what.Length > 0 ? what : T["adresse sans compte ici"]],
        SignedOut => T["s’est déconnecté(e)"],
        PasswordChanged => T["a changé son mot de passe"],
        NameChanged => T["a changé son nom"],
        PasskeyAdded => T["a ajouté une clé d’accès"],
        PasskeyRemoved => T["a retiré une clé d’accès"],
        TotpAdded => T["a ajouté une application d’authentification"],
        TotpRemoved => T["a retiré son application d’authentification"],
        RecoveryCodesMade => T["a fait de nouveaux codes de secours"],
        RecoveryCodeUsed => T["est entré(e) avec un code de secours"],
        SessionEnded => T["a mis fin à une session"],
        SessionsEnded => T["a mis fin à des sessions : {0}", what],
        _ => null,
    };
}
