using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Testing;
using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>What an operator sees with RabbitMQ, PostgreSQL, the hub and the nodes as separate processes.</summary>
public sealed class SeparateProcesses(HubAndTwoNodes deployment) : IClassFixture<HubAndTwoNodes>
{
    [Fact]
    public async Task An_import_at_a_node_is_on_the_national_site_and_verify_agrees()
    {
        await deployment.ImportAsync("bsc", "premier", 20);
        await deployment.VerifyAsync();
        await deployment.UntilFoundAsync("premier", 20);
    }

    [Fact]
    public async Task What_is_published_while_the_hub_is_stopped_arrives_when_it_is_back()
    {
        Assert.Equal(0, await deployment["hub"].TerminateAsync());
        await deployment.ImportAsync("bsc", "sans-hub", 100);
        await deployment.ImportAsync("tenlog", "sans-hub", 100);

        await deployment["hub"].StartAsync();

        await deployment.VerifyAsync();
        await deployment.UntilFoundAsync("sans-hub", 200);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_is_named_and_the_others_are_compared()
    {
        await deployment.VerifyAsync();
        Assert.Equal(0, await deployment["tenlog"].TerminateAsync());
        var (exit, output) = await deployment["hub"].RunAsync("verify", "--wait", "1");
        await deployment["tenlog"].StartAsync();
        Assert.True(exit == 1, output);
        Assert.Contains("ok      bsc", output, StringComparison.Ordinal);
        Assert.Contains("SILENT  tenlog gives no report at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_while_the_broker_is_killed_arrives_when_it_is_back()
    {
        await deployment.Broker.KillAsync();
        await deployment.ImportAsync("bsc", "sans-broker", 100);
        await deployment.ImportAsync("tenlog", "sans-broker", 100);

        await deployment.Broker.StartAsync();

        await deployment.VerifyAsync();
        await deployment.UntilFoundAsync("sans-broker", 200);
    }

    /// <summary>Two clusters have published one event each. Everything is said while the hub is stopped, by one and then by the other.
    /// </summary>
    [Fact]
    public async Task Two_events_become_one_and_part_again_with_the_hub_stopped_in_between()
    {
        using var tenlog = new TeamMember(deployment["tenlog"], "tenlog");
        using var bsc = new TeamMember(deployment["bsc"], "bsc");
        await tenlog.JoinAsync();
        await bsc.JoinAsync();
        var lead = await PublishAsync(tenlog, "Le canal et le rail", "https://tenlog.example/inscription");
        var part = await PublishAsync(bsc, "Rail et canal", "https://bsc.example/inscription");
        await UntilReadAsync(bsc, "/doublons", lead);
        // Each part of these pages reads from PostgreSQL while the others do.
        foreach (var path in (string[])[$"/evenements/{part}", "", "/national", "/publications"])
        {
            Assert.Contains("Rail et canal", await bsc.Http.GetStringAsync(bsc.Workspace + path), StringComparison.Ordinal);
        }

        foreach (var path in (string[])[$"/national/lire/{lead}", "/calendrier", "/bilan", "/mes-mails", "/lettre", "/equipe"])
        {
            Assert.Contains("</main>", await bsc.Http.GetStringAsync(bsc.Workspace + path), StringComparison.Ordinal);
        }


        Assert.Equal(0, await deployment["hub"].TerminateAsync());
        await SayAsync(bsc, part, lead, "meme");
        Assert.Contains("vous avez demand", await bsc.Http.GetStringAsync($"{bsc.Workspace}/publications/{part}"),
            StringComparison.Ordinal);
        await deployment["hub"].StartAsync();
        await UntilReadAsync(tenlog, $"/publications/{lead}", $"value=\"{part}\"");
        await UntilLedToAsync(part, part);

        Assert.Equal(0, await deployment["hub"].TerminateAsync());
        await SayAsync(tenlog, lead, part, "meme");
        await deployment["hub"].StartAsync();
        await UntilLedToAsync(part, lead);
        using var own = await deployment["hub"].Http.GetAsync($"/evenements/{lead}");
        var page = await deployment["hub"].Http.GetStringAsync(own.Headers.Location!.OriginalString);
        Assert.All(["https://tenlog.example/inscription", "https://bsc.example/inscription"], link =>
            Assert.Contains(link, page, StringComparison.Ordinal));
        await deployment.VerifyAsync();

        Assert.Equal(0, await deployment["hub"].TerminateAsync());
        await SayAsync(bsc, part, lead, "separer");
        await deployment["hub"].StartAsync();
        await UntilLedToAsync(part, part);
        await deployment.VerifyAsync();
    }

    private static async Task<string> PublishAsync(TeamMember member, string title, string registration)
    {
        var day = Paris.Now.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using var done = await member.PostAsync($"{member.Workspace}/evenements/nouveau",
        [
            ("title", title), ("date", day), ("start", "09:00"), ("registrationUrl", registration), ("timeZone", "Europe/Paris"),
            ("form", Guid.CreateVersion7().ToString("N")), ("do", "publish"),
        ]);
        Assert.True(done.IsSuccessStatusCode, $"Publishing: {(int)done.StatusCode}");
        return done.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }

    private static async Task SayAsync(TeamMember member, string own, string other, string action)
    {
        using var done = await member.PostAsync($"{member.Workspace}/doublons", [("own", own), ("other", other), ("do", action)],
            $"{member.Workspace}/options");
        Assert.True(done.IsSuccessStatusCode, $"{action}: {(int)done.StatusCode}");
    }

    private static Task UntilReadAsync(TeamMember member, string path, string words) => Until.TrueAsync(
        async () => (await member.Http.GetStringAsync(member.Workspace + path)).Contains(words, StringComparison.Ordinal),
        () => Task.FromResult($"{member.Workspace}{path} says {words}"));

    private Task UntilLedToAsync(string id, string expected) => Until.TrueAsync(async () => await LedToAsync(id) == expected,
        async () => $"{id} leads to {expected}, not to {await LedToAsync(id)}");

    /// <summary>Id of what the national site shows at the address of an event.</summary>
    private async Task<string> LedToAsync(string id)
    {
        using var shown = await deployment["hub"].Http.GetAsync($"/evenements/{id}");
        return shown.Headers.Location?.OriginalString.Split('/')[2] ?? "";
    }
}
