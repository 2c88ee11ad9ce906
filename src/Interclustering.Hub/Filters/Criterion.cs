using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Filters;

/// <summary>One thing that readers filter by and that is counted for them.</summary>
/// <param name="Name">The parameter in the address; repeatable, values are alternatives.</param>
/// <param name="Title">For people, in the reader's language.</param>
/// <param name="Known">What it may be, in the order in which it is offered.</param>
/// <param name="ValuesOf">What an item is; several when it counts for several.</param>
/// <param name="Label">A value in words.</param>
public sealed record Criterion(
    string Name, Func<string> Title, Func<FederationDirectory, IReadOnlyList<string>> Known, Func<Published, IEnumerable<string>> ValuesOf,
        Func<FederationDirectory, string, string> Label)
{
    public const string Cluster = "cluster", Region = "region", Theme = "theme", Audience = "audience", Format = "format",
        Attendance = "attendance", Status = "status", Kind = "kind";

    /// <summary>Of <see cref="Kind"/>: a webinar that can be seen again.</summary>
    public const string Replay = "replay";

    /// <summary>Flags that stand beside an event's status.</summary>
    private const string Full = "full", MovedOnline = "moved-online";

    public static IReadOnlyList<Criterion> All { get; } =
    [
        new(Cluster, () => T["Clusters"], directory => [.. directory.Clusters.Select(cluster => cluster.Code)],
            item => [item.Owner.Code, .. item.Item.CoOrganisers], (directory, code) => directory.Find(code)?.Name ?? code),
        OfPublic(Region, () => T["Régions"], Regions.Codes, item => item.Regions, Regions.NameOf),
        OfPublic(Theme, () => T["Thèmes"], KnownThemes.All, item => item.Item.Themes),
        OfPublic(Audience, () => T["Publics"], Audiences.All, item => item.Item.Audiences),
        OfPublic(Format, () => T["Formats"], [.. EventFormats.All, Kinds.Webinar], item => item.Kind == Kinds.Webinar
            ? [Kinds.Webinar] : item.Item is Event { Format: { } format } ? [format] : []),
        OfPublic(Attendance, () => T["Participation"], Contracts.Attendance.All, item => item.Item is Event happening
            ? [happening.Attendance] : []),
        OfPublic(Status, () => T["État"], [.. EventStatus.All, Full, MovedOnline], item => item.Item is Event happening
            ? StatesOf(happening) : []),
        OfPublic(Kind, () => T["Type"], [Kinds.Event, Kinds.Webinar, Replay, Kinds.BestPractice], item =>
            item.Item is Webinar { ReplayUrl: not null } ? [item.Kind, Replay] : [item.Kind]),
    ];

    public static Criterion Of(string name) => All[PlaceOf(name)];

    /// <summary>In <see cref="All"/>.</summary>
    internal static int PlaceOf(string name)
    {
        for (var place = 0; place < All.Count; place++)
        {
            if (All[place].Name == name)
            {
                return place;
            }
        }

        throw new ArgumentException($"{name} is no criterion.", nameof(name));
    }

    /// <summary>Only its cluster, its days, and its title find a members' item: whatever else it is stays with its members.</summary>
    private static Criterion OfPublic(
        string name, Func<string> title, IReadOnlyList<string> known, Func<Published, IEnumerable<string>> valuesOf,
            Func<string, string>? label = null) =>
        new(name, title, _ => known, item => item.ForMembers ? [] : valuesOf(item), (_, value) => (label ?? Vocabulary.Label)(value));

    private static IEnumerable<string> StatesOf(Event happening) =>
        [happening.Status, .. happening.Full ? [Full] : Array.Empty<string>(), .. happening.MovedOnline
            ? [MovedOnline] : Array.Empty<string>()];
}
