using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Backups;

/// <summary>What was saved comes back, and nothing half of it does, whatever the database.</summary>
/// <param name="place">Where servers run.</param>
public abstract class BackupTests(IBackupPlace place) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-backup-").FullName;

    private string Archive => Path.Combine(folder, "saved.tar.gz");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_written_a_moment_ago_is_there_after_a_restore_and_all_agree_without_a_recovery()
    {
        await using var server = await place.StartedAsync();
        await ImportAsync(server, 1, "Nuit des quais");

        await DoesAsync(server, "checked", "backup", Archive);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Archive).UnixFileMode);
        await using var restored = await place.EmptyAsync();
        await DoesAsync(restored, "Restored hub, bsc", "restore", Archive);
        Assert.Empty(Directory.GetFiles(restored.Data, "*-wal"));
        await restored.StartAsync();

        Assert.Contains("Nuit des quais", await AgendaAsync(restored), StringComparison.Ordinal);
        await DoesAsync(restored, "comparisons agree", "verify", "--wait", "120");
        foreach (var key in (string[])["hub.pem", "bsc.pem"])
        {
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(server.Data, "keys", key), Stop),
                await File.ReadAllTextAsync(Path.Combine(restored.Data, "keys", key), Stop));
        }

        Assert.Equal(Names(Path.Combine(server.Data, "files")), Names(Path.Combine(restored.Data, "files")));
        Assert.Equal(Names(Path.Combine(server.Data, "keys", "cookies")), Names(Path.Combine(restored.Data, "keys", "cookies")));
    }

    [Fact]
    public async Task Taken_in_the_middle_of_an_import_no_reader_has_what_the_owner_has_not()
    {
        await using var server = await place.StartedAsync();
        var importing = ImportAsync(server, 400, "Atelier");
        await Until.TrueAsync(
            async () => (await AgendaAsync(server)).Contains("Atelier", StringComparison.Ordinal),
            () => Task.FromResult("the import has begun"));

        await DoesAsync(server, "checked", "backup", Archive);
        await importing;

        await DoesAsync(server, "The backup can be restored.", "backup", "rehearse", "--file", Archive);
        Assert.Equal([Archive], Directory.GetFileSystemEntries(folder).Where(path => !path.EndsWith(".json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_backup_goes_back_into_an_empty_place_only()
    {
        await using var server = await place.StartedAsync();
        await DoesAsync(server, "checked", "backup", Archive);

        await RefusesAsync(server, "an empty place only", "restore", Archive);
        await RefusesAsync(server, "is there already", "backup", Archive);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/healthz/ready", Stop)).StatusCode);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_or_changed_is_refused_and_leaves_nothing()
    {
        await using var server = await place.StartedAsync();
        await DoesAsync(server, "checked", "backup", Archive);
        await using var restored = await place.EmptyAsync();
        var whole = await File.ReadAllBytesAsync(Archive, Stop);

        foreach (var damaged in (byte[][])[whole[..(whole.Length / 2)], Changed(whole), [1, 2, 3], []])
        {
            var path = Path.Combine(folder, "damaged.tar.gz");
            await File.WriteAllBytesAsync(path, damaged, Stop);
            await RefusesAsync(restored, "damaged.tar.gz", "restore", path);
            Assert.Empty(Directory.Exists(restored.Data) ? Directory.GetFileSystemEntries(restored.Data) : []);
        }

        await DoesAsync(restored, "Restored", "restore", Archive);
    }

    [Fact]
    public async Task An_encrypted_archive_opens_with_the_private_key_only_and_with_OpenSSL_as_well()
    {
        await OpenSslAsync("req", "-x509", "-newkey", "rsa:3072", "-nodes", "-keyout", $"{folder}/key.pem", "-out", $"{folder}/cert.pem",
            "-subj", "/CN=Backups", "-days", "3650");
        await OpenSslAsync("genrsa", "-out", $"{folder}/other.pem", "3072");
        await using var server = await place.StartedAsync(("Interclustering__Backup__Recipient", $"{folder}/cert.pem"));
        await ImportAsync(server, 1, "Nuit des quais");

        await DoesAsync(server, "checked", "backup", Archive);

        await using var restored = await place.EmptyAsync();
        await RefusesAsync(restored, "--key", "restore", Archive);
        await RefusesAsync(restored, "other.pem", "restore", Archive, "--key", $"{folder}/other.pem");
        await DoesAsync(restored, "Restored hub, bsc", "restore", Archive, "--key", $"{folder}/key.pem");
        await DoesAsync(server, "The backup can be restored.", "backup", "rehearse", "--file", Archive, "--key", $"{folder}/key.pem");
        await OpenSslAsync("cms", "-decrypt", "-binary", "-inform", "DER", "-in", Archive, "-inkey", $"{folder}/key.pem", "-out",
            $"{folder}/plain.tar.gz");
        await using var again = await place.EmptyAsync();
        await DoesAsync(again, "Restored hub, bsc", "restore", $"{folder}/plain.tar.gz");
    }

    [Fact]
    public async Task Scheduled_backups_are_made_while_the_server_runs_and_rehearsed_by_themselves()
    {
        await using var server = await place.StartedAsync(("Interclustering__Backup__Folder", folder));

        await Until.TrueAsync(
            () => Task.FromResult(Directory.GetFiles(folder, "interclustering-bsc+hub-*.tar.gz").Length == 1),
            () => Task.FromResult(string.Join('\n', Directory.GetFileSystemEntries(folder)) + ServerProgram.Tail(server.Log)));

        await DoesAsync(server, "The backup can be restored.", "backup", "rehearse");
        Assert.Matches("\"backupAt\":\"20[0-9T:-]+Z\"", await server.Http.GetStringAsync("/healthz/ready", Stop));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_it_says_so()
    {
        await using var server = await place.EmptyAsync();
        await RefusesAsync(server, "can't be written", "backup", "/proc/saved/saved.tar.gz");
        await RefusesAsync(server, "There is no file", "restore", $"{folder}/none");
        await RefusesAsync(server, "Name the file", "backup");
    }

    private static byte[] Changed(byte[] whole)
    {
        var changed = whole.ToArray();
        changed[whole.Length / 2] ^= 0x55;
        return changed;
    }

    private static IEnumerable<string> Names(string path) =>
        Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file)).Order(StringComparer.Ordinal) : [];

    private static async Task DoesAsync(ServerProcess server, string says, params string[] verb)
    {
        var (exit, output) = await server.RunAsync(verb);
        Assert.True(exit == 0 && output.Contains(says, StringComparison.Ordinal), $"{string.Join(' ', verb)}: {exit} {output}");
    }

    private static async Task RefusesAsync(ServerProcess server, string says, params string[] verb)
    {
        var (exit, output) = await server.RunAsync(verb);
        Assert.True(exit == 1 && output.Contains(says, StringComparison.Ordinal), $"{string.Join(' ', verb)}: {exit} {output}");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static Task<string> AgendaAsync(ServerProcess server) =>
        server.Http.GetStringAsync("/agenda?cluster=bsc&from=2024-03-01&to=2024-04-30", Stop);

    private async Task ImportAsync(ServerProcess server, int count, string title)
    {
        var file = Path.Combine(folder, "events.json");
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["events"] = new JsonArray([.. Enumerable.Range(1, count).Select(number => JsonNode.Parse($$"""
                {"uid":{{number}},"title":{"fr":"{{title}} {{number}}"},"timezone":"Europe/Paris","timings":[
                  {"begin":"2024-03-30T18:00:00+01:00","end":"2024-03-30T20:00:00+01:00"}],"attendanceMode":1,"status":1,"state":2}
                """))]),
        }.ToJsonString(), Stop);
        await DoesAsync(server, $"{count} created", "import", "--cluster", "bsc", file);
        if (count == 1)
        {
            await Until.TrueAsync(
                async () => (await AgendaAsync(server)).Contains(title, StringComparison.Ordinal),
                () => Task.FromResult($"« {title} » is on the agenda"));
        }
    }

    private static async Task OpenSslAsync(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true })!;
        var errors = await openssl.StandardError.ReadToEndAsync(Stop);
        await openssl.WaitForExitAsync(Stop);
        Assert.True(openssl.ExitCode == 0, errors);
    }
}
