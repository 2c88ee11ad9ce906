namespace Interclustering.Node.JointWebinars;

/// <summary>
/// What a member's calendar was last told of a joint webinar by mail: written with that mail, so that a restart neither repeats nor forgets
/// one. It ends with the member's account.
/// </summary>
public sealed class SlotInvitation
{
    /// <summary>Id of the dossier.</summary>
    public required string Dossier { get; init; }

    /// <summary>Id of the member of staff.</summary>
    public required string Member { get; init; }

    /// <summary>RFC 5545 §3.8.7.4; of two processes one raises it.</summary>
    public int Sequence { get; set; }

    /// <summary>Start of the slot that it named, in Paris.</summary>
    public string Slot { get; set; } = "";

    /// <summary>Of that start.</summary>
    public DateOnly Day { get; set; }

    /// <summary>One of <see cref="Calendars.EntryStatus"/>.</summary>
    public string Status { get; set; } = "";

    /// <summary>SHA-256 of what it said: a dossier that says the same is not mailed again.</summary>
    public string Content { get; set; } = "";
}
