using System.Globalization;

namespace Interclustering.IntegrationTests.Node;

/// <summary>Whatever a restored node has been through, « Reprendre » makes all agree, and what a site sends is published.</summary>
public sealed class RestoredHistoryTests
{
    private const int Usual = 100;

    [Fact]
    public async Task After_a_recovery_everything_that_is_sent_is_published_as_it_was_sent()
    {
        var histories = int.TryParse(Environment.GetEnvironmentVariable("INTERCLUSTERING_HISTORIES"), CultureInfo.InvariantCulture,
            out var asked) ? asked : Usual;
        for (var seed = 0; seed < histories; seed++)
        {
            await using var database = new SqliteHistoryDatabase();
            await RestoredHistory.TryAsync(seed, database);
        }
    }
}
