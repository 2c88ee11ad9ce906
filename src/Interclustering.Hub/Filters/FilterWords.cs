using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Filters;

/// <summary>A filter as people say it.</summary>
internal static class FilterWords
{
    /// <summary>« Bretagne Supply Chain ou TenLog · Logistique urbaine · Webinaire »; null for everything.</summary>
    public static string? Of(AgendaFilter filter, FederationDirectory directory) => filter.IsEmpty ? null : string.Join(" · ", ((string?[])
    [
        .. Criterion.All.Select(criterion => AnyOf(filter.Of(criterion.Name).Select(value => criterion.Label(directory, value)))),
        filter.Text is { } text ? T["avec « {0} »", text] : null,
        filter.From is { } from ? T["à partir du {0}", DateWords.InFull(from)] : null,
        filter.To is { } to ? T["jusqu’au {0}", DateWords.InFull(to)] : null,
        filter.Around is { } around ? T["autour du {0}", DateWords.InFull(around)] : null,
    ]).OfType<string>());

    /// <summary>The title of a page that shows what a filter finds: the filter's words, or what the page shows without one.</summary>
    public static string PageTitle(string whole, AgendaFilter filter, FederationDirectory directory) =>
        (Of(filter, directory), filter.Past) switch
        {
            ({ Length: > 0 } words, false) => words,
            ({ Length: > 0 } words, true) => $"{words} · {T["Ce qui a eu lieu"]}",
            (_, true) => T["Ce qui a eu lieu"],
            _ => whole,
        };

    /// <summary>What a calendar or a feed is called in a reader's list, where several of them may stand.</summary>
    public static string Title(string name, AgendaFilter filter, FederationDirectory directory) =>
        Of(filter, directory) is { } words ? $"{name} — {words}" : name;

    private static string? AnyOf(IEnumerable<string> values) => string.Join($" {T["ou"]} ", values) is { Length: > 0 } text ? text : null;
}
