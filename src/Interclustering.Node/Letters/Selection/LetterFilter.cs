using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.NationalView;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Node.Letters.Selection;

/// <summary>What a letter's items are looked for with; all of it is in the address.</summary>
public sealed record LetterFilter
{
    public const int UsualDays = 30;

    /// <summary>Longer periods are of no use in a letter, and would list years of series.</summary>
    private const int MostDays = 366;

    public static IReadOnlyList<string> AllKinds { get; } = [Contracts.Kinds.Event, Contracts.Kinds.Webinar, Contracts.Kinds.BestPractice];

    /// <summary>First day, not before today.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, at most a year later.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Only what was published or changed since the last letter.</summary>
    public bool OnlyNews { get; init; }

    public IReadOnlyList<string> Themes { get; init; } = [];
    public IReadOnlyList<string> Clusters { get; init; } = [];
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];

    public bool IsNarrowed => Themes.Count + Clusters.Count + Kinds.Count + Regions.Count > 0;

    public static LetterFilter Next(DateOnly today, int days) => new() { From = today, To = today.AddDays(days - 1) };

    public static LetterFilter NextMonth(DateOnly today)
    {
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
        return new LetterFilter { From = first, To = first.AddMonths(1).AddDays(-1) };
    }

    /// <summary>What can't be read counts as not given: the page shows what it made of it.</summary>
    internal static LetterFilter Read(Func<string, StringValues> values, DateOnly today, FederationDirectory directory)
    {
        var from = Day("from") is { } first && first >= today ? first : today;
        var to = Day("to") is { } last && last >= from ? last : from.AddDays(UsualDays - 1);
        return new LetterFilter
        {
            From = from,
            To = to > from.AddDays(MostDays) ? from.AddDays(MostDays) : to,
            OnlyNews = values("news") == "1",
            Themes = Known("theme", KnownThemes.All),
            Clusters = Known("cluster", [.. directory.Clusters.Select(cluster => cluster.Code)]),
            Kinds = Known("kind", AllKinds),
            Regions = Known("region", Ui.Words.Regions.Codes),
        };

        DateOnly? Day(string name) =>
            DateOnly.TryParseExact(values(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                // A year before the end of the calendar: what is counted from it stays within.
                && day.Year < DateOnly.MaxValue.Year - 1 ? day : null;

        IReadOnlyList<string> Known(string name, IReadOnlyList<string> all) => [.. all.Where(values(name).Contains)];
    }

    /// <summary>With the question mark.</summary>
    public string Query() => QueryString.Create(((IEnumerable<(string Name, string Value)>)
    [
        ("from", DateWords.Iso(From)), ("to", DateWords.Iso(To)), .. OnlyNews ? [("news", "1")] : Array.Empty<(string, string)>(),
        .. Themes.Select(theme => ("theme", theme)), .. Clusters.Select(cluster => ("cluster", cluster)),
        .. Kinds.Select(kind => ("kind", kind)), .. Regions.Select(region => ("region", region)),
    ]).Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))).ToUriComponent();

    /// <summary>Whatever a members' item is stays with its members: only its cluster and its days find it.</summary>
    internal bool Matches(NationalItem item)
    {
        var published = (PublishedItem)item.Publication;
        return IsAmong(Clusters, published.CoOrganisers.Prepend(item.Cluster.Code)) && (published.Visibility == Visibility.Public
            ? IsAmong(Themes, published.Themes) && IsAmong(Kinds, [item.Kind]) && IsAmong(Regions, RegionsOf(item, published))
            : Themes.Count + Kinds.Count + Regions.Count == 0);
    }

    private static bool IsAmong(IReadOnlyList<string> chosen, IEnumerable<string> values) => chosen.Count == 0
        || values.Any(chosen.Contains);

    private static IEnumerable<string> RegionsOf(NationalItem item, PublishedItem published)
    {
        var place = (published as Event)?.Place;
        return [place?.Region ?? Ui.Words.Regions.OfPostalCode(place?.PostalCode) ?? item.Cluster.Insee];
    }
}
