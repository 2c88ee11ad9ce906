using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Journals;

/// <summary>The state that journals fold into, and its digest, by which participants compare.</summary>
public static class FoldedState
{
    /// <summary>Folds revisions into the state; idempotent by (subject, revision), never below the current one.</summary>
    public static Task ApplyAsync(DbContext db, IReadOnlyList<PublicationRow> changes, CancellationToken cancellation)
    {
        // A statement can't touch one row twice: only the last revision of a subject in the batch counts, with the time of the first.
        var last = changes.GroupBy(change => change.Subject).Select(revisions =>
        {
            var newest = revisions.MaxBy(change => change.Revision)!;
            newest.PublishedAt = revisions.Min(change => change.PublishedAt);
            return newest;
        });
        return BulkWrite.UpsertAsync(db, [.. last], cancellation);
    }

    /// <summary>
    /// SHA-256 over the publications of <paramref name="cluster"/> as <paramref name="journal"/> tells them, in ordinal order of subject,
    /// a line each: subject, kind, revision, digest, separated by spaces.
    /// </summary>
    public static async Task<string> DigestAsync(DbContext db, string journal, string cluster, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.Set<PublicationRow>().AsNoTracking()
            .Where(row => row.Journal == journal && row.Cluster == cluster)
            .Select(row => new { row.Subject, row.Kind, row.Revision, row.Digest }).ToListAsync(cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows.OrderBy(row => row.Subject, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{row.Subject} {row.Kind} {row.Revision} {row.Digest}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// When an entry was journaled, UTC. What is no time is the beginning of all: entries with one are set aside before anything is folded.
    /// </summary>
    public static DateTime TimeOf(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return DateTime.TryParse(entry.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
            ? time : DateTime.UnixEpoch;
    }

    /// <summary>The row that what the hub itself says of a dossier folds into, at the hub and at every node.</summary>
    public static PublicationRow RulingRowOf(JournalEntry entry)
    {
        var row = RowOf(entry, FederationDirectory.HubCode, entry.Sequence, TimeOf(entry));
        row.Cluster = FederationDirectory.HubCode;
        return row;
    }

    /// <summary>The row that an origin's entry folds into.</summary>
    public static PublicationRow RowOf(JournalEntry entry, string journal, long position, DateTime? visibleAt)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var time = TimeOf(entry);
        var kind = Kinds.KindOf(entry.Type);
        return new PublicationRow
        {
            Journal = journal,
            Subject = entry.Subject,
            Cluster = Subjects.OwnerOf(entry.Subject),
            Kind = kind,
            Revision = entry.Revision,
            Digest = entry.Digest,
            Data = kind == Kinds.Withdrawn ? null : entry.Data?.GetRawText(),
            PublishedAt = time,
            RevisedAt = time,
            Position = position,
            VisibleAt = visibleAt,
        };
    }
}
