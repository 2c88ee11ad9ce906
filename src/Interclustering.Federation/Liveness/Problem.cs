namespace Interclustering.Federation.Liveness;

/// <summary>How much a problem keeps a participant from its work.</summary>
public enum Severity
{
    /// <summary>Work goes on; the operator should know.</summary>
    Notice,

    /// <summary>Nothing is sent, or nothing is read, until it is over.</summary>
    Blocked,
}

/// <summary>Something that keeps a participant from sending or reading.</summary>
/// <param name="Participant">Whose; empty for the whole process.</param>
/// <param name="Kind">waiting, database, bus, sending, reading, alone, unconfirmed, refused, stopped, lag, silence, left, disk, mail,
/// source, service, backup, certificate, pages, or search: stable, for metrics and for words.</param>
/// <param name="Detail">What exactly, in plain English fit for the public.</param>
/// <param name="Severity">How much.</param>
/// <param name="Cause">What the failing part says: may name hosts, users and paths, so it is for operators only.</param>
public sealed record Problem(string Participant, string Kind, string Detail, Severity Severity, string? Cause = null)
{
    /// <summary>
    /// Which of several of the kind: the peer, the source, the host. Its words change while it lasts, this does not. Empty where there
    /// can be one only.
    /// </summary>
    public string About { get; init; } = "";

    /// <summary>The kinds that one participant may have; the others are the whole process's.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["database", "sending", "reading", "stopped", "lag", "silence"];
}
