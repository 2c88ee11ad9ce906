using System.Net;
using System.Net.Sockets;
using Interclustering.Contracts;
using Interclustering.Server.Configuration;
using Interclustering.Server.Doctor;
using Interclustering.Testing.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary><c>doctor</c> on an installation that works, and on broken ones: each line says what to do.</summary>
public sealed class DoctorTests(EmbeddedServer server) : IClassFixture<EmbeddedServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-doctor-").FullName;

    /// <summary>Outside of the data folder.</summary>
    private string Backups => folder + "-backups";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installation_that_works_has_nothing_wrong()
    {
        var (exit, output) = await server.RunAsync("doctor", "--urls", server.Http.BaseAddress!.ToString());
        Assert.True(exit == 0, output);
        Assert.Contains("0 wrong, ", output, StringComparison.Ordinal);
        Assert.Contains("runs, Interclustering", output.Replace("runs, 0.", "runs, Interclustering 0.", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("Its database opens, and has the schema of this program", output, StringComparison.Ordinal);
        // The demonstration has no mail server and no backup: that is said, and does not count as broken.
        Assert.Matches(@"LOOK +mail .*\n.*→ Set Mail:Smtp:Host", output);
        Assert.Matches(@"LOOK +backup .*\n.*→ Set Backup:Folder", output);
    }

    [Theory]
    [InlineData("Health:LeastFreeMebibytes=999999999", "MiB are free; 999999999 should be", "Make room")]
    [InlineData("Backup:Folder=FOLDER-backups", "There is none in ", "Run `backup`")]
    [InlineData("Mail:Smtp:Host=127.0.0.1|Mail:Smtp:Port=CLOSED|Mail:From=a@cluster.example|Addresses:bsc=https://bsc.example",
        "127.0.0.1: ", "Look at Mail:Smtp:Host")]
    [InlineData("Bus:Transport=rabbitmq|Bus:Host=127.0.0.1|Bus:Port=CLOSED|Bus:Password=x", "is not reached: ", "Look at Bus:Host")]
    [InlineData("Addresses:lsn=http://127.0.0.1:CLOSED", "does not answer at http://127.0.0.1:", "Look at the name")]
    [InlineData("Database:Provider=postgres|Database:Nodes:bsc=Host=127.0.0.1;Port=CLOSED;Database=bsc;Username=bsc;SSL Mode=Disable",
        "Its database does not open: ", "Look at the server, the user")]
    [InlineData("Directory=FOLDER/directory.json", "which the directory does not list", "Restore the key from the backup")]
    public async Task What_is_broken_is_found_and_what_to_do_is_said(string settings, string found, string remedy)
    {
        await MakeKeyAsync();
        var finding = Assert.Single(await ExamineAsync(settings),
            each => each.Standing == Standing.Wrong && each.Words.Contains(found, StringComparison.Ordinal));
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    /// <summary>Where no address was given, those of the directory are ports of the machine that the containers are on.</summary>
    [Fact]
    public async Task Addresses_of_one_machine_are_looked_at_and_not_wrong()
    {
        await MakeKeyAsync();
        var finding = Assert.Single(await ExamineAsync("Directory=FOLDER/directory.json"),
            each => each.Words.Contains("visitors of that machine alone", StringComparison.Ordinal));
        Assert.Equal((Standing.Look, "Write the public address into the directory"), (finding.Standing, finding.Remedy));
    }

    [Fact]
    public async Task Looking_takes_no_new_key()
    {
        using var own = new KeyFiles(Path.Combine(folder, "keys"), "bsc").Open([]);
        using var next = new KeyFiles(Path.Combine(folder, "keys"), "bsc").PrepareNext();
        await WriteDirectoryAsync(next.Public);
        var before = Directory.GetFiles(Path.Combine(folder, "keys")).Order();
        Assert.Contains(await ExamineAsync("Directory=FOLDER/directory.json"),
            each => each.Words.StartsWith($"signs with {own.Public.Keyid} until the next start", StringComparison.Ordinal));
        Assert.Equal(before, Directory.GetFiles(Path.Combine(folder, "keys")).Order());
    }

    [Fact]
    public async Task A_node_apart_with_its_bus_in_memory_is_wrong_and_a_database_of_before_is_looked_at()
    {
        var findings = await ExamineAsync("");
        Assert.Contains(findings, each => each.Standing == Standing.Wrong
            && each.Words.Contains("the bus is in memory", StringComparison.Ordinal));
        Assert.Contains(findings, each => each.Standing == Standing.Look && each.Subject == "bsc"
            && each.Remedy == "The next start of the server brings it up to date");
        Assert.Empty(Directory.GetFiles(folder, ".doctor-*"));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        if (Directory.Exists(Backups))
        {
            Directory.Delete(Backups, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync(string settings)
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var given = settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => $"Interclustering:{pair[0]}", pair => (string?)pair[1]
                .Replace("FOLDER", folder, StringComparison.Ordinal).Replace("CLOSED", $"{port}", StringComparison.Ordinal));
        given["Interclustering:Roles"] = "bsc";
        given["Interclustering:Data"] = folder;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given).Build();
        var findings = new List<Finding>();
        await foreach (var finding in new Examination(SettingsReader.Read(configuration), configuration, TimeProvider.System)
            .RunAsync(Cancellation))
        {
            findings.Add(finding);
        }

        return findings;
    }

    /// <summary>The key of the data folder, and a directory that lists another one.</summary>
    private async Task MakeKeyAsync()
    {
        Directory.CreateDirectory(Backups);
        using var own = new KeyFiles(Path.Combine(folder, "keys"), "bsc").Open([]);
        using var other = new KeyFiles(Path.Combine(folder, "other"), "bsc").Open([]);
        await WriteDirectoryAsync(other.Public);
    }

    private Task WriteDirectoryAsync(PublicKey listed) => File.WriteAllTextAsync(Path.Combine(folder, "directory.json"),
            $$"""
            { "hub": { "code": "hub", "name": "Essai" }, "clusters": [ { "code": "bsc", "name": "Essai", "address": "http://localhost:1",
              "region": "Bretagne", "insee": "53", "colour": { "light": "#14806f", "dark": "#5cc4b2" },
              "keys": [ { "keyid": "{{listed.Keyid}}", "key": "{{listed.Key}}" } ] } ] }
            """, Cancellation);
}
