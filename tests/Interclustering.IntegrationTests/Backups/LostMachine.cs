using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Backups;

/// <summary>What an operator does whose node has burnt down, on PostgreSQL and RabbitMQ.</summary>
public sealed class LostMachine(HubAndTwoNodes deployment) : IClassFixture<HubAndTwoNodes>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-lost-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What was published after the backup comes back from the hub.</summary>
    [Fact]
    public async Task A_node_is_restored_from_a_backup_of_yesterday_and_recovers_what_came_after_it()
    {
        var archive = Path.Combine(folder, "bsc.tar.gz");
        await ImportAsync("before");
        await DoesAsync(deployment["bsc"], "checked", "backup", archive);
        await ImportAsync("after");
        await DoesAsync(deployment["hub"], "comparisons agree", "verify", "--wait", "120");

        var replaced = await deployment.ReplaceAsync("bsc");
        await DoesAsync(replaced, "Restored bsc", "restore", archive);
        await deployment.StartReplacedAsync("bsc");
        await DoesAsync(replaced, "entries", "recover", "--cluster", "bsc");

        await DoesAsync(deployment["hub"], "comparisons agree", "verify", "--wait", "120");
        var (_, exported) = await replaced.RunAsync("export");
        Assert.Contains("Atelier before", exported, StringComparison.Ordinal);
        Assert.Contains("Atelier after", exported, StringComparison.Ordinal);
    }

    private async Task ImportAsync(string title)
    {
        var file = Path.Combine(folder, $"{title}.json");
        await File.WriteAllTextAsync(file, $$"""
            {"events":[{"uid":"{{title}}","title":{"fr":"Atelier {{title}}"},"timezone":"Europe/Paris","timings":[
              {"begin":"2027-03-30T18:00:00+01:00","end":"2027-03-30T20:00:00+01:00"}],"attendanceMode":1,"status":1,"state":2}]}
            """, TestContext.Current.CancellationToken);
        await DoesAsync(deployment["bsc"], "1 created", "import", "--cluster", "bsc", file);
    }

    private static async Task DoesAsync(ServerProcess server, string says, params string[] verb)
    {
        var (exit, output) = await server.RunAsync(verb);
        Assert.True(exit == 0 && output.Contains(says, StringComparison.Ordinal), $"{string.Join(' ', verb)}: {exit} {output}");
    }
}
