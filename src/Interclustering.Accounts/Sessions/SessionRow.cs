namespace Interclustering.Accounts.Sessions;

/// <summary>A session of an account. The cookie only names it: without the row it opens nothing.</summary>
public sealed class SessionRow
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Id of the account.</summary>
    public required string Account { get; init; }

    /// <summary>Browser and system in words, e.g. <c>Firefox, Windows</c>.</summary>
    public string Device { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>UTC, to the minute.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>UTC: when a password or a passkey was given last.</summary>
    public DateTime ConfirmedAt { get; set; }

    /// <summary>A session ends then, however much it is used.</summary>
    public static TimeSpan MostAge { get; } = TimeSpan.FromDays(30);

    /// <summary>A session ends after so long without a request.</summary>
    public static TimeSpan MostIdle { get; } = TimeSpan.FromHours(12);

    /// <summary>How long a password or a passkey counts for what needs it again.</summary>
    public static TimeSpan Confirmation { get; } = TimeSpan.FromMinutes(10);

    public bool HasEnded(DateTime now) => now >= StartedAt + MostAge || now >= SeenAt + MostIdle;

    public bool IsConfirmed(DateTime now) => now < ConfirmedAt + Confirmation;
}
