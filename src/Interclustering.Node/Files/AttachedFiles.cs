using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.Node.Forms;
using Interclustering.Node.Workspace;

namespace Interclustering.Node.Files;

/// <summary>The one way for a file into a node: judged by its bytes, a picture written anew, kept under its hash.</summary>
public sealed class AttachedFiles(
    NodeInstance node, NodeContext db, FileLimits limits, ReencodePicture reencode, TimeProvider clock)
{
    /// <returns>
    /// What a publication names it by, or why it is refused (<see cref="FileRefusals"/>); a refused one is not kept.
    /// </returns>
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
        if (!FileKind.Pictures.Contains(kind))
        {
            return (await KeepAsync(content, name, kind, cancellation), null);
        }

        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, cancellation);
        var picture = await reencode(bytes, cancellation);
        if (picture.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        using var anew = new MemoryStream(picture.Content);
        return (await KeepAsync(anew, name, FileKind.All.Single(each => each.MediaType == picture.MediaType), cancellation), null);
    }

    private async Task<Attachment> KeepAsync(Stream content, string name, FileKind kind, CancellationToken cancellation)
    {
        var (sha256, now) = (await node.Files.KeepAsync(content, cancellation), clock.GetUtcNow().UtcDateTime);
        var row = await db.Files.FindAsync([sha256], cancellation);
        if (row is null)
        {
            row = db.Files.Add(new FileRow { Sha256 = sha256, MediaType = kind.MediaType, Size = content.Length }).Entity;
        }

        (row.AddedAt, row.Saved) = (now, false);
        await db.SaveChangesAsync(cancellation);
        return new Attachment(NameOf(name, kind), kind.MediaType, content.Length, sha256);
    }

    /// <summary>The name that browsers give, without its folders; it ends as its kind does, so that it opens where it is saved.</summary>
    internal static string NameOf(string given, FileKind kind)
    {
        const int Longest = 200;
        var name = InputText.Clean(given ?? "").Replace('\\', '/').Replace('\n', ' ').Replace('\t', ' ');
        name = name[(name.LastIndexOf('/') + 1)..].Trim().TrimStart('.');
        var stem = EndOf(name, kind) is { } end ? name[..^end.Length] : name;
        stem = stem.Length > Longest - kind.Extension.Length ? stem[..(Longest - kind.Extension.Length)] : stem;
        // A character outside the basic plane is not cut in two.
        stem = char.IsHighSurrogate(stem.LastOrDefault()) ? stem[..^1] : stem;
        return (stem.Length == 0 ? T["fichier"] : stem) + kind.Extension;
    }

    /// <summary>The end that the right one replaces: a picture's may be that of what it was before it was written anew.</summary>
    private static string? EndOf(string name, FileKind kind)
    {
        string[] ends = FileKind.Pictures.Contains(kind) ? [.. FileKind.Pictures.Select(each => each.Extension), ".jpeg"]
            : [kind.Extension];
        return ends.FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }
}
