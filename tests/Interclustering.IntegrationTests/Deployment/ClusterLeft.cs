using System.Net;
using System.Net.Http.Json;
using Interclustering.Federation.Verification;
using Interclustering.Testing;
using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>A cluster leaves a running federation: what it has published stays, and what it says afterwards does not count.</summary>
public sealed class ClusterLeft(HubAndOneLeaving deployment) : IClassFixture<HubAndOneLeaving>
{
    private const string Code = HubAndOneLeaving.Leaving, Gone = "a quitté l’interclustering le";

    [Fact]
    public async Task A_cluster_leaves_with_its_publications_in_place_and_comes_back()
    {
        var hub = deployment["hub"];
        using var leaving = new TeamMember(deployment[Code], Code);
        await leaving.JoinAsync();
        var before = await PublishAsync(leaving, "Le port avant");
        await UntilAsync(hub, $"/api/v1/publications?cluster={Code}", before);
        using var moved = await hub.Http.GetAsync($"/evenements/{before}");
        var page = moved.Headers.Location!.OriginalString;
        // The words that were found are marked there.
        const string search = $"/recherche?q=port&cluster={Code}";
        string[] addresses =
        [
            page, $"/clusters/{Code}", $"/agenda?cluster={Code}",
            $"/agenda.ics?cluster={Code}", $"/agenda.atom?cluster={Code}", $"/agenda.rss?cluster={Code}", $"/agenda.json?cluster={Code}",
            $"/embed/agenda?cluster={Code}", $"/api/v1/publications?cluster={Code}",
        ];
        await ShownAsync(hub, addresses, "Le port avant");
        await UntilAsync(hub, search, before);

        await ChangeAsync("leave");
        await UntilAsync(hub, $"/clusters/{Code}", Gone);
        await ShownAsync(hub, addresses, "Le port avant");
        await UntilAsync(hub, search, before);
        Assert.Contains(Gone, await TextAsync(hub, page), StringComparison.Ordinal);
        var status = await TextAsync(hub, "/etat");
        Assert.Contains("A quitté l’interclustering le", status, StringComparison.Ordinal);
        Assert.DoesNotContain("Son serveur ne répond pas", status, StringComparison.Ordinal);
        // The others have something to say again after the start, and only they.
        await UntilAsync(hub, "/etat", "Tout est à jour");
        Assert.Contains("\"left\":", await TextAsync(hub, "/api/v1/clusters"), StringComparison.Ordinal);
        var (exit, verified) = await hub.RunAsync("verify", "--wait", "20");
        Assert.True(exit == 0, verified);
        Assert.DoesNotContain($"ok      {Code}", verified, StringComparison.Ordinal);

        // Its node does not know yet, and its operator has not been told.
        await PublishAsync(leaving, "Le port après");
        await Until.TrueAsync(async () => (await ReportAsync(hub)).Follow(Code)?.Quarantined > 0, hub.LogAsync);
        using var other = new TeamMember(deployment["bsc"], "bsc");
        await other.JoinAsync();
        await PublishAsync(other, "Le port des autres");
        await UntilAsync(hub, "/api/v1/publications?cluster=bsc", "Le port des autres");
        Assert.DoesNotContain("Le port après", await TextAsync(hub, $"/api/v1/publications?cluster={Code}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{Code}\"", await other.Http.GetStringAsync("/espace/bsc/evenements/nouveau"),
            StringComparison.Ordinal);

        File.Copy(deployment.DirectoryPath, deployment.CopyPath, overwrite: true);
        var node = deployment[Code];
        await Until.TrueAsync(
            async () => (await node.LogAsync()).Contains("has left the federation at", StringComparison.Ordinal), node.LogAsync);
        await UntilAsync(leaving.Http, $"/espace/{Code}", "Votre cluster a quitté l’interclustering le");
        await Until.TrueAsync(async () => (await TextAsync(node, "/healthz/ready")).Contains("has left", StringComparison.Ordinal),
            node.LogAsync);
        Assert.DoesNotContain("it begins again", await node.LogAsync(), StringComparison.Ordinal);
        await PublishAsync(leaving, "Le port sans suite");

        await ChangeAsync("return");
        File.Copy(deployment.DirectoryPath, deployment.CopyPath, overwrite: true);
        await Until.TrueAsync(() => IsBackAsync(hub), hub.LogAsync);
        Assert.DoesNotContain(Gone, await TextAsync(hub, page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leave", "paris", "is no cluster of")]
    [InlineData("return", "bsc", "has not left")]
    public async Task What_can_not_be_changed_is_told(string verb, string code, string said)
    {
        var before = await File.ReadAllTextAsync(deployment.DirectoryPath);
        var (exit, output) = await deployment["hub"].RunAsync("cluster", verb, code);
        Assert.Equal(2, exit);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(deployment.DirectoryPath));
    }

    /// <summary>What its node sends before the hub has taken the directory up is set aside as well.</summary>
    private static async Task<bool> IsBackAsync(ServerProcess hub)
    {
        var (exit, output) = await hub.RunAsync("hub", "reprocess");
        Assert.True(exit == 0, output);
        try
        {
            var shown = await hub.Http.GetStringAsync($"/api/v1/publications?cluster={Code}");
            return shown.Contains("Le port sans suite", StringComparison.Ordinal)
                && shown.Contains("Le port après", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // It starts again.
            return false;
        }
    }

    private async Task ChangeAsync(string verb)
    {
        var (exit, output) = await deployment["hub"].RunAsync("cluster", verb, Code);
        Assert.True(exit == 0, output);
        Assert.Contains("rabbitmqctl", output, StringComparison.Ordinal);
    }

    private static async Task ShownAsync(ServerProcess hub, IEnumerable<string> addresses, string title)
    {
        foreach (var address in addresses)
        {
            await UntilAsync(hub, address, title);
        }
    }

    private static async Task<string> TextAsync(ServerProcess server, string path)
    {
        using var answer = await server.Http.GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<ParticipantReport> ReportAsync(ServerProcess hub) =>
        (await hub.Http.GetFromJsonAsync<ParticipantReport>("/api/v1/federation/hub"))!;

    private static async Task<string> PublishAsync(TeamMember member, string title)
    {
        var day = Paris.Now.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using var done = await member.PostAsync($"{member.Workspace}/evenements/nouveau",
        [
            ("title", title), ("date", day), ("start", "09:00"), ("timeZone", "Europe/Paris"),
            ("form", Guid.CreateVersion7().ToString("N")), ("do", "publish"),
        ]);
        Assert.True(done.IsSuccessStatusCode);
        return done.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }

    private static Task UntilAsync(ServerProcess server, string path, string words) => UntilAsync(server.Http, path, words);

    /// <summary>A server that starts again does not answer for a moment.</summary>
    private static async Task UntilAsync(HttpClient http, string path, string words)
    {
        var last = "";
        await Until.TrueAsync(async () =>
        {
            try
            {
                last = WebUtility.HtmlDecode(await http.GetStringAsync(path));
            }
            catch (HttpRequestException exception)
            {
                last = exception.Message;
            }

            return last.Contains(words, StringComparison.Ordinal);
        }, () => Task.FromResult($"{path} says {words}, not {last}"));
    }
}
