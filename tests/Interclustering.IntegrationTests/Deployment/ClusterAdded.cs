using System.Text.Json.Nodes;
using Interclustering.Testing;
using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>A cluster joins a running federation: what <c>cluster add</c> says is all that is done, and no process ends.</summary>
public sealed class ClusterAdded(HubAndTwoNodes deployment) : IClassFixture<HubAndTwoNodes>
{
    private const string Code = "paca";
    private const UnixFileMode SharedMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact]
    public async Task A_cluster_joins_and_the_others_take_it_up_by_themselves()
    {
        string[] codes = ["hub", "bsc", "tenlog"];
        var before = codes.Select(code => deployment[code].Id).ToList();
        var folder = Path.Combine(Path.GetTempPath(), $"ic-hand-over-{Guid.NewGuid():N}");
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(deployment.DirectoryPath, SharedMode);
            }

            var (exit, output) = await deployment["hub"].RunAsync(
                "cluster", "add", Code, "--name", "Sud Logistique (essai)", "--region", "93", "--hand-over", folder);
            Assert.True(exit == 0, output);
            Assert.Contains("rabbitmqctl import_definitions /tmp/definitions.json", output, StringComparison.Ordinal);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(deployment.DirectoryPath) == SharedMode);
            var settings = File.ReadAllLines(Path.Combine(folder, "settings.env"))
                .Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);
            await AdmitAsync(settings["Interclustering__Bus__Password"]);
            await using var newcomer = await deployment.JoinAsync(Code, folder, settings);

            var (_, compared) = await deployment["hub"].RunAsync("verify", "--wait", "20");
            Assert.Contains($"LEFT OUT {Code}: it has no address.", compared, StringComparison.Ordinal);

            using var member = new TeamMember(newcomer, Code);
            await member.JoinAsync();
            var id = await PublishAsync(member);
            await UntilAsync(deployment["hub"].Http, $"/api/v1/publications?cluster={Code}", id);
            using var other = new TeamMember(deployment["bsc"], "bsc");
            await other.JoinAsync();
            await UntilAsync(other.Http, "/espace/bsc/national", "Le port en hiver");
            await UntilAsync(deployment["hub"].Http, "/clusters", "Sud Logistique (essai)");
            Assert.Equal(before, codes.Select(code => deployment[code].Id));
            Assert.All(codes, code => Assert.False(deployment[code].HasExited));
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>A server that would end with a directory goes on without it.</summary>
    [Fact]
    public async Task A_directory_that_a_server_can_not_start_with_changes_nothing()
    {
        var (node, before) = (deployment["tenlog"], await File.ReadAllTextAsync(deployment.DirectoryPath));
        var directory = JsonNode.Parse(before)!;
        var clusters = directory["clusters"]!.AsArray();
        var other = clusters.Single(cluster => (string?)cluster!["code"] == "bsc")!["keys"]!.DeepClone();
        clusters.Single(cluster => (string?)cluster!["code"] == "tenlog")!["keys"] = other;
        await File.WriteAllTextAsync(deployment.DirectoryPath, directory.ToJsonString());
        await Until.TrueAsync(async () => (await LogOfAsync(node)).Contains("The changed directory is not used", StringComparison.Ordinal),
            () => LogOfAsync(node));
        await File.WriteAllTextAsync(deployment.DirectoryPath, before);
        Assert.False(node.HasExited);
        await UntilAsync(node.Http, "/espace/tenlog/connexion", "password");
    }

    private static async Task<string> LogOfAsync(ServerProcess node)
    {
        await using var file = new FileStream(node.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    /// <summary>What is wrong is said, and nothing is written.</summary>
    [Theory]
    [InlineData("bsc", "93", "is in the directory already")]
    [InlineData("Paca", "93", "is not 2 to 24 of a-z and 0-9")]
    [InlineData("sud", "999", "--region holds 999. Allowed: 84 Auvergne-Rhône-Alpes")]
    public async Task What_can_not_be_added_is_told(string code, string region, string said)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"ic-hand-over-{Guid.NewGuid():N}");
        var (exit, output) = await deployment["hub"].RunAsync(
            "cluster", "add", code, "--name", "Essai", "--region", region, "--hand-over", folder);
        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private async Task AdmitAsync(string password)
    {
        await deployment.Broker.ControlAsync("add_user", Code, password);
        var (exit, definitions) = await deployment["hub"].RunAsync("infra", "definitions");
        Assert.True(exit == 0, definitions);
        var readable = await ServerProgram.CreateFolderAsync("interclustering-definitions-", new ServerAccount("rabbitmq"));
        var file = Path.Combine(readable, "definitions.json");
        await File.WriteAllTextAsync(file, definitions);
        await deployment.Broker.ControlAsync("import_definitions", file);
        Directory.Delete(readable, recursive: true);
    }

    private static async Task<string> PublishAsync(TeamMember member)
    {
        var day = Paris.Now.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using var done = await member.PostAsync($"{member.Workspace}/evenements/nouveau",
        [
            ("title", "Le port en hiver"), ("date", day), ("start", "09:00"), ("timeZone", "Europe/Paris"),
            ("form", Guid.CreateVersion7().ToString("N")), ("do", "publish"),
        ]);
        return done.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }

    /// <summary>A server that starts again does not answer for a moment.</summary>
    private static async Task UntilAsync(HttpClient http, string path, string words)
    {
        var last = "";
        await Until.TrueAsync(async () =>
        {
            try
            {
                last = await http.GetStringAsync(path);
            }
            catch (HttpRequestException exception)
            {
                last = exception.Message;
            }

            return last.Contains(words, StringComparison.Ordinal);
        }, () => Task.FromResult($"{path} says {words}, not {last}"));
    }
}
