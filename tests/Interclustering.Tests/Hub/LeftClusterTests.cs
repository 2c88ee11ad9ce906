using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Hub.FederationStatus;
using Interclustering.Hub.Ingest;
using Interclustering.Server.BrokerPermissions;
using Interclustering.Testing;

namespace Interclustering.Tests.Hub;

/// <summary>What changes once a cluster has left, and what does not.</summary>
public sealed class LeftClusterTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly FederationDirectory Known = JsonSerializer.Deserialize<FederationDirectory>(
        $$"""
        {
          "hub": { "code": "hub", "name": "Site national" },
          "clusters": [
            { "code": "bsc", "name": "Un", "region": "Bretagne", "insee": "53", "colour": { "light": "#14806f", "dark": "#5cc4b2" } },
            { "code": "lsn", "name": "Deux", "region": "Normandie", "insee": "28", "colour": { "light": "#2f6690", "dark": "#7fb2d8" },
              "left": "2026-11-23T12:00:00Z" }
          ]
        }
        """, ContractJson.Options)!;

    [Fact]
    public void One_that_has_left_is_known_with_its_moment_and_takes_part_no_more()
    {
        Assert.Equal(Moment, Known.Find("lsn")!.Left);
        Assert.Equal(["bsc"], Known.Current.Select(cluster => cluster.Code));
        Assert.DoesNotContain("\"current\"", JsonSerializer.Serialize(Known, ContractJson.Options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "left")]
    [InlineData(1, "left")]
    public void What_was_journaled_before_counts_and_what_comes_later_is_set_aside(int seconds, string? reason)
    {
        var at = Moment.AddSeconds(seconds).UtcDateTime;
        var entry = Entries.Of(Happening.On("2026-12-10T09:00:00"), Kinds.Event, journal: "lsn",
            time: at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Assert.Equal(reason, EntryValidator.Validate(entry, "lsn", at.AddDays(1), Known.Find("lsn")!.Left)?.Reason);
        Assert.Null(EntryValidator.Validate(entry, "lsn", at.AddDays(1), left: null));
    }

    [Fact]
    public void Hub_follows_it_and_sends_it_nothing()
    {
        using var key = SigningKey.FromPem(
            ContractFiles.Vector("signatures.json").GetProperty("keys").GetProperty("bsc").GetProperty("TEST ONLY private key")
                .GetString()!);
        var hub = Of("hub", key);
        Assert.Equal(["bsc"], hub.Peers);
        Assert.Equal(["bsc", "lsn"], hub.Followed);
        Assert.Equal(["hub"], Of("bsc", key).Peers);
        Assert.Empty(Of("lsn", key).Peers);
    }

    [Fact]
    public void Its_silence_is_no_concern()
    {
        var status = new ClusterStatus(Known.Find("lsn")!, Cursor: null, Receipt: null);
        Assert.Empty(status.Concerns(Moment.UtcDateTime.AddYears(1), TimeSpan.FromMinutes(1)));
        Assert.NotEmpty((status with { Cluster = Known.Find("bsc")! }).Concerns(Moment.UtcDateTime, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Broker_needs_no_queue_for_it()
    {
        var definitions = BrokerTopology.Of(Known);
        Assert.Contains("ic.cmd.bsc", definitions, StringComparison.Ordinal);
        Assert.DoesNotContain("lsn", definitions, StringComparison.Ordinal);
    }

    private static Participant Of(string code, SigningKey key) =>
        new(code, () => throw new InvalidOperationException(), key, Known, new AcceptPublications(), TimeProvider.System);
}
