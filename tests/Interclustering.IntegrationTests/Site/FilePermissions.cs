using System.Runtime.Versioning;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Site;

/// <summary>What other users of the machine, and readers of the log, learn from a server: nothing that opens it.</summary>
[SupportedOSPlatform("linux")]
public sealed class FilePermissions : IDisposable
{
    private const string Secret = "kUqXo3Zl0pQ8sTdVwYb1RA2c";
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OpenToAll =
        Folder | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-own-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_data_is_private_and_no_secret_part_of_an_address_is_logged()
    {
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(Path.Combine(data, "mail"));
        var old = Path.Combine(data, "mail", "old.eml");
        await File.WriteAllTextAsync(old, "To: a@bsc.example\n\nOuvrir", Cancellation);
        File.SetUnixFileMode(data, OpenToAll);
        File.SetUnixFileMode(old, OpenToAll);
        var strange = Path.Combine(data, "not-ours.sh");
        await File.WriteAllTextAsync(strange, "true", Cancellation);
        File.SetUnixFileMode(strange, OpenToAll);

        await using var server = new ServerProcess(
            new Dictionary<string, string>
            {
                ["Logging__LogLevel__Default"] = "Trace",
                ["Logging__LogLevel__Microsoft"] = "Trace",
                ["Interclustering__Demonstration"] = "false",
            },
            data);
        await server.StartAsync();
        foreach (var path in (string[])[$"/espace/bsc/invitation/{Secret}", $"/en/espace/bsc/mot-de-passe/{Secret}", $"/apercu/{Secret}"])
        {
            using var answer = await server.Http.GetAsync(path, Cancellation);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        }

        Assert.Equal(0, await server.TerminateAsync());

        var log = await File.ReadAllTextAsync(server.Log, Cancellation);
        Assert.Contains("/espace/bsc/invitation/…", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log, StringComparison.Ordinal);
        Assert.Equal(OpenToAll, File.GetUnixFileMode(strange));
        Assert.Equal(Folder, File.GetUnixFileMode(data));
        Assert.Contains(Directory.EnumerateFiles(data), path => path.EndsWith("hub.db", StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Where(path => path != strange),
            path => Assert.True((File.GetUnixFileMode(path) & ~Folder) == 0, $"{path}: {File.GetUnixFileMode(path)}"));
    }

    [Fact]
    public async Task A_verb_reads_the_settings_that_the_server_reads()
    {
        var settings = Path.Combine(AppContext.BaseDirectory, "appsettings.VerbsOfATest.json");
        await File.WriteAllTextAsync(settings, """{"Interclustering":{"Roles":"bsc"}}""", Cancellation);
        await using var server = new ServerProcess(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "VerbsOfATest" });
        var (exit, output) = await server.RunAsync("recover", "--cluster", "hub");
        File.Delete(settings);
        Assert.True(exit == 2 && output.Contains("Hosted here: bsc.", StringComparison.Ordinal), output);
    }
}
