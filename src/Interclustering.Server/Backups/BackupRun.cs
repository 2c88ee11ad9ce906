using Interclustering.Server.Configuration;
using Org.BouncyCastle.X509;

namespace Interclustering.Server.Backups;

/// <summary>Makes one archive of everything that this process hosts, while its server runs.</summary>
internal sealed class BackupRun(ServerSettings settings, TimeProvider clock)
{
    /// <summary>What is in the archive besides databases: folders of the data folder. Mails that became files are not.</summary>
    private static readonly string[] Folders = ["keys", "files"];

    /// <summary>The demonstration's accounts are in the databases: what opens them goes with them.</summary>
    private const string Demonstration = "demonstration-password.txt";

    /// <param name="path">Is made. The name stands for a complete, checked archive only.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <exception cref="BackupFailedException">It was not made.</exception>
    public async Task<BackupManifest> RunAsync(string path, CancellationToken cancellation)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
        {
            throw new BackupFailedException($"{path} is there already. Name another file.");
        }

        X509Certificate? recipient = settings.Backup.Recipient is { } certificate ? BackupEncryption.ReadRecipient(certificate) : null;
        // Beside the archive: there is room for it, and the copies are as private.
        var copies = Path.Combine(Path.GetDirectoryName(path)!, $".backup-{Guid.NewGuid():N}");
        var partial = $"{path}.partial";
        try
        {
            Directory.CreateDirectory(copies);
            var takenAt = clock.GetUtcNow().UtcDateTime;
            var databases = await new DatabaseCopies(settings).TakeAsync(copies, cancellation);
            File.Delete(partial);
            // The databases first: a file is there before a database names it.
            var (manifest, sha256) = await BackupArchive.WriteAsync(partial, databases.Concat(Files()), new BackupManifest
            {
                Format = BackupManifest.CurrentFormat,
                Version = typeof(BackupRun).Assembly.GetName().Version!.ToString(3),
                TakenAt = takenAt,
                Provider = settings.Provider.ToString().ToLowerInvariant(),
                Roles = settings.Roles,
                Files = [],
            }, recipient, cancellation);
            await CheckAsync(partial, sha256, recipient is not null, cancellation);
            File.Move(partial, path);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException($"{path} can't be written: {exception.Message}", exception);
        }
        finally
        {
            if (Directory.Exists(copies))
            {
                Directory.Delete(copies, recursive: true);
                File.Delete(partial);
            }
        }
    }

    /// <summary>
    /// Reads it again from the disk. What is for a recipient only can't be opened here: it is compared with what was written, byte by byte.
    /// </summary>
    private static async Task CheckAsync(string path, string sha256, bool isEncrypted, CancellationToken cancellation)
    {
        if (!isEncrypted)
        {
            await BackupArchive.ReadAsync(path, null, _ => Stream.Null, cancellation);
        }
        else if (await BackupArchive.HashAsync(path, cancellation) != sha256)
        {
            throw new BackupFailedException($"{path} is not what was written.");
        }
    }

    private IEnumerable<(string Name, string Path)> Files()
    {
        var plain = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };
        foreach (var folder in Folders.Select(name => Path.Combine(settings.Data, name)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", plain))
            {
                var name = Path.GetRelativePath(settings.Data, path).Replace(Path.DirectorySeparatorChar, '/');
                // An upload that is not complete begins anew.
                if (!name.Contains("/incoming/", StringComparison.Ordinal))
                {
                    yield return (name, path);
                }
            }
        }

        yield return (Demonstration, Path.Combine(settings.Data, Demonstration));
        if (settings.DirectoryFile is { } directory)
        {
            yield return ("directory.json", directory);
        }
    }
}
