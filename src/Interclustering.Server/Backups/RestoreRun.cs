using Interclustering.Server.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Interclustering.Server.Backups;

/// <summary>Puts what an archive holds into an empty place, and into no other.</summary>
internal sealed class RestoreRun(ServerSettings settings)
{
    /// <exception cref="BackupFailedException">It was not restored. Where its reading failed, nothing was touched.</exception>
    public async Task<BackupManifest> RunAsync(string path, string? keyFile, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new BackupFailedException($"There is no file {path}.");
        }

        await RefuseWhatIsNotEmptyAsync(cancellation);
        var unpacked = Path.Combine(settings.Data, $".restore-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(unpacked);
            var manifest = await BackupArchive.ReadAsync(path, keyFile, name => Create(Path.Combine(unpacked, name)), cancellation);
            var provider = settings.Provider.ToString().ToLowerInvariant();
            if (manifest.Provider != provider)
            {
                throw new BackupFailedException($"{path} holds databases of {manifest.Provider}; Database:Provider is {provider}.");
            }

            if (settings.Roles.Except(manifest.Roles).ToList() is { Count: > 0 } missing)
            {
                throw new BackupFailedException($"{path} has nothing of {string.Join(", ", missing)}. It holds "
                    + $"{string.Join(", ", manifest.Roles)}: set Roles to those that are to be restored.");
            }

            foreach (var (code, connection) in settings.Databases)
            {
                await RestoreAsync(Path.Combine(unpacked, DatabaseCopies.NameOf(code, provider)), connection, cancellation);
            }

            // Of the participants that are restored, and the keys that protect cookies.
            foreach (var name in manifest.Files.Select(file => file.Name).Where(IsWanted))
            {
                var target = Path.Combine(settings.Data, name);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(Path.Combine(unpacked, name), target);
            }

            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(
                $"{settings.Data} can't be written: {exception.Message}. Empty it, and begin again.", exception);
        }
        finally
        {
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    private bool IsWanted(string name) => name.StartsWith("keys/cookies/", StringComparison.Ordinal)
        || name.EndsWith(".txt", StringComparison.Ordinal)
        || settings.Roles.Any(role => name.StartsWith($"keys/{role}.", StringComparison.Ordinal)
            || name.StartsWith($"files/{role}/", StringComparison.Ordinal));

    /// <summary>A log that is left beside a database (<c>-wal</c>) would be put over what is restored, without a word.</summary>
    private async Task RefuseWhatIsNotEmptyAsync(CancellationToken cancellation)
    {
        List<string> found = [];
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            found.AddRange(settings.Databases.Values.Select(PathOf)
                .SelectMany(path => (string[])[path, $"{path}-wal", $"{path}-shm", $"{path}-journal"]).Where(File.Exists));
        }
        else
        {
            foreach (var (code, connection) in settings.Databases)
            {
                if (!await PostgresDatabases.IsEmptyAsync(connection, cancellation))
                {
                    found.Add($"the database of {code}, which has tables");
                }
            }
        }

        found.AddRange(((string[])["keys", "files"]).Select(name => Path.Combine(settings.Data, name))
            .Where(folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any()));
        if (found.Count > 0)
        {
            throw new BackupFailedException($"A backup is restored into an empty place only. Here are {string.Join("; ", found)}. Stop the "
                + "server, move that away as a whole, and begin again.");
        }
    }

    private async Task RestoreAsync(string copy, string connection, CancellationToken cancellation)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(connection))!);
            File.Move(copy, PathOf(connection));
            return;
        }

        // The name of the database comes from the environment, as the password does; pg_restore wants to be told to use it.
        await new PostgresPrograms(settings.Backup.PostgresPrograms).RunAsync(
            "pg_restore", connection,
            ["--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--single-transaction", "--no-password",
                $"--dbname={new NpgsqlConnectionStringBuilder(connection).Database}", copy], cancellation);
    }

    private static string PathOf(string connection) => Path.GetFullPath(new SqliteConnectionStringBuilder(connection).DataSource);

    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }
}
