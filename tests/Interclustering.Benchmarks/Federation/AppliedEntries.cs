using System.Diagnostics;
using System.Diagnostics.Metrics;
using Interclustering.Federation;

namespace Interclustering.Benchmarks.Federation;

/// <summary>
/// When the hub has applied so many entries of a journal: its own counter, raised right after the commit, so that nothing polls the
/// database.
/// </summary>
internal sealed class AppliedEntries : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly TaskCompletionSource<long> reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long count;

    public AppliedEntries(string journal, long target)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == FederationTelemetry.Name && instrument.Name == "interclustering.entries.applied")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) =>
        {
            if (tags.Length > 0 && journal.Equals(tags[0].Value) && Interlocked.Add(ref count, measurement) >= target)
            {
                reached.TrySetResult(Stopwatch.GetTimestamp());
            }
        });
        listener.Start();
    }

    /// <summary>The timestamp of <see cref="Stopwatch"/>.</summary>
    public Task<long> Reached => reached.Task;

    public void Dispose() => listener.Dispose();
}
