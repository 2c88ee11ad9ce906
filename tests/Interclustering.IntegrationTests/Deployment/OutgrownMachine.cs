using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>Broker, database and hub on more than one machine each: one of them is lost, and nothing else.</summary>
public sealed class OutgrownMachine(HubOnThreeBrokers fixture) : IClassFixture<HubOnThreeBrokers>
{
    private const string Queue = "ic.cmd.hub";
    private HubOnThreeBrokers Deployment => fixture.OrSkip;

    [Fact]
    public async Task One_broker_of_three_is_killed_under_load_and_then_another_and_nothing_is_lost()
    {
        for (var round = 1; round <= 2; round++)
        {
            // The one that the hub reads from.
            var (leader, _) = await Deployment.Brokers[0].QuorumAsync(Queue);
            var lost = Deployment.Brokers.Single(broker => broker.Name == leader);
            var other = Deployment.Brokers.First(broker => broker != lost);
            Task[] load = [Deployment.ImportAsync("bsc", $"quorum{round}", 200), Deployment.ImportAsync("tenlog", $"quorum{round}", 200)];
            await Deployment.UntilSomeAreFoundAsync($"quorum{round}");
            await lost.KillAsync();
            await Task.WhenAll(load);

            await Deployment.VerifyAsync();
            await Deployment.UntilFoundAsync($"quorum{round}", 400);
            Assert.NotEqual(leader, (await other.QuorumAsync(Queue)).Leader);

            await lost.StartAsync();
            await Until.TrueAsync(
                async () => (await other.QuorumAsync(Queue)).Online == 3, async () => $"{await other.QuorumAsync(Queue)} are there");
        }
    }

    /// <summary>A replica that had not everything is behind what others have read: the same as a backup that is old.</summary>
    [Fact]
    public async Task A_replica_that_lacked_the_last_entries_is_promoted_and_they_are_recovered()
    {
        await Deployment.ImportAsync("bsc", "repliqué", 20);
        await Deployment.VerifyAsync();
        await Deployment.Replica.KillAsync();
        await Deployment.ImportAsync("bsc", "perdu", 20);
        await Deployment.VerifyAsync();

        await Deployment.Primary.KillAsync();
        await Deployment.Replica.StartAgainAsync();
        await Deployment.Replica.PromoteAsync();

        await Until.TrueAsync(
            async () => (await HealthAsync()).Contains("\"stopped\"", StringComparison.Ordinal), async () => await HealthAsync());
        var (exit, output) = await Deployment["bsc"].RunAsync("recover", "--cluster", "bsc");
        Assert.True(exit == 0, output);
        await Deployment.ImportAsync("bsc", "ensuite", 20);
        await Deployment.VerifyAsync();
        await Deployment.UntilFoundAsync("repliqué", 20);
        await Deployment.UntilFoundAsync("perdu", 20);
        await Deployment.UntilFoundAsync("ensuite", 20);
    }

    [Fact]
    public async Task Two_hubs_show_the_same_and_the_second_takes_over_when_the_first_is_killed()
    {
        await using var second = new ServerProcess(Deployment.SettingsOf("hub"), Deployment["hub"].Data);
        second.Launch();
        await Deployment.ImportAsync("tenlog", "deuxsites", 30);
        await Deployment.UntilFoundAsync("deuxsites", 30);
        await second.UntilFoundAsync("deuxsites", 30);
        foreach (var path in (string[])["/sitemap.xml", "/api/v1/publications?limit=200", "/calendrier.ics", "/agenda?vue=liste"])
        {
            Assert.Equal(await PageAsync(Deployment["hub"], path), await PageAsync(second, path));
        }

        Assert.Contains("\"waiting\"", await second.Http.GetStringAsync("/healthz/ready"), StringComparison.Ordinal);
        await Deployment["hub"].KillAsync();
        await Deployment.ImportAsync("tenlog", "reprise", 30);
        await second.UntilFoundAsync("reprise", 30);
        var (exit, output) = await second.RunAsync("verify", "--wait", "60");
        Assert.True(exit == 0, output);

        await Deployment["hub"].StartAsync();
        await Deployment.UntilFoundAsync("reprise", 30);
    }

    private async Task<string> HealthAsync()
    {
        using var answer = await Deployment["bsc"].Http.GetAsync("/healthz/ready");
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> PageAsync(ServerProcess hub, string path)
    {
        using var answer = await hub.Http.GetAsync(path);
        // Links name the port at which the page was asked for.
        return $"{answer.StatusCode} " + (await answer.Content.ReadAsStringAsync())
            .Replace($"{hub.Http.BaseAddress!.Port}", "PORT", StringComparison.Ordinal);
    }
}
