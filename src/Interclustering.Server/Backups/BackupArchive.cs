using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.X509;

namespace Interclustering.Server.Backups;

/// <summary>One file with everything: tar, gzip and, for a recipient, CMS. It can be opened without this program.</summary>
internal static class BackupArchive
{
    /// <summary>Writes it, and the manifest at its end.</summary>
    /// <returns>The manifest with the files, and SHA-256 of what was written.</returns>
    public static async Task<(BackupManifest Manifest, string Sha256)> WriteAsync(
        string path, IEnumerable<(string Name, string Path)> files, BackupManifest manifest, X509Certificate? recipient,
        CancellationToken cancellation)
    {
        var written = new List<BackupFile>();
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await using (var encrypted = recipient is null ? Stream.Null : BackupEncryption.Encrypt(file, recipient))
            await using (var zip = new GZipStream(recipient is null ? file : encrypted, CompressionLevel.Fastest, leaveOpen: true))
            await using (var tar = new TarWriter(zip, TarEntryFormat.Pax, leaveOpen: true))
            {
                foreach (var (name, source) in files)
                {
                    if (await WriteAsync(tar, name, source, cancellation) is { } one)
                    {
                        written.Add(one);
                    }
                }

                manifest = manifest with { Files = written };
                using var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifest.Json));
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = text },
                    cancellation);
            }

            // On the disk, not only on its way there.
            file.Flush(flushToDisk: true);
        }

        return (manifest, await HashAsync(path, cancellation));
    }

    /// <summary>Reads every file of an archive, and compares it with the manifest.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="keyFile">The recipient's private key, for an encrypted one.</param>
    /// <param name="take">Given a name, where its content goes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BackupFailedException">It is cut off, damaged, or none of ours. What was taken until then is worthless.</exception>
    public static async Task<BackupManifest> ReadAsync(
        string path, string? keyFile, Func<string, Stream> take, CancellationToken cancellation)
    {
        if (BackupEncryption.IsEncrypted(path) && keyFile is null)
        {
            throw new BackupFailedException($"{path} is encrypted, or no backup: name the recipient's private key with --key.");
        }

        try
        {
            await using var file = File.OpenRead(path);
            await using var plain = BackupEncryption.IsEncrypted(path) ? BackupEncryption.Decrypt(file, keyFile!) : Stream.Null;
            await using var zip = new GZipStream(plain == Stream.Null ? file : plain, CompressionMode.Decompress);
            await using var tar = new TarReader(zip);
            return await ReadAsync(path, tar, take, cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or JsonException
            or Org.BouncyCastle.Security.GeneralSecurityException or Org.BouncyCastle.Crypto.CryptoException)
        {
            throw new BackupFailedException($"{path} is cut off or damaged: {exception.Message}", exception);
        }
    }

    private static async Task<BackupManifest> ReadAsync(
        string path, TarReader tar, Func<string, Stream> take, CancellationToken cancellation)
    {
        var read = new List<BackupFile>();
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || !IsPlain(entry.Name))
            {
                throw new BackupFailedException($"{path} holds {entry.Name}, which no backup of ours does.");
            }

            if (entry.Name == BackupManifest.Name)
            {
                var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(
                    entry.DataStream ?? Stream.Null, BackupManifest.Json, cancellation) ?? throw new JsonException("no manifest");
                return manifest.Format != BackupManifest.CurrentFormat
                    ? throw new BackupFailedException($"{path} was written by version {manifest.Version}, in a form not known here.")
                    : manifest.Files.SequenceEqual(read) ? manifest
                    : throw new BackupFailedException($"{path} is damaged: its files are not those of its manifest.");
            }

            await using var target = take(entry.Name);
            read.Add(await CopyAsync(entry.Name, entry.DataStream ?? Stream.Null, target, cancellation));
        }

        throw new BackupFailedException($"{path} is cut off: it has no manifest.");
    }

    public static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    /// <returns>Null where the file has gone meanwhile: a sheet was erased, and its files with it.</returns>
    private static async Task<BackupFile?> WriteAsync(TarWriter tar, string name, string source, CancellationToken cancellation)
    {
        FileStream content;
        try
        {
            content = File.OpenRead(source);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        await using (content)
        {
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
            content.Position = 0;
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, cancellation);
            return new BackupFile(name, content.Length, hash);
        }
    }

    private static async Task<BackupFile> CopyAsync(string name, Stream from, Stream to, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (new byte[128 * 1024], 0L);
        while (await from.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            hash.AppendData(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
            length += count;
        }

        return new BackupFile(name, length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A relative path that stays where it is put.</summary>
    private static bool IsPlain(string name) =>
        name.Split('/').All(part => part is not ("" or "." or "..")) && !name.Contains('\\', StringComparison.Ordinal)
        && !name.Contains(':', StringComparison.Ordinal);
}
