using System.Security.Cryptography;

namespace Interclustering.Files;

/// <summary>
/// A folder of files named by their SHA-256: <c>ab/abcdef…</c>. A name stands for complete, checked content only: it is written elsewhere
/// in the folder first, and renamed.
/// </summary>
public sealed class ContentStore(string folder)
{
    private const int HashLength = 64;

    /// <summary>Where what is not complete is written: on the same disk, so that renaming moves nothing.</summary>
    public string Incoming { get; } = Path.Combine(folder, "incoming");

    /// <summary>Whether a text is a SHA-256 as this product writes it. Nothing else becomes a part of a path.</summary>
    public static bool IsHash(string text) => text is { Length: HashLength } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The path of a complete file; null when it is not here.</summary>
    public string? Find(string sha256) => IsHash(sha256) && PathOf(sha256) is var path && File.Exists(path) ? path : null;

    /// <summary>Keeps what was read, under its hash.</summary>
    /// <returns>Its hash; nothing happens where it is here already.</returns>
    public async Task<string> KeepAsync(Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        Directory.CreateDirectory(Incoming);
        var written = Path.Combine(Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = File.Create(written))
            {
                await content.CopyToAsync(file, cancellation);
            }

            var sha256 = await HashAsync(written, cancellation);
            Complete(written, sha256);
            return sha256;
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <summary>Gives what was written in <see cref="Incoming"/> its place, once its hash is known to be this one.</summary>
    public void Complete(string written, string sha256)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(sha256))!);
        File.Move(written, PathOf(sha256), overwrite: true);
    }

    public static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    public void Delete(string sha256)
    {
        if (Find(sha256) is { } path)
        {
            File.Delete(path);
        }
    }

    /// <summary>The hashes of all complete files.</summary>
    public IEnumerable<string> All() => !Directory.Exists(folder) ? []
        : Directory.EnumerateDirectories(folder, "??").SelectMany(Directory.EnumerateFiles).Select(path => Path.GetFileName(path))
            .Where(IsHash);

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);
}
