using System.Diagnostics;
using System.Diagnostics.Metrics;

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
    internal static readonly Gauge<long> Lag = Meter.CreateGauge<long>("interclustering.replica.lag", "{entry}", "Announced end of a journal less the watermark.");

    internal static bool HasListeners => Source.HasListeners();

    /// <summary>A span about one entry, in the trace of the change that it came from.</summary>
    internal static Activity? Start(string name, ActivityKind kind, string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) ? Source.StartActivity(name, kind, parent) : null;

    /// <summary>A root span, e.g. of a save in the editor, when none is current.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    internal static KeyValuePair<string, object?> Journal(string code) => new("journal", code);
}
