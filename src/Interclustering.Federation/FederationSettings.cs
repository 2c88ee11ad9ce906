namespace Interclustering.Federation;

/// <summary>Pace of the federation. The defaults converge within seconds after a fault.</summary>
public sealed record FederationSettings
{
    /// <summary>The program and its version, as the peers' operators see it; null to say nothing.</summary>
    public string? Software { get; init; }

    /// <summary>How many entries a relay sends ahead of the last receipt.</summary>
    public int Window { get; init; } = 4000;

    /// <summary>How often a database is asked whether other processes have committed to it.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After so long what waits for a commit looks by itself, should it not have been told.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the end of the journal is announced.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same on the bus in memory: there nothing is lost on the way, only by a database that fails.</summary>
    public static readonly TimeSpan HeartbeatInMemory = TimeSpan.FromSeconds(10);

    /// <summary>How long a gap may stand before replay is asked for: concurrent dispatch reorders.</summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the owner of a journal waits for a reader that it asks for its own entries.</summary>
    public TimeSpan ReturnTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a participant may be silent, or make no progress, before the operator should know.</summary>
    public TimeSpan MostSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After so long a participant that is not heard of does not answer, wherever that is said. At least three heartbeats, so that a slow
    /// pace is no silence.
    /// </summary>
    public TimeSpan Silence => MostSilence > 3 * Heartbeat ? MostSilence : 3 * Heartbeat;

    /// <summary>
    /// How old the database's word may be of when a participant was last heard of, while nothing else of it changes. With a heartbeat it
    /// stays below <see cref="Silence"/>.
    /// </summary>
    public TimeSpan LongestUnnoted => Silence / 2;

    /// <summary>How many announced entries may be missing before the operator should know.</summary>
    public long MostLag { get; init; } = 10_000;

    /// <summary>
    /// How long the bus may be dead while the broker answers, before it is started anew. As long again, and the process ends, to be started
    /// by its supervisor.
    /// </summary>
    public TimeSpan ExitAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a publish may take before it counts as unknown, and is sent again.</summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
