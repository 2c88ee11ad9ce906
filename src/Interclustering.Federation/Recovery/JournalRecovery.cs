using System.Threading.Channels;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Recovery;

/// <summary>A recovery could not be done; nothing was changed.</summary>
public sealed class RecoveryException(string reason) : Exception(reason);

/// <summary>
/// Continues a journal that was restored from a backup, written by two processes, or lost, at the hub and at a node alike: fetches one's
/// own entries back from the reader that is furthest ahead, opens a new epoch at that end, journals what diverged again, and lets the
/// relays go on. The owner believes no reader's word: its own signature over the end comes back with the entries.
/// </summary>
public sealed partial class JournalRecovery(
    Participant participant, IReadOnlyList<Relay> relays, FederationBus bus, FederationSettings settings, ILogger<JournalRecovery> logger)
{
    private const long FirstStepBack = 500;

    private volatile bool isRunning;

    private readonly Channel<JournalSegment> returned = Channel.CreateBounded<JournalSegment>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Whether entries of the own journal are being asked for.</summary>
    internal bool IsRunning => isRunning;

    /// <summary>When it last ended; the least value before that.</summary>
    internal DateTimeOffset EndedAt { get; private set; }

    /// <summary>Entries of the own journal that a reader gives back; checked by the inbox.</summary>
    internal void Take(JournalSegment segment) => returned.Writer.TryWrite(segment);

    /// <summary>Fetches back what was lost, and continues in a new epoch. What came of it, in English.</summary>
    /// <param name="progress">Entries fetched, of all that were lost.</param>
    /// <param name="cancellation">Nothing is changed when cancelled.</param>
    /// <exception cref="RecoveryException">No reader answers, or what it gives back is not this journal's.</exception>
    public Task<string> RecoverAsync(Func<long, long, Task> progress, CancellationToken cancellation) => WithoutRelayAsync(
        async () =>
        {
            var (reader, end) = await FurthestAsync(cancellation);
            var entries = await FetchAsync(reader, end, progress, cancellation);
            return await AdoptAsync(new JournalEnd(end.Epoch, end.Sequence, end.Hash), entries, disowned: [], "recovered", cancellation);
        },
        cancellation);

    /// <summary>
    /// Continues in a new epoch at the sequence before <paramref name="from"/>: whatever was signed since with a key that others may have
    /// does not count.
    /// </summary>
    /// <exception cref="RecoveryException">The journal does not have that sequence.</exception>
    public Task<string> RevokeAsync(long from, Func<long, long, Task> progress, CancellationToken cancellation) => WithoutRelayAsync(
        async () =>
        {
            JournalRow? last;
            string epoch;
            await using (var db = participant.Open())
            {
                last = await db.Set<JournalRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Sequence == from - 1, cancellation);
                epoch = (await db.Set<JournalHead>().AsNoTracking().SingleAsync(cancellation)).Epoch;
            }

            if (from < 1 || (from > 1 && last is null))
            {
                throw new RecoveryException($"This journal has no entry {from - 1}: it ends before.");
            }

            var kept = new JournalEnd(epoch, from - 1, last?.Hash ?? EntryChain.Origin);
            var disowned = await DisownedAsync(kept, progress, cancellation);
            return await AdoptAsync(kept, [], disowned, "revoked", cancellation);
        },
        cancellation);

    private async Task<string> WithoutRelayAsync(Func<Task<string>> recover, CancellationToken cancellation)
    {
        foreach (var relay in relays)
        {
            relay.Pause();
        }

        isRunning = true;
        try
        {
            return await recover();
        }
        finally
        {
            isRunning = false;
            EndedAt = participant.Clock.GetUtcNow();
            foreach (var relay in relays)
            {
                relay.Resume();
            }

            participant.Journal.NotifyCommitted();
        }
    }

    private async Task<(string Reader, JournalSegment End)> FurthestAsync(CancellationToken cancellation)
    {
        (string Reader, JournalSegment End)? furthest = null;
        var silent = new List<string>();
        foreach (var reader in participant.Peers)
        {
            if (await AskAsync(reader, MaxSequence, cancellation) is not { } end
                || !Signatures.Verify(end, participant.Directory.KeysOf(participant.Code)))
            {
                silent.Add(reader);
            }
            else if (furthest is null || end.Sequence > furthest.Value.End.Sequence)
            {
                furthest = (reader, end);
            }
        }

        LogAsked(participant.Code, furthest?.Reader ?? "-", furthest?.End.Sequence ?? 0, silent);
        return furthest ?? throw new RecoveryException($"No reader gave anything back: {string.Join(", ", silent)} did not answer, have "
            + $"nothing, or hold an end that a revoked key signed.");
    }

    /// <summary>The reader's entries from the last one that both have, that one included, up to <paramref name="end"/>.</summary>
    private async Task<List<JournalEntry>> FetchAsync(
        string reader, JournalSegment end, Func<long, long, Task> progress, CancellationToken cancellation)
    {
        var entries = await CommonAsync(reader, end, cancellation);
        var first = entries[0].Sequence;
        while (entries[^1].Sequence < end.Sequence)
        {
            var next = await AskAsync(reader, entries[^1].Sequence, cancellation)
                ?? throw new RecoveryException($"{reader} stopped answering at {entries[^1].Sequence} of {end.Sequence}.");
            entries.AddRange(next.Entries.Where(entry => entry.Sequence > entries[^1].Sequence));
            await progress(Math.Min(entries[^1].Sequence, end.Sequence) - first, end.Sequence - first);
        }

        entries.RemoveAll(entry => entry.Sequence > end.Sequence);
        return Refuse(entries, end) is { } reason ? throw new RecoveryException($"What {reader} gives back {reason}.") : entries;
    }

    /// <summary>
    /// Why entries of one's own journal, each of them intact, are not what one has signed the end of; null when they are.
    /// </summary>
    internal static string? Refuse(IReadOnlyList<JournalEntry> entries, JournalSegment end)
    {
        for (var index = 1; index < entries.Count; index++)
        {
            if (entries[index].Sequence != entries[index - 1].Sequence + 1 || entries[index].Previous != entries[index - 1].Hash)
            {
                return $"is not one chain at {entries[index].Sequence}";
            }
        }

        return entries[^1].Hash == end.Hash ? null : "does not end where this journal was signed";
    }

    /// <summary>Steps back until the reader's entry is one that this database has as well, or the first of all.</summary>
    private async Task<List<JournalEntry>> CommonAsync(string reader, JournalSegment end, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(cancellation);
        var at = Math.Max(1, Math.Min(head.Sequence, end.Sequence));
        for (var step = FirstStepBack; ; step *= 4)
        {
            var given = await AskAsync(reader, at - 1, cancellation) ?? throw new RecoveryException($"{reader} stopped answering.");
            var hash = given.Entries[0].Hash;
            if (given.Entries[0].Sequence == at
                && (at == 1 || await db.Set<JournalRow>().AnyAsync(row => row.Sequence == at && row.Hash == hash, cancellation)))
            {
                return [.. given.Entries];
            }

            at = Math.Max(1, at - step);
        }
    }

    /// <summary>
    /// What a reader holds beyond the end that counts; nothing when none answers, since a new epoch makes them leave it anyway.
    /// </summary>
    private async Task<List<JournalEntry>> DisownedAsync(JournalEnd kept, Func<long, long, Task> progress, CancellationToken cancellation)
    {
        var entries = new List<JournalEntry>();
        foreach (var reader in participant.Peers)
        {
            for (var after = kept.Sequence; await AskAsync(reader, after, cancellation) is { } given
                && given.Entries[^1].Sequence > after; after = given.Entries[^1].Sequence)
            {
                entries.AddRange(given.Entries.Where(entry => entry.Sequence > after));
                await progress(given.Entries[^1].Sequence - kept.Sequence, given.Sequence - kept.Sequence);
            }
        }

        return entries;
    }

    /// <summary>
    /// Takes entries of the own journal back, from one that may be here up to <paramref name="end"/>, and goes on after it in a new epoch.
    /// </summary>
    internal async Task<string> AdoptAsync(
        JournalEnd end, List<JournalEntry> entries, IReadOnlyList<JournalEntry> disowned, string reason, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await Journal.LockAsync(db, cancellation);
        var from = entries.Count > 0 ? entries[0].Sequence : end.Sequence + 1;
        var here = await db.Set<JournalRow>().AsNoTracking().Where(row => row.Sequence >= from).OrderBy(row => row.Sequence)
            .ToListAsync(cancellation);
        var common = entries.TakeWhile((entry, index) => index < here.Count && here[index].Hash == entry.Hash).Count();
        var plan = new RecoveryPlan(
            from + common - 1, entries[common..], [.. here.Skip(common).Select(row => EntryChain.Read(row.Text))], disowned);
        var known = await KnownEpochsAsync(db, entries, cancellation);
        await db.Set<JournalRow>().Where(row => row.Sequence > plan.Common).ExecuteDeleteAsync(cancellation);
        await BulkWrite.InsertAsync(db, [.. plan.Returned.Select(entry => JournalRow.Of(entry, EntryChain.TextOf(entry)))], cancellation);
        // What was only here stays in the database, outside the journal: no text is lost.
        await BulkWrite.InsertAsync(db, [.. plan.Diverging.Select(entry => ReplicaEntry.Of(participant.Code, entry))], cancellation);
        foreach (var entry in plan.Returned)
        {
            await ContentErasure.ApplyAsync(db, entry, cancellation);
        }

        await participant.Journal.ContinueAsync(db, end, known, reason, cancellation);
        await participant.Apply.RestoreAsync(db, participant, plan, cancellation);
        var hash = plan.Common == 0 ? EntryChain.Origin
            : await db.Set<JournalRow>().Where(row => row.Sequence == plan.Common).Select(row => row.Hash).SingleAsync(cancellation);
        await db.Set<ReceiptRow>().ExecuteUpdateAsync(
            row => row.SetProperty(set => set.StoppedBecause, (string?)null)
                .SetProperty(set => set.Hash, set => set.Through > plan.Common ? hash : set.Hash)
                .SetProperty(set => set.Through, set => set.Through > plan.Common ? plan.Common : set.Through),
            cancellation);
        await transaction.CommitAsync(cancellation);
        LogRecovered(participant.Code, end.Sequence, plan.Returned.Count, plan.Diverging.Count, plan.Disowned.Count);
        return $"{plan.Returned.Count} entries came back, {plan.Diverging.Count} that were only here are journaled again, "
            + $"{plan.Disowned.Count} no longer count; a new epoch continues after {end.Sequence}.";
    }

    /// <summary>Every epoch that this journal had, as its own entries and those that came back tell.</summary>
    private static async Task<HashSet<string>> KnownEpochsAsync(DbContext db, List<JournalEntry> returned, CancellationToken cancellation)
    {
        var known = await Journal.EpochsAsync(db, cancellation);
        known.Add(await db.Set<JournalHead>().Select(head => head.Epoch).SingleAsync(cancellation));
        known.UnionWith(returned.Select(entry => entry.Epoch));
        var type = Kinds.TypeOf(Kinds.JournalOpened);
        var openings = await db.Set<JournalRow>().Where(row => row.Type == type).Select(row => row.Text).ToListAsync(cancellation);
        known.UnionWith(Journal.EpochsLeftBy(openings.Select(EntryChain.Read).Concat(returned)));
        return known;
    }

    /// <summary>Asks a reader for the own journal after a sequence; null when it does not answer in time.</summary>
    private async Task<JournalSegment?> AskAsync(string reader, long after, CancellationToken cancellation)
    {
        while (returned.Reader.TryRead(out _))
        {
            // An answer that came too late for an earlier question.
        }

        await using var db = participant.Open();
        var epoch = await db.Set<JournalHead>().Select(head => head.Epoch).SingleAsync(cancellation);
        var request = participant.Key.Sign(new ReplayRequest
        {
            Journal = participant.Code,
            From = participant.Code,
            Epoch = epoch,
            Keyid = "",
            After = after,
        });
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(settings.ReturnTimeout);
        try
        {
            await bus.SendAsync(participant.Code, reader, new FederationMessage { ReplayRequest = request }, timeout.Token);
            return await returned.Reader.ReadAsync(timeout.Token);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && SendFailure.Is(exception))
        {
            LogNoAnswer(exception, participant.Code, reader);
            return null;
        }
    }

    // The largest integer of a canonical form (RFC 8785).
    private const long MaxSequence = (1L << 53) - 1;

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{Participant} recovers from {Reader}, which has {Sequence}; no answer from {Silent}")]
    private partial void LogAsked(string participant, string reader, long sequence, IReadOnlyList<string> silent);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} got no answer from {Reader}")]
    private partial void LogNoAnswer(Exception exception, string participant, string reader);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} continues in a new epoch after {Sequence}: {Returned} entries came "
        + "back, {Diverging} are journaled again, {Disowned} no longer count")]
    private partial void LogRecovered(string participant, long sequence, int returned, int diverging, int disowned);
}
