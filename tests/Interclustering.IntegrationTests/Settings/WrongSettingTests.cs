using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Interclustering.Contracts;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Server.Commands;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Settings;

/// <summary>A server says what is wrong with its settings, before it does anything, and in words.</summary>
[Collection(Alone)]
public sealed class WrongSettingTests : IAsyncLifetime
{
    internal const string Alone = "settings of this process";
    private const string Hidden = "hidden-word";
    private readonly string folder = Directory.CreateTempSubdirectory("ic-settings-").FullName;
    private readonly TcpListener other = SettingsFiles.Listen();
    private readonly CultureInfo? culture = CultureInfo.DefaultThreadCurrentUICulture;

    private string Port => ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        SettingsFiles.Make(folder);
        var data = Directory.CreateDirectory(Path.Combine(folder, "newer-database")).FullName;
        await using var db = new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>()
            .UseSqlite($"Data Source={Path.Combine(data, "hub.db")};Pooling=False").Options);
        await db.Database.ExecuteSqlAsync(
            $"""CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);""");
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Tomorrow', '10.0.0');""");
    }

    public ValueTask DisposeAsync()
    {
        other.Dispose();
        CultureInfo.DefaultThreadCurrentUICulture = culture;
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [ClassData(typeof(WrongSettings))]
    public async Task A_wrong_setting_ends_the_start_with_2_and_words_instead_of_a_stack(string settings, string says)
    {
        using var error = new StringWriter();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));

        var exit = await CommandLine.RunAsync(
            [], Read(settings).ToDictionary(pair => pair.Name.Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair.Value),
            error, deadline.Token);

        ShouldSay(says, exit, error.ToString());
    }

    [Theory]
    [InlineData("Intercluster__Roles=bsc", "Interclustering__Roles")]
    [InlineData("Interclustering__Bus__Password=hidden-word", "Interclustering:Bus:Transport")]
    [InlineData("Interclustering__Database__Hub=postgres://hub:hidden-word@localhost/hub", "Interclustering:Database:Hub")]
    [InlineData("Interclustering__Data=FOLDER/broken-key", "keys/bsc.pem")]
    [InlineData("Interclustering__Roles=hub|urls=http://localhost:TAKEN", "urls|no other program listens")]
    public async Task The_program_itself_ends_with_2_and_prints_no_stack(string settings, string says)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Interclustering.Server.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Read(settings))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        ShouldSay(says, process.ExitCode, await errors);
        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_start_that_is_stopped_ends_with_130_and_the_next_one_makes_the_rest()
    {
        await using var server = new ServerProcess(new Dictionary<string, string> { ["Interclustering__Logs__Format"] = "text" });
        server.Launch();
        await Until.TrueAsync(
            async () => (await server.LogAsync()).Contains("its demonstration content is made", StringComparison.Ordinal),
            () => Task.FromResult("the start says what it does"));

        Assert.Equal(CommandLine.Interrupted, await server.InterruptAsync());

        var log = await server.LogAsync();
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        Assert.Contains("the same command again goes on", log, StringComparison.Ordinal);
        await server.StartAsync();
        Assert.Contains("is running. Ctrl+C stops it.", await server.LogAsync(), StringComparison.Ordinal);
        foreach (var code in (string[])["euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"])
        {
            await using var db = new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>()
                .UseSqlite($"Data Source={Path.Combine(server.Data, $"{code}.db")};Mode=ReadOnly;Pooling=False").Options);
            Assert.Equal(19, await db.WorkingCopies.CountAsync(Cancellation));
            Assert.Equal(
                code is "pasca" or "tenlog" ? 1 : 0,
                await db.Journal.CountAsync(row => row.Type == Kinds.TypeOf(Kinds.JointWebinarFact, 1), Cancellation));
        }
    }

    private IEnumerable<(string Name, string Value)> Read(string settings)
    {
        var given = settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=', 2))
            .Select(pair => (Name: pair[0], Value: InPlace(pair[1]))).ToList();
        return given.Any(pair => pair.Name == "Interclustering__Data") ? given
            : [.. given, ("Interclustering__Data", Path.Combine(folder, "data"))];
    }

    private string InPlace(string text) =>
        text.Replace("FOLDER", folder, StringComparison.Ordinal).Replace("TAKEN", Port, StringComparison.Ordinal);

    private void ShouldSay(string says, int exit, string said)
    {
        Assert.All(InPlace(says).Split('|'), words => Assert.Contains(words, said, StringComparison.Ordinal));
        Assert.Equal(2, exit);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, said, StringComparison.Ordinal);
    }
}
