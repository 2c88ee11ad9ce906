using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>A federation of the previous version is upgraded, a participant at a time.</summary>
public sealed class NeighbouringVersions
{
    private const string Reason = "The previous version has to be built: tests/run.sh --neighbours does, and runs it.";

    private static string Previous => Environment.GetEnvironmentVariable("INTERCLUSTERING_PREVIOUS") ?? "";

    [Theory]
    [InlineData("hub")]
    [InlineData("bsc", "tenlog")]
    public async Task Whichever_is_upgraded_first_both_versions_agree_and_nothing_is_lost(params string[] first)
    {
        Assert.SkipWhen(Previous.Length == 0, Reason);
        await using var deployment = new PreviousDeployment();
        await deployment.InitializeAsync();
        await PublishAsync("avant");
        foreach (var code in first)
        {
            await UpgradeAsync(code);
        }

        await PublishAsync("pendant");
        foreach (var code in deployment.Codes.Except(first))
        {
            await UpgradeAsync(code);
        }

        await PublishAsync("ensuite");
        await deployment.UntilFoundAsync("avant", 40);
        await deployment.UntilFoundAsync("pendant", 40);

        async Task PublishAsync(string word)
        {
            await deployment.ImportAsync("bsc", word, 20);
            await deployment.ImportAsync("tenlog", word, 20);
            await deployment.VerifyAsync();
            await deployment.UntilFoundAsync(word, 40);
        }

        async Task UpgradeAsync(string code)
        {
            Assert.Equal(0, await deployment[code].TerminateAsync());
            deployment[code].Program = ServerProcess.Built;
            await deployment[code].StartAsync();
        }
    }

    private sealed class PreviousDeployment() : HubAndNodes("bsc", "tenlog")
    {
        protected override string Program => Previous;
    }
}
