using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Radar;

/// <summary>What an event is recognised by, beside its times.</summary>
/// <param name="Words">Of its title, folded, without the short ones.</param>
/// <param name="Place">Its place and town, folded; null where no place is named.</param>
/// <param name="Links">Addresses that lead to it, without scheme; those of a whole site are not among them.</param>
public sealed record EventTraits(IReadOnlySet<string> Words, string? Place, IReadOnlySet<string> Links)
{
    private const int ShortestWord = 3, FewestShared = 2;
    private const double FewestOfTitle = 0.6;
    private static readonly HashSet<string> Frequent =
        ["les", "des", "une", "pour", "dans", "avec", "aux", "sur", "par", "vos", "nos", "the", "and", "for"];

    public static EventTraits Of(Event item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Of(item.Title, item.Place?.Name, item.Place?.City,
            [item.RegistrationUrl, item.OnlineUrl, (item as Webinar)?.PlatformUrl, item.Url, item.Source?.Url]);
    }

    public static EventTraits Of(string title, string? place, string? city, IEnumerable<string?> links)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(links);
        return new EventTraits(
            WordsOf(title).Where(word => word.Length >= ShortestWord && !Frequent.Contains(word)).ToHashSet(),
            string.IsNullOrWhiteSpace(place) ? null : string.Join(' ', WordsOf($"{place} {city}")),
            links.Select(Spelling).OfType<string>().ToHashSet());
    }

    /// <summary>One title, whatever the order of its words.</summary>
    public bool HasTitleOf(EventTraits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Words.Count > 0 && Words.SetEquals(other.Words);
    }

    /// <summary>Most of the shorter title is in the other one.</summary>
    public bool HasTitleLike(EventTraits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var shared = Words.Count(other.Words.Contains);
        return HasTitleOf(other) || (shared >= FewestShared && shared >= FewestOfTitle * Math.Min(Words.Count, other.Words.Count));
    }

    public bool HasPlaceOf(EventTraits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Place is not null && Place == other.Place;
    }

    public bool HasLinkOf(EventTraits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Links.Overlaps(other.Links);
    }

    private static IEnumerable<string> WordsOf(string text) =>
        string.Concat(FoldedText.Of(text).Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? Spelling(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.PathAndQuery.Length > 1
            ? $"{address.Host.Replace("www.", "", StringComparison.Ordinal)}{address.PathAndQuery.TrimEnd('/')}" : null;
}
