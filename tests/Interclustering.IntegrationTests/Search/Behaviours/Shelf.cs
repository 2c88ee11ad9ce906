using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;

namespace Interclustering.IntegrationTests.Search.Behaviours;

/// <summary>Items as the site shows them on 23 November 2026, without a journal behind them.</summary>
internal sealed class Shelf
{
    private readonly Dictionary<string, Published> items = [];

    /// <summary>Whom publications may name, by id.</summary>
    public Dictionary<string, Person> People { get; } = [];

    public static FederationDirectory Directory { get; } = new()
    {
        Hub = new DirectoryEntry { Code = "hub", Name = "Site national" },
        Clusters = [
            ClusterOf("bsc", "Bretagne Supply Chain", "53"), ClusterOf("euralogistic", "Euralogistic", "32"),
                ClusterOf("lsn", "Logistique Seine Normandie", "28"),
            ClusterOf("pasca", "PASCA", "52"), ClusterOf("pil", "Pôle d’Intelligence Logistique", "84"),
                ClusterOf("tenlog", "TenLog", "76"),
        ],
    };

    public static Published Publish(PublishedItem item, string? id = null, string cluster = "bsc")
    {
        var owner = Directory.Find(cluster)!;
        var kind = item switch { Webinar => Kinds.Webinar, Event => Kinds.Event, _ => Kinds.BestPractice };
        return new Published(id ?? $"{cluster}-{Guid.CreateVersion7()}", kind, owner, item, 1, DateTime.UnixEpoch, DateTime.UnixEpoch, 1)
        {
            Regions = Published.RegionsOf(item, owner, Directory),
        };
    }

    public void Add(Published item) => items[item.Id] = item;

    public SiteSearch Search(ISearchIndex index) => new(
        () => Snapshot.Empty with
        {
            Epoch = "e",
            Position = 1,
            Items = PublishedDictionary.Of(items.Values),
            People = People,
            Agenda = [.. items.Values.Where(item => item.Item is Event)
                .SelectMany(item => Occurrences.Of(item, new DateOnly(2026, 11, 23))).OrderBy(time => time.Day).ThenBy(time => time.Start)],
        },
        index, new OnThatDay());

    private static Cluster ClusterOf(string code, string name, string insee) => new()
    {
        Code = code,
        Name = name,
        Region = "",
        Insee = insee,
        Colour = new Colour("#000000", "#ffffff"),
    };

    private sealed class OnThatDay : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    }
}
