using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Verification;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Interclustering.Server.Backups;

/// <summary>
/// Restores an archive into a temporary place, looks at everything that can be looked at without a server, and takes the place away.
/// </summary>
internal sealed class Rehearsal(ServerSettings settings)
{
    private IEnumerable<KeyValuePair<string, string>> OnPostgres =>
        settings.Provider == DatabaseProvider.Postgres ? settings.Databases : [];

    /// <returns>The archive's manifest, and a line for each thing that was looked at.</returns>
    /// <exception cref="BackupFailedException">It can't be restored at all.</exception>
    public async Task<(BackupManifest Manifest, IReadOnlyList<RehearsalLine> Lines)> RunAsync(
        string path, string? keyFile, CancellationToken cancellation)
    {
        path = Path.GetFullPath(path);
        var name = $"rehearsal_{Guid.NewGuid():N}";
        // Beside the archive: there is room for it.
        var data = Path.Combine(Path.GetDirectoryName(path)!, $".{name}");
        var place = settings with
        {
            Data = data,
            Databases = settings.Databases.ToDictionary(database => database.Key, database =>
                settings.Provider == DatabaseProvider.Sqlite ? $"Data Source={Path.Combine(data, $"{database.Key}.db")};Pooling=False"
                : new NpgsqlConnectionStringBuilder(database.Value)
                { Database = $"{name}_{database.Key}", Pooling = false }.ConnectionString),
        };
        try
        {
            await CreateDatabasesAsync(place, cancellation);
            var manifest = await new RestoreRun(place).RunAsync(path, keyFile, cancellation);
            return (manifest, await LookAsync(place, cancellation));
        }
        finally
        {
            await DropDatabasesAsync(place);
            if (Directory.Exists(data))
            {
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private static async Task<IReadOnlyList<RehearsalLine>> LookAsync(ServerSettings place, CancellationToken cancellation)
    {
        var databases = new DatabaseFactories(place);
        var lines = new List<RehearsalLine>();
        var reports = new List<ParticipantReport>();
        foreach (var code in place.Roles)
        {
            await using var db = databases.Open(code);
            await SchemaUpgrade.RunAsync(db, code, cancellation);
            lines.Add(await ChainAsync(code, db, cancellation));
            reports.Add(await ParticipantReport.ReadAsync(code, db, cancellation));
            lines.Add(await FilesAsync(code, place.FilesOf(code), cancellation));
        }

        foreach (var reader in reports)
        {
            foreach (var followed in reader.Follows)
            {
                if (reports.FirstOrDefault(report => report.Code == followed.Journal) is { } owner)
                {
                    lines.Add(Compare(reader.Code, followed, owner));
                }
            }
        }

        // What was on its way when the backup was made arrives after a start; only then is the state the same everywhere.
        if (lines.TrueForAll(line => line.IsSound) && reports.Find(report => report.Code == FederationDirectory.HubCode) is { } hub)
        {
            var nodes = reports.Where(node => node.Follow(hub.Code)?.Hash == hub.Hash && hub.Follow(node.Code)?.Hash == node.Hash);
            lines.AddRange(Comparison.Compare(hub, [.. nodes]).Select(each => new RehearsalLine(each.Cluster, each.What, each.Agrees)));
        }

        return lines;
    }

    /// <summary>Whether every entry is what its hash says, and continues the one before, up to the journal's end.</summary>
    private static async Task<RehearsalLine> ChainAsync(string code, DbContext db, CancellationToken cancellation)
    {
        var (sequence, hash) = (0L, EntryChain.Origin);
        await foreach (var row in db.Set<JournalRow>().AsNoTracking().OrderBy(row => row.Sequence).AsAsyncEnumerable()
            .WithCancellation(cancellation))
        {
            var entry = EntryChain.Read(row.Text);
            if (entry.Sequence != sequence + 1 || entry.Previous != hash || entry.Hash != EntryChain.HashOf(entry)
                || (!EntryChain.IsErased(entry) && entry.Digest != EntryChain.Digest(entry.Type, entry.Data!.Value)))
            {
                return new(code, $"the journal breaks at entry {row.Sequence}", false);
            }

            (sequence, hash) = (entry.Sequence, entry.Hash);
        }

        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(cancellation);
        return new(code, $"journal: {sequence} entries in one chain", head.Sequence == sequence && (sequence == 0 || head.Hash == hash));
    }

    private static async Task<RehearsalLine> FilesAsync(string code, string folder, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            count++;
            if (await BackupArchive.HashAsync(path, cancellation) != Path.GetFileName(path))
            {
                return new(code, $"file {Path.GetFileName(path)} is not what its name says", false);
            }
        }

        return new(code, $"{count} files of publications", true);
    }

    /// <summary>A reader behind is sent the rest. One ahead has what its owner lost: sending would stop until a recovery.</summary>
    private static RehearsalLine Compare(string reader, FollowedJournal followed, ParticipantReport owner)
    {
        var behind = owner.Sequence - followed.Watermark;
        return new(reader, $"follows {owner.Code} up to {followed.Watermark} of {owner.Sequence}",
            followed.StoppedBecause is null && (behind > 0 || (behind == 0 && (followed.Watermark == 0 || followed.Hash == owner.Hash))));
    }

    private async Task CreateDatabasesAsync(ServerSettings place, CancellationToken cancellation)
    {
        foreach (var (code, connection) in OnPostgres)
        {
            await PostgresDatabases.CreateAsync(connection, NameOf(place, code), cancellation);
        }
    }

    private async Task DropDatabasesAsync(ServerSettings place)
    {
        foreach (var (code, connection) in OnPostgres)
        {
            await PostgresDatabases.DropAsync(connection, NameOf(place, code));
        }
    }

    private static string NameOf(ServerSettings place, string code) =>
        new NpgsqlConnectionStringBuilder(place.Databases[code]).Database!;
}
