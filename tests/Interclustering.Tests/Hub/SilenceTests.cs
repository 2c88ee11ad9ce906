using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Hub.FederationStatus;
using Interclustering.Testing;

namespace Interclustering.Tests.Hub;

/// <summary>When a participant does not answer is said by one setting.</summary>
public sealed class SilenceTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(60, 5, 60)]
    [InlineData(20, 5, 20)]
    [InlineData(60, 60, 180)]
    [InlineData(300, 60, 300)]
    public void It_is_what_the_setting_says_and_never_less_than_three_heartbeats(int mostSilence, int heartbeat, int silence)
    {
        var settings = new FederationSettings
        {
            MostSilence = TimeSpan.FromSeconds(mostSilence),
            Heartbeat = TimeSpan.FromSeconds(heartbeat)
        };
        Assert.Equal(TimeSpan.FromSeconds(silence), settings.Silence);
        Assert.Empty(Concerns(silence, settings));
        Assert.Equal("Son serveur ne répond pas. L’envoi se fera automatiquement à son retour.",
            Assert.Single(Concerns(silence + 1, settings)).Sentence);
    }

    private static IReadOnlyList<Concern> Concerns(int secondsAgo, FederationSettings settings) => new ClusterStatus(
        Directories.Two.Clusters[0], new ReplicaCursor
        {
            Journal = "bsc",
            Epoch = "e",
            Hash = "h",
            HeardAt = Now.AddSeconds(-secondsAgo),
            AdvancedAt = Now.AddSeconds(-secondsAgo)
        }, null)
        .Concerns(Now, settings.Silence);
}
