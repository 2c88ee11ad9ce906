using Interclustering.Files;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Files;

/// <summary>The files that no publication of a node names.</summary>
public sealed class UnnamedFiles(NodeInstance node, NodeContext db, TimeProvider clock)
{
    /// <summary>Deletes them: at once what was named before, after a day what a form never saved.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var patience = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        var named = await NamedAsync(cancellation);
        var rows = await db.Files.ToDictionaryAsync(row => row.Sha256, cancellation);
        foreach (var row in rows.Values.Where(row => named.Contains(row.Sha256) && !row.Saved))
        {
            row.Saved = true;
        }

        var left = rows.Values.Where(row => !named.Contains(row.Sha256) && (row.Saved || row.AddedAt < patience)).ToList();
        db.Files.RemoveRange(left);
        await db.SaveChangesAsync(cancellation);
        foreach (var row in left)
        {
            node.Files.Delete(row.Sha256);
        }

        // A backup of the database may know less than the folder does.
        foreach (var sha256 in node.Files.All().Where(sha256 => !named.Contains(sha256) && !rows.ContainsKey(sha256)).ToList())
        {
            if (File.GetLastWriteTimeUtc(node.Files.Find(sha256)!) < patience)
            {
                node.Files.Delete(sha256);
            }
        }
    }

    /// <summary>In drafts, in what is pending, in what sources gave, and in what is published.</summary>
    private async Task<HashSet<string>> NamedAsync(CancellationToken cancellation)
    {
        var texts = await db.WorkingCopies.AsNoTracking().Select(copy => new { copy.Kind, copy.Data })
            .Concat(db.WorkingCopies.Where(copy => copy.SourceData != null).Select(copy => new { copy.Kind, Data = copy.SourceData! }))
            .Concat(db.PendingChanges.Select(change => new { change.Kind, change.Data }))
            .Concat(db.PendingChanges.Where(change => change.SourceData != null)
                .Select(change => new { change.Kind, Data = change.SourceData! }))
            .Concat(db.Publications.Where(row => row.Journal == node.Code && row.Data != null)
                .Select(row => new { row.Kind, Data = row.Data! }))
            .Where(text => PublishedFiles.Kinds.Contains(text.Kind) && text.Data.Contains(PublishedFiles.Mark))
            .ToListAsync(cancellation);
        return [.. texts.SelectMany(text => PublishedFiles.Of(text.Kind, text.Data).Files).Select(file => file.Sha256)];
    }
}
