using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Journals;

/// <summary>
/// Removes content: of a publication that was withdrawn, of a person who asks for it. Digest and hash stay, so that the chain still
/// verifies. It happens in the transaction that keeps the withdrawal, here and wherever the withdrawal arrives, a rebuild included.
/// </summary>
public static class ContentErasure
{
    /// <summary>After the commit: SQLite's write-ahead log still holds the pages as they were, until it is truncated.</summary>
    public static Task SettleAsync(DbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.IsSqlite()
            ? db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);", cancellation) : Task.CompletedTask;
    }

    /// <summary>Follows an entry: a withdrawal erases what came before it, anything else nothing.</summary>
    /// <returns>Whether it was one.</returns>
    internal static async Task<bool> ApplyAsync(DbContext db, JournalEntry entry, CancellationToken cancellation)
    {
        if (Kinds.KindOf(OriginType(entry)) != Kinds.Withdrawn || Origin(entry) is not { } withdrawal)
        {
            return false;
        }

        var subject = Storable.Key(withdrawal.Subject);
        var own = await db.Set<JournalRow>().AsNoTracking().Where(row => row.Subject == subject && !row.Erased).ToListAsync(cancellation);
        foreach (var row in own)
        {
            if (Erased(row.Text, withdrawal) is { } text)
            {
                await db.Set<JournalRow>().Where(kept => kept.Sequence == row.Sequence).ExecuteUpdateAsync(
                    kept => kept.SetProperty(erased => erased.Text, text).SetProperty(erased => erased.Erased, true), cancellation);
            }
        }

        var replicas = await db.Set<ReplicaEntry>().AsNoTracking().Where(row => row.Subject == subject).ToListAsync(cancellation);
        foreach (var row in replicas)
        {
            if (Erased(row.Text, withdrawal) is { } text)
            {
                await db.Set<ReplicaEntry>()
                    .Where(kept => kept.Journal == row.Journal && kept.Epoch == row.Epoch && kept.Sequence == row.Sequence)
                    .ExecuteUpdateAsync(kept => kept.SetProperty(erased => erased.Text, text), cancellation);
            }
        }

        return true;
    }

    /// <summary>
    /// The text without its content; null where the withdrawal does not reach it. The subject's owner erases all entries about it,
    /// others only their own.
    /// </summary>
    private static string? Erased(string text, JournalEntry withdrawal)
    {
        var entry = EntryChain.Read(text);
        return Origin(entry) is { } origin && origin.Revision < withdrawal.Revision && !EntryChain.IsErased(entry)
            && (Subjects.OwnerOf(withdrawal.Subject) == withdrawal.Source || origin.Source == withdrawal.Source)
            ? EntryChain.TextOf(EntryChain.Erase(entry))
            : null;
    }

    private static string OriginType(JournalEntry entry) => !EntryChain.Wraps(entry.Type) ? entry.Type
        : entry.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("origin", out var origin)
            && origin.ValueKind == JsonValueKind.Object && origin.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : "";

    /// <summary>The wrapped entry, or the entry itself; null when what it wraps can't be read.</summary>
    private static JournalEntry? Origin(JournalEntry entry)
    {
        try
        {
            return !EntryChain.Wraps(entry.Type) ? entry
                : entry.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("origin", out var origin)
                    ? origin.Deserialize<JournalEntry>(ContractJson.Options)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
