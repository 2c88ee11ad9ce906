using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Replicas;

/// <summary>What ingesting a run came to.</summary>
/// <param name="Position">Where the reader stands now.</param>
/// <param name="Fresh">Entries that were kept.</param>
/// <param name="OfLeftEpochs">Segments of epochs that were left.</param>
/// <param name="Stopped">Why the journal is not followed; null while it is.</param>
internal sealed record Ingested(JournalEnd Position, int Fresh, int OfLeftEpochs, string? Stopped);

/// <summary>Ingests authentic runs of a journal: one transaction per run, applied once, in order.</summary>
internal static class Replica
{
    private const int MostReturned = 500;

    /// <summary>How the reason begins for which a reader has given a journal up until its next start.</summary>
    public const string CannotGoOn = "it can't be gone on with";

    /// <summary>Makes the cursors at start, so that later transactions can lock them.</summary>
    /// <param name="participant">Whose.</param>
    /// <param name="isStart">Whether its process begins: what could not be gone on with is tried again then, by a process that may know
    /// more.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public static async Task OpenAsync(Participant participant, bool isStart, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var known = await db.Set<ReplicaCursor>().Select(cursor => cursor.Journal).ToListAsync(cancellation);
        db.AddRange(participant.Followed.Except(known)
            .Select(journal => new ReplicaCursor { Journal = journal, Epoch = "", Hash = EntryChain.Origin }));
        await db.SaveChangesAsync(cancellation);
        if (isStart)
        {
            await db.Set<ReplicaCursor>().Where(cursor => cursor.StoppedBecause != null && cursor.StoppedBecause.StartsWith(CannotGoOn))
                .ExecuteUpdateAsync(cursor => cursor.SetProperty(row => row.StoppedBecause, (string?)null), cancellation);
        }
    }

    /// <summary>Says where people look that a journal is not followed any more, if the database takes that at least.</summary>
    public static async Task GiveUpAsync(Participant participant, string journal, string reason, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        await db.Set<ReplicaCursor>().Where(cursor => cursor.Journal == journal)
            .ExecuteUpdateAsync(cursor => cursor.SetProperty(row => row.StoppedBecause, reason), cancellation);
    }

    public static async Task<Ingested> IngestAsync(
        Participant participant, string journal, IReadOnlyList<JournalSegment> run, CancellationToken cancellation)
    {
        try
        {
            return await IngestAsync(participant, journal, run, isIsolating: false, cancellation);
        }
        catch (ApplyFailedException)
        {
            return await IngestAsync(participant, journal, run, isIsolating: true, cancellation);
        }
    }

    /// <exception cref="ApplyFailedException">Where it does not isolate: an entry of the run can't be applied or kept.</exception>
    private static async Task<Ingested> IngestAsync(
        Participant participant, string journal, IReadOnlyList<JournalSegment> run, bool isIsolating, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var cursor = await LockAsync(db, journal, cancellation);
        var start = new JournalEnd(cursor.Epoch, cursor.Sequence, cursor.Hash);
        var next = new ChainFollower(
            start, cursor.StoppedBecause,
            sequence => db.Set<ReplicaEntry>().Where(row => row.Journal == journal && row.Sequence == sequence)
                .Select(row => row.Hash).SingleOrDefaultAsync(cancellation),
            epoch => db.Set<ReplicaEntry>().AnyAsync(row => row.Journal == journal && row.Epoch == epoch, cancellation));
        foreach (var segment in run)
        {
            await next.TakeAsync(segment);
        }

        var proof = next.Position.Sequence == 0 ? null : ProofOf(run, next.Position) ?? cursor.Proof;
        if (next.Fresh.Count == 0 && next.Rewound is null && next.Stopped == cursor.StoppedBecause && proof == cursor.Proof)
        {
            return new Ingested(start, 0, next.OfLeftEpochs, next.Stopped);
        }

        var spans = next.Fresh.Select(entry => Span(participant, entry)).ToList();
        if (next.Rewound is { } last)
        {
            await RewindAsync(db, participant, journal, last, cancellation);
        }

        var taking = new ApplyRun(db, transaction, participant, journal);
        if (next.Fresh.Count > 0)
        {
            await (isIsolating ? taking.IsolateAsync(next.Fresh, cancellation) : taking.RunAsync(next.Fresh, cancellation));
        }

        await AdvanceAsync(db, participant, cursor, next, proof, taking.Quarantined, cancellation);
        using (FederationTelemetry.Step("commit", participant.Code))
        {
            await transaction.CommitAsync(cancellation);
        }

        if (taking.HasErased)
        {
            await ContentErasure.SettleAsync(db, cancellation);
        }

        spans.ForEach(span => span?.Dispose());
        FederationTelemetry.Applied.Add(next.Fresh.Count - taking.Quarantined, FederationTelemetry.Of(participant.Code, journal));
        FederationTelemetry.Quarantined.Add(taking.Quarantined, FederationTelemetry.Of(participant.Code, journal));
        return new Ingested(next.Position, next.Fresh.Count, next.OfLeftEpochs, next.Stopped);
    }

    /// <summary>
    /// What the owner of a journal asks back after a loss: its own entries after a sequence, under its own last signature known here. At
    /// least the last entry; null when there is none.
    /// </summary>
    public static async Task<JournalSegment?> ReturnAsync(
        Participant participant, string journal, long after, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var cursor = await db.Set<ReplicaCursor>().AsNoTracking().SingleAsync(row => row.Journal == journal, cancellation);
        if (cursor.Proof is null)
        {
            return null;
        }

        var from = Math.Min(after, cursor.Sequence - 1);
        var texts = await db.Set<ReplicaEntry>()
            .Where(row => row.Journal == journal && row.Sequence > from && row.Sequence <= cursor.Sequence)
            .OrderBy(row => row.Sequence).Take(MostReturned).Select(row => row.Text).ToListAsync(cancellation);
        var bytes = 0;
        var fitting = texts.TakeWhile((text, index) => (bytes += Encoding.UTF8.GetByteCount(text)) <= Segments.Budget || index == 0);
        return JsonSerializer.Deserialize<JournalSegment>(
            cursor.Proof, ContractJson.Options)! with
        { Entries = [.. fitting.Select(EntryChain.Read)] };
    }

    /// <summary>Locks the cursor of a journal in the open transaction: one ingest per journal at a time, whatever runs elsewhere.</summary>
    public static async Task<ReplicaCursor> LockAsync(DbContext db, string journal, CancellationToken cancellation)
    {
        // An update that changes nothing takes the row's lock.
        var locked = await db.Set<ReplicaCursor>().FromSql(
            $"""UPDATE "ReplicaCursors" SET "Announced" = "Announced" WHERE "Journal" = {journal} RETURNING *""")
            .AsNoTracking().ToListAsync(cancellation);
        return locked.Single();
    }

    private static string? ProofOf(IReadOnlyList<JournalSegment> run, JournalEnd end) =>
        run.LastOrDefault(segment => Storable.Key(segment.Epoch) == end.Epoch && segment.Sequence == end.Sequence
            && segment.Hash == end.Hash) is { } last
            ? JsonSerializer.Serialize(last with { Entries = [] }, ContractJson.Options)
            : null;

    private static async Task RewindAsync(DbContext db, Participant participant, string journal, long last, CancellationToken cancellation)
    {
        var left = await db.Set<ReplicaEntry>().Where(row => row.Journal == journal && row.Sequence > last)
            .Select(row => row.Subject).Distinct().ToListAsync(cancellation);
        await db.Set<ReplicaEntry>().Where(row => row.Journal == journal && row.Sequence > last).ExecuteDeleteAsync(cancellation);
        await db.Set<QuarantineRow>().Where(row => row.Journal == journal && row.Sequence > last).ExecuteDeleteAsync(cancellation);
        await participant.Apply.RewindAsync(db, journal, left, cancellation);
    }

    private static async Task AdvanceAsync(
        DbContext db, Participant participant, ReplicaCursor cursor, ChainFollower next, string? proof, int quarantined,
            CancellationToken cancellation)
    {
        var at = next.Fresh.Count > 0 ? participant.Clock.GetUtcNow().UtcDateTime : cursor.AdvancedAt;
        var announced = next.Rewound is null ? Math.Max(cursor.Announced, next.Position.Sequence) : next.Position.Sequence;
        await db.Set<ReplicaCursor>().Where(row => row.Journal == cursor.Journal).ExecuteUpdateAsync(
            row => row.SetProperty(set => set.Epoch, next.Position.Epoch)
                .SetProperty(set => set.Sequence, next.Position.Sequence)
                .SetProperty(set => set.Hash, next.Position.Hash)
                .SetProperty(set => set.Proof, proof)
                .SetProperty(set => set.Announced, announced)
                .SetProperty(set => set.StoppedBecause, next.Stopped)
                .SetProperty(set => set.AdvancedAt, at)
                .SetProperty(set => set.Quarantined, set => set.Quarantined + quarantined),
            cancellation);
    }

    private static Activity? Span(Participant participant, JournalEntry entry)
    {
        var span = FederationTelemetry.Start("ingest", ActivityKind.Consumer, entry.Traceparent);
        span?.SetTag("participant", participant.Code).SetTag("journal", entry.Source).SetTag("sequence", entry.Sequence)
            .SetTag("subject", entry.Subject);
        return span;
    }
}
