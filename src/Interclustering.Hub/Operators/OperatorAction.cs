namespace Interclustering.Hub.Operators;

/// <summary>Something that an operator did. Kept for a year.</summary>
public sealed class OperatorAction
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Id of the account; empty for an address without one.</summary>
    public string Account { get; init; } = "";

    /// <summary>One of <see cref="Accounts.AccountActions"/>, or of the constants here.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public string What { get; init; } = "";

    public const string Recovery = "recovery", Reprocessing = "reprocessing", AccountMade = "account-made",
        PasswordGiven = "password-given";

    public static TimeSpan Kept { get; } = TimeSpan.FromDays(365);

    public static string InWords(string action, string what) => action switch
    {
        Recovery => T["a lancé la reprise du journal"],
        Reprocessing => T["a fait réexaminer ce qui est mis de côté"],
        AccountMade => T["compte créé sur le serveur"],
        PasswordGiven => T["nouveau mot de passe donné sur le serveur"],
        _ => Accounts.AccountActions.InWords(action, what) ?? action,
    };
}
