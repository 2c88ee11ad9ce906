using System.Diagnostics;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Replicas;

/// <summary>What ingesting a run came to.</summary>
internal sealed record Ingested(long Watermark, string Hash, string Epoch, int Fresh, int Quarantined, string? Stopped);

/// <summary>Ingests authentic runs of a journal: one transaction per run, applied once, in order.</summary>
internal static class Replica
{
    /// <summary>Makes the cursors at start, so that later transactions can lock them.</summary>
    public static async Task OpenAsync(Participant participant, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var known = await db.Set<ReplicaCursor>().Select(cursor => cursor.Journal).ToListAsync(cancellation);
        db.AddRange(participant.Peers.Except(known)
            .Select(journal => new ReplicaCursor { Journal = journal, Epoch = "", Hash = EntryChain.Origin }));
        await db.SaveChangesAsync(cancellation);
    }

    public static async Task<Ingested> IngestAsync(
        Participant participant, string journal, IReadOnlyList<JournalSegment> run, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // An update that changes nothing takes the row's lock: one ingest per journal at a time, whatever runs elsewhere.
        await db.Set<ReplicaCursor>().Where(cursor => cursor.Journal == journal)
            .ExecuteUpdateAsync(cursor => cursor.SetProperty(row => row.Announced, row => row.Announced), cancellation);
        var cursor = await db.Set<ReplicaCursor>().AsNoTracking().SingleAsync(row => row.Journal == journal, cancellation);
        var stopped = cursor.StoppedBecause ?? await ForkAsync(db, cursor, run, cancellation);
        var fresh = stopped is null ? Fresh(cursor, run) : [];
        if (fresh.Count == 0)
        {
            if (stopped != cursor.StoppedBecause)
            {
                await db.Set<ReplicaCursor>().Where(row => row.Journal == journal)
                    .ExecuteUpdateAsync(row => row.SetProperty(stop => stop.StoppedBecause, stopped), cancellation);
                await transaction.CommitAsync(cancellation);
            }

            return new Ingested(cursor.Sequence, cursor.Hash, cursor.Epoch, 0, 0, stopped);
        }

        var spans = fresh.Select(entry => Span(participant, entry)).ToList();
        var quarantined = await participant.Apply.ApplyAsync(db, participant, journal, fresh, cancellation);
        await KeepAsync(db, participant, journal, fresh, quarantined, cancellation);
        var end = fresh[^1];
        await db.Set<ReplicaCursor>().Where(row => row.Journal == journal).ExecuteUpdateAsync(
            row => row.SetProperty(next => next.Epoch, end.Epoch)
                .SetProperty(next => next.Sequence, end.Sequence)
                .SetProperty(next => next.Hash, end.Hash)
                .SetProperty(next => next.AdvancedAt, participant.Clock.GetUtcNow().UtcDateTime)
                .SetProperty(next => next.Quarantined, next => next.Quarantined + quarantined.Count),
            cancellation);
        await transaction.CommitAsync(cancellation);
        spans.ForEach(span => span?.Dispose());
        FederationTelemetry.Applied.Add(fresh.Count - quarantined.Count, FederationTelemetry.Journal(journal));
        FederationTelemetry.Quarantined.Add(quarantined.Count, FederationTelemetry.Journal(journal));
        return new Ingested(end.Sequence, end.Hash, end.Epoch, fresh.Count, quarantined.Count, null);
    }

    /// <summary>Keeps the entries verbatim, with what they erase erased.</summary>
    private static async Task KeepAsync(
        DbContext db, Participant participant, string journal, List<JournalEntry> fresh, IReadOnlyList<QuarantineRow> quarantined,
        CancellationToken cancellation)
    {
        await BulkWrite.InsertAsync(
            db,
            fresh.ConvertAll(entry => new ReplicaEntry
            {
                Journal = journal,
                Epoch = entry.Epoch,
                Sequence = entry.Sequence,
                Subject = entry.Subject,
                Hash = entry.Hash,
                Text = EntryChain.TextOf(entry),
            }),
            cancellation);
        db.AddRange(quarantined);
        await db.SaveChangesAsync(cancellation);
        var passed = quarantined.Select(row => row.Sequence).ToHashSet();
        foreach (var entry in fresh.Where(entry => Withdraws(entry) && !passed.Contains(entry.Sequence)))
        {
            await Erasure.RemoveEarlierDataAsync(db, entry.Subject, entry.Revision, cancellation);
        }
    }

    private static bool Withdraws(JournalEntry entry) => Kinds.KindOf(entry.Type) switch
    {
        Kinds.Withdrawn => true,
        Kinds.Accepted => entry.Data?.GetProperty("origin").GetProperty("type").GetString() is { } type
            && Kinds.KindOf(type) == Kinds.Withdrawn,
        _ => false,
    };

    private static List<JournalEntry> Fresh(ReplicaCursor cursor, IReadOnlyList<JournalSegment> run)
    {
        var fresh = new List<JournalEntry>();
        var last = (cursor.Sequence, cursor.Hash);
        foreach (var entry in run.Where(segment => cursor.Epoch.Length == 0 || segment.Epoch == cursor.Epoch).SelectMany(segment => segment.Entries))
        {
            if (entry.Sequence == last.Sequence + 1 && entry.Previous == last.Hash && (fresh.Count == 0 || entry.Epoch == fresh[0].Epoch))
            {
                fresh.Add(entry);
                last = (entry.Sequence, entry.Hash);
            }
        }

        return fresh;
    }

    /// <summary>An authentic entry at a known sequence with another hash: the journal was restored from a backup, or two processes have one identity.</summary>
    private static async Task<string?> ForkAsync(
        DbContext db, ReplicaCursor cursor, IReadOnlyList<JournalSegment> run, CancellationToken cancellation)
    {
        if (cursor.Epoch.Length == 0)
        {
            return null;
        }

        var entries = run.Where(segment => segment.Epoch == cursor.Epoch).SelectMany(segment => segment.Entries).ToList();
        // The chain makes the highest known entry speak for all before it.
        if (entries.Where(entry => entry.Sequence <= cursor.Sequence).MaxBy(entry => entry.Sequence) is { } known)
        {
            var kept = await db.Set<ReplicaEntry>()
                .Where(row => row.Journal == cursor.Journal && row.Epoch == cursor.Epoch && row.Sequence == known.Sequence)
                .Select(row => row.Hash).SingleOrDefaultAsync(cancellation);
            return kept == known.Hash ? null : $"fork at {known.Sequence}";
        }

        var next = entries.FirstOrDefault(entry => entry.Sequence == cursor.Sequence + 1);
        return next is null || next.Previous == cursor.Hash ? null : $"fork at {cursor.Sequence}";
    }

    private static Activity? Span(Participant participant, JournalEntry entry)
    {
        var span = FederationTelemetry.Start("ingest", ActivityKind.Consumer, entry.Traceparent);
        span?.SetTag("participant", participant.Code).SetTag("journal", entry.Source).SetTag("sequence", entry.Sequence)
            .SetTag("subject", entry.Subject);
        return span;
    }
}
