using Interclustering.Contracts;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// What is held in memory about a journal that is followed: segments that came before their turn, and since when a gap has stood.
/// Nothing here is needed after a crash: what had no receipt comes again.
/// </summary>
internal sealed class Follower(string journal, FederationSettings settings, TimeProvider clock)
{
    private const int MaxHeld = 64;
    private readonly SortedDictionary<long, JournalSegment> held = [];
    private DateTimeOffset? stalledSince;
    private DateTimeOffset askAgainAt;
    private TimeSpan patience = TimeSpan.FromSeconds(1);

    public string Journal { get; } = journal;

    /// <summary>The watermark as last read or written; the database decides.</summary>
    public long Watermark { get; set; }

    /// <summary>End of the journal as last announced.</summary>
    public long Announced { get; set; }

    /// <summary>Why ingest has stopped, as last seen: said once.</summary>
    public string? Stopped { get; set; }

    /// <summary>How often its run has failed in a row, for no reason that passes.</summary>
    public int Failures { get; set; }

    /// <summary>It is followed no more until the next start.</summary>
    public bool IsGivenUp { get; set; }

    public void Hold(JournalSegment segment)
    {
        held[segment.Entries[0].Sequence] = segment;
        Announced = Math.Max(Announced, segment.Sequence);
        if (held.Count > MaxHeld)
        {
            held.Remove(held.Keys.Last());
        }

        stalledSince ??= clock.GetUtcNow();
    }

    /// <summary>Takes the segments that continue from the watermark, or that repeat what is known.</summary>
    public List<JournalSegment> TakeRun()
    {
        var run = new List<JournalSegment>();
        var next = Watermark + 1;
        while (held.Count > 0 && held.First() is var (first, segment) && first <= next)
        {
            held.Remove(first);
            run.Add(segment);
            next = Math.Max(next, segment.Sequence + 1);
        }

        return run;
    }

    public void Heard(long announced)
    {
        Announced = announced;
        if (announced > Watermark)
        {
            stalledSince ??= clock.GetUtcNow();
        }
    }

    public void Advanced(long watermark)
    {
        if (watermark > Watermark)
        {
            patience = TimeSpan.FromSeconds(1);
            askAgainAt = default;
            stalledSince = null;
        }

        Watermark = watermark;
        stalledSince = Announced > watermark || held.Count > 0 ? stalledSince ?? clock.GetUtcNow() : null;
    }

    /// <summary>Forgets what is held, e.g. when the database failed: it comes again.</summary>
    public void Forget() => held.Clear();

    /// <summary>Time until replay is due; null when nothing is missing.</summary>
    public TimeSpan? UntilReplay()
    {
        if (!Guards.Gaps || stalledSince is not { } since)
        {
            return null;
        }

        var due = since + settings.GapPatience;
        var wait = (due > askAgainAt ? due : askAgainAt) - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Replay was asked for: one request outstanding, with back-off.</summary>
    public void Asked()
    {
        askAgainAt = clock.GetUtcNow() + patience;
        patience = patience < TimeSpan.FromSeconds(8) ? patience * 2 : patience;
    }
}
