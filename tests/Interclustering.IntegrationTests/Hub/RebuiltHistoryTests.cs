using System.Globalization;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>
/// Whatever a hub has been through: after a rebuild it has what the cluster says, over two epochs and more, and what was disowned is gone.
/// </summary>
public sealed class RebuiltHistoryTests
{
    private const int Usual = 100;

    [Fact]
    public async Task After_a_rebuild_all_have_what_the_cluster_says()
    {
        var histories = int.TryParse(Environment.GetEnvironmentVariable("INTERCLUSTERING_HISTORIES"), CultureInfo.InvariantCulture,
            out var asked) ? asked : Usual;
        for (var seed = 0; seed < histories; seed++)
        {
            await RebuiltHistory.TryAsync(seed);
        }
    }
}
