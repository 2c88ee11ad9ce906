using System.Diagnostics;
using System.Diagnostics.Metrics;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Federation;

/// <summary>Traces and metrics of the federation, by OpenTelemetry's names for sources and meters.</summary>
public static class FederationTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Interclustering.Federation";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Applied = Meter.CreateCounter<long>("interclustering.entries.applied", "{entry}");
    internal static readonly Counter<long> Sent = Meter.CreateCounter<long>("interclustering.segments.sent", "{segment}");
    internal static readonly Counter<long> Refused = Meter.CreateCounter<long>("interclustering.messages.refused", "{message}");
    internal static readonly Counter<long> Quarantined = Meter.CreateCounter<long>("interclustering.entries.quarantined", "{entry}");
    internal static readonly Counter<long> Replays = Meter.CreateCounter<long>("interclustering.replays.requested", "{request}");
    internal static readonly Gauge<long> Lag =
        Meter.CreateGauge<long>("interclustering.replica.lag", "{entry}", "Announced end of a journal less the watermark.");

    internal static readonly Gauge<int> Problems =
        Meter.CreateGauge<int>("interclustering.problems", "{problem}", "What keeps a participant from sending or reading, by kind.");

    /// <summary>Whether there are listeners. Without them nothing needs to be looked up for a span.</summary>
    public static bool HasListeners => Source.HasListeners();

    /// <summary>A span about one entry, in the trace of the change that it came from.</summary>
    internal static Activity? Start(string name, ActivityKind kind, string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) ? Source.StartActivity(name, kind, parent) : null;

    /// <summary>A span of the current trace, e.g. a save in the editor; the root of one where none is current.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>
    /// A step of the protocol that a crash may cut off before or after: <c>commit</c> and <c>receipt</c> at a reader, <c>publish</c>,
    /// <c>confirm</c> and <c>receipt</c> at an owner. Null without listeners.
    /// </summary>
    internal static Activity? Step(string name, string participant) => Source.StartActivity(name)?.SetTag("participant", participant);

    /// <summary>Ends the trace of each change: what the rows tell can be seen now.</summary>
    public static void Visible(IEnumerable<JournalRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            using var span = Start("visible", ActivityKind.Internal, EntryChain.Read(row.Text).Traceparent);
            span?.SetTag("subject", row.Subject);
        }
    }

    internal static KeyValuePair<string, object?> Journal(string code) => new("journal", code);
}
