namespace Interclustering.Node.Calendars;

/// <summary>What a member's calendar shows at one time: one that it reads, or one that was mailed.</summary>
/// <param name="Uid">The same in every reading, free of dates where it can move.</param>
/// <param name="Summary">Its title.</param>
/// <param name="Time">In Paris.</param>
/// <param name="Status">One of <see cref="EntryStatus"/>.</param>
/// <param name="Stamp">UTC: when it was changed last.</param>
/// <param name="Address">Its page in the workspace; empty where no address is known.</param>
internal sealed record CalendarEntry(string Uid, string Summary, EventTime Time, string Status, DateTime Stamp, string Address)
{
    /// <summary>Null where nothing more is known.</summary>
    public string? Description { get; init; }

    /// <summary>Null for what has no place.</summary>
    public string? Location { get; init; }
}

/// <summary>RFC 5545 §3.8.1.11, for events.</summary>
internal static class EntryStatus
{
    public const string Confirmed = "CONFIRMED", Tentative = "TENTATIVE", Cancelled = "CANCELLED";
}
