using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Seo;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Themes;

/// <summary>All that the clusters do about a theme. Themes are data: what an item names has its page.</summary>
public static class ThemePages
{
    private const int ShownEvents = 20;
    private const int ShownReplays = 12;

    public static void MapThemes(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("/themes").ExcludeFromDescription();
        pages.MapGet("", ShowThemes);
        pages.MapGet("/{theme}", ShowTheme);
    }

    private static IResult ShowThemes(HttpRequest request, Catalogue catalogue, TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        return Pages.Of<ThemesPage>(
            T["Thèmes"], "/themes",
            new()
            {
                [nameof(ThemesPage.Themes)] = Known(snapshot),
                [nameof(ThemesPage.Snapshot)] = snapshot,
                [nameof(ThemesPage.Today)] = ParisDay.Today(clock)
            },
            description: T["Ce que les clusters préparent et partagent, thème par thème."],
            card: Card(request));
    }

    private static IResult ShowTheme(string theme, HttpRequest request, Catalogue catalogue, TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        if (!Known(snapshot).Contains(theme))
        {
            return Pages.NotFound(T["Aucun thème n’a cette adresse."]);
        }

        var today = ParisDay.Today(clock);
        var upcoming = snapshot.Agenda.ToCome(today).Where(time => time.Event.Item.Themes.Contains(theme)).DatedFirst();
        return Pages.Of<ThemePage>(
            Vocabulary.Label(theme), "/themes",
            new()
            {
                [nameof(ThemePage.Theme)] = theme,
                [nameof(ThemePage.Today)] = today,
                [nameof(ThemePage.Upcoming)] = upcoming.Take(ShownEvents).ToList(),
                [nameof(ThemePage.All)] = upcoming.Count,
                [nameof(ThemePage.Sheets)] = snapshot.Items.Sheets.Values.Where(item => item.Item.Themes.Contains(theme))
                    .OrderByDescending(item => item.RevisedAt).ToList(),
                [nameof(ThemePage.Replays)] = Replays.In(snapshot, today, item => item.Item.Themes.Contains(theme))
                    .Take(ShownReplays).ToList(),
            },
            description: T["Événements à venir, fiches pratiques et replays sur le thème « {0} ».", Vocabulary.Label(theme)],
            feeds: FeedLinks.OfAgenda($"?theme={Uri.EscapeDataString(theme)}"),
            card: Card(request, (T["Thèmes"], "/themes"), (Vocabulary.Label(theme), $"/themes/{theme}")) with
            {
                Drawn = KnownThemes.All.Contains(theme) ? $"/partage/themes/{theme}.png" : new PageCard().Drawn,
            });
    }

    private static IReadOnlyList<string> Known(Snapshot snapshot) =>
        [.. KnownThemes.All.Union(snapshot.Items.Values.SelectMany(item => item.Item.Themes).Order(StringComparer.Ordinal))];

    private static PageCard Card(HttpRequest request, params IReadOnlyList<(string, string)> steps) =>
        new() { Things = steps.Count == 0 ? [] : [SchemaOrg.Breadcrumbs($"{request.Scheme}://{request.Host}", steps)] };
}
