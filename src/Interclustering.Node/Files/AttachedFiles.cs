using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Files;

/// <summary>The one way for a file into a node: judged by its bytes, kept under its hash.</summary>
public sealed class AttachedFiles(NodeInstance node, NodeContext db, FileLimits limits, TimeProvider clock)
{
    /// <returns>What a sheet names it by, or why it is refused (<see cref="FileRefusals"/>); a refused one is not kept.</returns>
    public async Task<(Attachment? File, string? Refusal)> KeepAsync(Stream content, string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length > limits.Most)
        {
            return (null, FileRefusals.TooLarge);
        }

        var verdict = FileSniffing.Judge(content);
        if (verdict.Kind is not { } kind)
        {
            return (null, verdict.Refusal);
        }

        content.Position = 0;
        var (sha256, now) = (await node.Files.KeepAsync(content, cancellation), clock.GetUtcNow().UtcDateTime);
        var row = await db.Files.FindAsync([sha256], cancellation);
        if (row is null)
        {
            row = db.Files.Add(new FileRow { Sha256 = sha256, MediaType = kind.MediaType, Size = content.Length }).Entity;
        }

        (row.AddedAt, row.Saved) = (now, false);
        await db.SaveChangesAsync(cancellation);
        return (new Attachment(NameOf(name, kind), kind.MediaType, content.Length, sha256), null);
    }

    /// <summary>The name that browsers give, without its folders; it ends as its kind does, so that it opens where it is saved.</summary>
    internal static string NameOf(string given, FileKind kind)
    {
        const int Longest = 200;
        var name = InputText.Clean(given ?? "").Replace('\\', '/').Replace('\n', ' ').Replace('\t', ' ');
        name = name[(name.LastIndexOf('/') + 1)..].Trim().TrimStart('.');
        var stem = name.EndsWith(kind.Extension, StringComparison.OrdinalIgnoreCase) ? name[..^kind.Extension.Length]
            : kind == FileKind.Jpeg && name.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase) ? name[..^".jpeg".Length]
            : name;
        stem = stem.Length > Longest - kind.Extension.Length ? stem[..(Longest - kind.Extension.Length)] : stem;
        // A character outside the basic plane is not cut in two.
        stem = char.IsHighSurrogate(stem.LastOrDefault()) ? stem[..^1] : stem;
        return (stem.Length == 0 ? T["fichier"] : stem) + kind.Extension;
    }

    /// <summary>Deletes what no publication here names: at once what was named before, after a day what a form never saved.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var patience = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        var texts = await db.WorkingCopies.AsNoTracking().Where(copy => copy.Kind == Kinds.BestPractice).Select(copy => copy.Data)
            .Concat(db.PendingChanges.Where(change => change.Kind == Kinds.BestPractice).Select(change => change.Data))
            .Concat(db.Publications.Where(row => row.Journal == node.Code && row.Kind == Kinds.BestPractice && row.Data != null)
                .Select(row => row.Data!))
            .ToListAsync(cancellation);
        var named = texts.SelectMany(text => PublishedFiles.Of(Kinds.BestPractice, text).Files).Select(file => file.Sha256).ToHashSet();
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
}
