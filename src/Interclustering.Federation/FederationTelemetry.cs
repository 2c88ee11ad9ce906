using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Federation;

/// <summary>Traces and metrics of the federation, by OpenTelemetry's names for sources and meters.</summary>
public static class FederationTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Interclustering.Federation";

    /// <summary>Attribute of metrics: the participant whose figure it is; empty for the whole process.</summary>
    public const string ParticipantKey = "interclustering.participant";

    /// <summary>Attribute of metrics: the journal that it is about, by its owner's code.</summary>
    public const string JournalKey = "interclustering.journal";

    /// <summary>Name of the source of <see cref="Step"/>. No exporter is given it: heartbeats are steps as well, day and night.</summary>
    public const string StepsName = "Interclustering.Federation.Steps";

    private static readonly ActivitySource Source = new(Name), Steps = new(StepsName);
    private static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> UpToAnHour =
        new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] };

    internal static readonly Counter<long> Applied = Meter.CreateCounter<long>(
        "interclustering.entries.applied", "{entry}", "Entries of a followed journal that were applied.");

    internal static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        "interclustering.segments.sent", "{segment}", "Segments of the own journal that were handed to the bus.");

    internal static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "interclustering.messages.refused", "{message}", "Messages that were dropped as forged or damaged, by the sender they name.");

    internal static readonly Counter<long> Quarantined = Meter.CreateCounter<long>(
        "interclustering.entries.quarantined", "{entry}", "Entries of a followed journal that were set aside.");

    internal static readonly Counter<long> Replays = Meter.CreateCounter<long>(
        "interclustering.replays.requested", "{request}", "Replay requests to the owner of a journal.");

    internal static readonly Gauge<long> Lag = Meter.CreateGauge<long>(
        "interclustering.replica.lag", "{entry}", "Announced end of a followed journal less the watermark.");

    private static readonly Histogram<double> TimeToVisible = Meter.CreateHistogram(
        "interclustering.publication.visible.duration", "s", "From the journal of a cluster to the pages of the national site.",
        advice: UpToAnHour);

    /// <summary>Whether there are listeners. Without them nothing needs to be looked up for a span.</summary>
    internal static bool HasListeners => Source.HasListeners();

    /// <summary>Whether <see cref="Visible"/> tells anything.</summary>
    public static bool TellsVisible => HasListeners || TimeToVisible.Enabled;

    /// <summary>A span about one entry, in the trace of the change that it came from.</summary>
    internal static Activity? Start(string name, ActivityKind kind, string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) ? Source.StartActivity(name, kind, parent) : null;

    /// <summary>A span of the current trace, e.g. a save in the editor; the root of one where none is current.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>
    /// A step of the protocol that a crash may cut off before or after: <c>commit</c> and <c>receipt</c> at a reader, <c>publish</c>,
    /// <c>confirm</c> and <c>receipt</c> at an owner. Null without listeners.
    /// </summary>
    internal static Activity? Step(string name, string participant) => Steps.StartActivity(name)?.SetTag("participant", participant);

    /// <summary>Ends the trace of each change: what the rows tell can be seen now.</summary>
    /// <param name="rows">Of the hub's journal.</param>
    /// <param name="now">UTC.</param>
    public static void Visible(IEnumerable<JournalRow> rows, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            var entry = EntryChain.Read(row.Text);
            using var span = Start("visible", ActivityKind.Internal, entry.Traceparent);
            span?.SetTag("subject", row.Subject);
            if (Kinds.KindOf(entry.Type) == Kinds.Accepted && entry.Data is { } data
                && data.TryGetProperty("origin", out var origin) && origin.Deserialize<JournalEntry>(ContractJson.Options) is { } from)
            {
                // Clocks of two machines: what seems to come from the future took no time.
                var took = Math.Max(0, (now - FoldedState.TimeOf(from)).TotalSeconds);
                TimeToVisible.Record(took, new KeyValuePair<string, object?>(JournalKey, from.Source));
            }
        }
    }

    /// <summary>A counter that nothing was added to is not there for who reads it: these begin at nought.</summary>
    internal static void Begin(string participant, IEnumerable<string> journals)
    {
        foreach (var journal in journals)
        {
            foreach (var counter in (Counter<long>[])[Applied, Quarantined, Refused, Replays])
            {
                counter.Add(0, Of(participant, journal));
            }
        }

        Sent.Add(0, Of(participant, participant));
    }

    /// <summary>Whose figure it is, and about which journal.</summary>
    internal static TagList Of(string participant, string journal) => new(
        new KeyValuePair<string, object?>[] { new(ParticipantKey, participant), new(JournalKey, journal) });
}
