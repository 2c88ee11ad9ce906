using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Journals;

/// <summary>What is to be journaled about a subject.</summary>
/// <param name="Kind">See <see cref="Kinds"/>.</param>
/// <param name="Subject"><c>&lt;cluster code&gt;-&lt;UUIDv7&gt;</c>.</param>
/// <param name="Revision">Above every earlier revision of the subject.</param>
/// <param name="Data">The record as JSON text, nonce included; numbers are integers.</param>
/// <param name="Traceparent">W3C Trace Context; the current activity when absent.</param>
/// <param name="Version">Of the kind's schema.</param>
public sealed record JournalDraft(string Kind, string Subject, long Revision, string Data, string? Traceparent = null, int Version = 1);

/// <summary>An entry is larger than the bus carries.</summary>
public sealed class EntryTooLargeException(string subject, int bytes, int limit)
    : Exception($"The entry for {subject} has {bytes} bytes; the limit is {limit}.");

/// <summary>
/// The append-only, hash-chained journal of this participant. Entries are appended in the transaction that changes the item,
/// and numbered by a row-locked counter in it, so that they are dense and none becomes visible late.
/// </summary>
public sealed class Journal(string code, TimeProvider clock)
{
    private long commits;

    /// <summary>Code of the cluster, or <c>hub</c>.</summary>
    public string Code { get; } = code;

    /// <summary>In UTC, by the clock of this participant.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Raised after a commit to this journal's database, by the watch of commits where another process has committed. The relay, the
    /// catalogue, operations, mails and the upload of files wait for it.
    /// </summary>
    public event Action? Appended;

    /// <summary>How many commits have been told of.</summary>
    internal long Commits => Interlocked.Read(ref commits);

    /// <summary>To be called after the commit of a transaction that appended.</summary>
    public void NotifyCommitted()
    {
        Interlocked.Increment(ref commits);
        Appended?.Invoke();
    }

    /// <summary>Appends in the open transaction of <paramref name="db"/>, and folds the entries into the own publications.</summary>
    /// <exception cref="EntryTooLargeException">Nothing is appended.</exception>
    public async Task<IReadOnlyList<JournalRow>> AppendAsync(
        DbContext db, IReadOnlyList<JournalDraft> drafts, CancellationToken cancellation)
    {
        var rows = await AppendUnfoldedAsync(db, drafts, cancellation);
        foreach (var row in rows.Where(row => Kinds.KindOf(row.Type) == Kinds.Withdrawn))
        {
            await ContentErasure.ApplyAsync(db, EntryChain.Read(row.Text), cancellation);
        }

        var changes = rows.Zip(drafts, (row, draft) => new PublicationRow
        {
            Journal = Code,
            Subject = row.Subject,
            Cluster = Subjects.OwnerOf(row.Subject),
            Kind = draft.Kind,
            Revision = row.Revision,
            Digest = EntryChain.Read(row.Text).Digest,
            Data = draft.Kind == Kinds.Withdrawn ? null : draft.Data,
            PublishedAt = row.Time,
            RevisedAt = row.Time,
            Position = row.Sequence,
        });
        await FoldedState.ApplyAsync(db, [.. changes], cancellation);
        return rows;
    }

    /// <summary>Appends without folding: what the hub journals of others has been folded from their journals.</summary>
    internal async Task<IReadOnlyList<JournalRow>> AppendUnfoldedAsync(
        DbContext db, IReadOnlyList<JournalDraft> drafts, CancellationToken cancellation)
    {
        var head = await TakeSequencesAsync(db, drafts.Count, cancellation);
        var sequence = head.Sequence - drafts.Count;
        var rows = new List<JournalRow>(drafts.Count);
        foreach (var draft in drafts)
        {
            // Some thousands take seconds, and nothing here waits: a stop would have to.
            cancellation.ThrowIfCancellationRequested();
            var entry = Seal(draft, head, ++sequence);
            head.Hash = entry.Hash;
            var text = EntryChain.TextOf(entry);
            var limit = Code == FederationDirectory.HubCode ? EntryChain.MaxSegmentBytes : EntryChain.MaxEntryBytes;
            var bytes = System.Text.Encoding.UTF8.GetByteCount(text);
            if (bytes > limit)
            {
                throw new EntryTooLargeException(draft.Subject, bytes, limit);
            }

            rows.Add(JournalRow.Of(entry, text));
        }

        await BulkWrite.InsertAsync(db, rows, cancellation);
        await db.Set<JournalHead>().Where(row => row.Id == 1)
            .ExecuteUpdateAsync(row => row.SetProperty(counter => counter.Hash, head.Hash), cancellation);
        return rows;
    }

    /// <summary>Makes the counter at first start: a new epoch begins.</summary>
    public async Task OpenAsync(DbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!await db.Set<JournalHead>().AnyAsync(cancellation))
        {
            db.Add(new JournalHead { Id = 1, Journal = Code, Epoch = Guid.NewGuid().ToString(), Hash = EntryChain.Origin });
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>
    /// Gives the journal the end that it had before a loss, and opens a new epoch there. The entries up to that end are in the table; those
    /// of the old epoch beyond it are not any more.
    /// </summary>
    /// <param name="db">With an open transaction.</param>
    /// <param name="end">Where it goes on.</param>
    /// <param name="known">Every epoch that this journal ever had. Those that it leaves are named, so that their readers go back.</param>
    /// <param name="reason">See <see cref="JournalOpened.Reason"/>.</param>
    /// <param name="cancellation">Nothing is changed then.</param>
    internal async Task ContinueAsync(
        DbContext db, JournalEnd end, IReadOnlySet<string> known, string reason, CancellationToken cancellation)
    {
        var epoch = Guid.NewGuid().ToString();
        await db.Set<JournalHead>().Where(head => head.Id == 1).ExecuteUpdateAsync(
            head => head.SetProperty(set => set.Epoch, epoch).SetProperty(set => set.Sequence, end.Sequence)
                .SetProperty(set => set.Hash, end.Hash),
            cancellation);
        var last = await db.Set<JournalRow>().Where(row => row.Sequence == end.Sequence).Select(row => row.Text)
            .SingleOrDefaultAsync(cancellation);
        var replaced = last is null ? end.Epoch : EntryChain.Read(last).Epoch;
        string[] left = [.. known.Except(await EpochsAsync(db, cancellation)).Where(each => each != replaced)
            .Order(StringComparer.Ordinal)];
        var opened = new JournalOpened
        {
            Nonce = Nonce.Create(),
            Replaces = end with { Epoch = replaced },
            Leaves = left.Length == 0 ? null : left,
            Reason = reason,
        };
        var draft = new JournalDraft(Kinds.JournalOpened, Subjects.Mint(Code), 1, JsonSerializer.Serialize(opened, ContractJson.Options));
        // The hub's publications are folded from the clusters' journals, its own entries are not.
        _ = Code == FederationDirectory.HubCode
            ? await AppendUnfoldedAsync(db, [draft], cancellation)
            : await AppendAsync(db, [draft], cancellation);
    }

    /// <summary>Epochs of which entries are in the journal.</summary>
    internal static async Task<HashSet<string>> EpochsAsync(DbContext db, CancellationToken cancellation)
    {
        // An epoch begins with its opening, but for the first one.
        var type = Kinds.TypeOf(Kinds.JournalOpened);
        var texts = await db.Set<JournalRow>().Where(row => row.Type == type || row.Sequence == 1).Select(row => row.Text)
            .ToListAsync(cancellation);
        return [.. texts.Select(text => EntryChain.Read(text).Epoch)];
    }

    /// <summary>Epochs that openings among these entries name as left.</summary>
    internal static IEnumerable<string> EpochsLeftBy(IEnumerable<JournalEntry> entries) =>
        entries.Where(entry => Kinds.KindOf(entry.Type) == Kinds.JournalOpened)
        .SelectMany(entry => entry.Data?.Deserialize<JournalOpened>(ContractJson.Options)?.Leaves ?? []);

    /// <summary>
    /// Where a reader stands in this journal that says it has kept everything through a sequence of an epoch; null when this journal never
    /// had that. A reader that has not heard of a new epoch stands where that one begins, at most. One that keeps less than that of an
    /// epoch that was left has nothing for certain.
    /// </summary>
    internal static async Task<JournalEnd?> LocateAsync(DbContext db, JournalEnd told, CancellationToken cancellation)
    {
        if (told.Sequence == 0 || await db.Set<JournalRow>()
            .AnyAsync(row => row.Sequence == told.Sequence && row.Hash == told.Hash, cancellation))
        {
            return told;
        }

        return await OpeningAfterAsync(db, told.Epoch, cancellation) switch
        {
            { Replaces: var end } when end.Sequence <= told.Sequence => end,
            { Replaces: var end } when end.Epoch != told.Epoch => new JournalEnd(told.Epoch, 0, EntryChain.Origin),
            _ => null,
        };
    }

    /// <summary>Where an epoch of this journal was replaced; null for the current one, and for one that it never had.</summary>
    internal static async Task<JournalEnd?> EndOfAsync(DbContext db, string epoch, CancellationToken cancellation) =>
        (await OpeningAfterAsync(db, epoch, cancellation))?.Replaces;

    /// <summary>The opening that replaced an epoch, or left it.</summary>
    private static async Task<JournalOpened?> OpeningAfterAsync(DbContext db, string epoch, CancellationToken cancellation)
    {
        var type = Kinds.TypeOf(Kinds.JournalOpened);
        var openings = await db.Set<JournalRow>().Where(row => row.Type == type).Select(row => row.Text).ToListAsync(cancellation);
        return openings.Select(text => EntryChain.Read(text).Data?.Deserialize<JournalOpened>(ContractJson.Options))
            .FirstOrDefault(opened => opened?.Replaces.Epoch == epoch || opened?.Leaves?.Contains(epoch) == true);
    }

    /// <summary>Blocks all appends until the open transaction ends.</summary>
    internal static Task LockAsync(DbContext db, CancellationToken cancellation) => TakeSequencesAsync(db, 0, cancellation);

    private static async Task<JournalHead> TakeSequencesAsync(DbContext db, int count, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Entries are appended in the transaction that changes the item: none is open.");
        }

        // The update takes the row's lock (PostgreSQL) before the hash is read; SQLite's transaction holds the file's lock already.
        var heads = await db.Set<JournalHead>().FromSql(
            $"""UPDATE "JournalHead" SET "Sequence" = "Sequence" + {count} WHERE "Id" = 1 RETURNING *""")
            .AsNoTracking().ToListAsync(cancellation);
        return heads.Single();
    }

    private JournalEntry Seal(JournalDraft draft, JournalHead head, long sequence)
    {
        var data = CanonicalJson.Parse(draft.Data);
        var type = Kinds.TypeOf(draft.Kind, draft.Version);
        var entry = new JournalEntry
        {
            Specversion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"{head.Epoch}/{sequence}"),
            Source = Code,
            Type = type,
            Subject = draft.Subject,
            Time = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            Datacontenttype = "application/json",
            Traceparent = draft.Traceparent ?? Activity.Current?.Id,
            Epoch = head.Epoch,
            Sequence = sequence,
            Revision = draft.Revision,
            Previous = head.Hash,
            Digest = EntryChain.Digest(type, data),
            Hash = "",
            Data = data,
        };
        return entry with { Hash = EntryChain.HashOf(entry) };
    }
}
