using Interclustering.Contracts;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// What is held in memory about a journal that is followed: segments that came before their turn, and since when a gap has stood.
/// Nothing here is needed after a crash: what had no receipt comes again.
/// </summary>
internal sealed class ReorderBuffer(string journal, FederationSettings settings, TimeProvider clock)
{
    private const int MaxHeld = 64;
    // By their whole range and last hash: of two that begin alike and differ, neither may take the other's place. They are a fork.
    private readonly SortedDictionary<(long First, long Last, string Hash), JournalSegment> held = [];
    private DateTimeOffset? stalledSince;
    private DateTimeOffset askAgainAt;
    private TimeSpan patience = TimeSpan.FromSeconds(1);
    private ReplayRequest? returning;
    private DateTimeOffset returnAt;

    public string Journal { get; } = journal;

    /// <summary>The watermark as last read or written; the database decides.</summary>
    public long Watermark { get; set; }

    /// <summary>Where the batch that is handled has led to; null where it led nowhere, and only the database tells.</summary>
    public JournalEnd? Ingested { get; set; }

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
        held[(segment.Entries[0].Sequence, segment.Sequence, segment.Hash)] = segment;
        Announced = Math.Max(Announced, segment.Sequence);
        if (held.Count > MaxHeld)
        {
            held.Remove(held.Keys.Last());
        }

        stalledSince ??= clock.GetUtcNow();
    }

    /// <summary>Whether something that is held continues from the watermark, or repeats what is known.</summary>
    public bool HasRun => held.Count > 0 && held.Keys.First().First <= Watermark + 1;

    /// <summary>Takes the segments that continue from the watermark, or that repeat what is known: whole ones, one at least.</summary>
    /// <param name="most">Entries of a turn: a segment that would go beyond waits for the next.</param>
    public List<JournalSegment> TakeRun(int most)
    {
        var (run, entries) = (new List<JournalSegment>(), 0);
        var next = Watermark + 1;
        while (held.Count > 0 && held.First() is var (key, segment) && key.First <= next
            && (entries == 0 || entries + segment.Entries.Count <= most))
        {
            held.Remove(key);
            run.Add(segment);
            entries += segment.Entries.Count;
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

    /// <summary>Time until replay is due; null when nothing is missing, or when it may be among what waits.</summary>
    /// <param name="hasWaiting">Whether messages of this journal's owner are here and not taken yet.</param>
    public TimeSpan? UntilReplay(bool hasWaiting)
    {
        // What is here waits for its turn: nothing is missing before it.
        if (hasWaiting || HasRun || stalledSince is not { } since)
        {
            return null;
        }

        var due = since + settings.GapPatience;
        var wait = (due > askAgainAt ? due : askAgainAt) - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Its owner asks for entries of its own journal: one answer at a time, to the last request.</summary>
    public void AskedBack(ReplayRequest request) => returning = request;

    /// <summary>Time until the owner is answered; null when it asks for nothing.</summary>
    public TimeSpan? UntilReturn() =>
        returning is null ? null : returnAt - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero;

    /// <summary>What is answered now.</summary>
    /// <param name="pause">Until the next answer.</param>
    public ReplayRequest ToReturn(TimeSpan pause)
    {
        var request = returning!;
        (returning, returnAt) = (null, clock.GetUtcNow() + pause);
        return request;
    }

    /// <summary>Replay was asked for: one request outstanding, with back-off.</summary>
    public void Asked()
    {
        askAgainAt = clock.GetUtcNow() + patience;
        patience = patience < TimeSpan.FromSeconds(8) ? patience * 2 : patience;
    }
}
