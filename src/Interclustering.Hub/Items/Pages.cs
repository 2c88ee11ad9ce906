using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Interclustering.Hub.Items;

/// <summary>Renders a component inside the national site's document.</summary>
internal static class Pages
{
    public static IResult Of<TPage>(
        string title, string? current, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK,
        string? description = null, string? query = null, IReadOnlyList<FeedLink>? feeds = null, PageCard? card = null,
        bool isEmbeddable = false)
        where TPage : IComponent =>
        new RazorComponentResult<SiteDocument>(new Dictionary<string, object?>
        {
            [nameof(SiteDocument.Title)] = title,
            [nameof(SiteDocument.Current)] = current,
            [nameof(SiteDocument.Description)] = description,
            [nameof(SiteDocument.Card)] = card,
            [nameof(SiteDocument.Query)] = query,
            [nameof(SiteDocument.Feeds)] = feeds ?? [],
            [nameof(SiteDocument.IsEmbeddable)] = isEmbeddable,
            [nameof(SiteDocument.Page)] = typeof(TPage),
            [nameof(SiteDocument.Parameters)] = parameters,
        })
        { StatusCode = status };

    /// <summary>Where the site is for the caller: what leaves it, such as a feed, needs absolute addresses.</summary>
    public static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    /// <summary>A page that search engines leave out.</summary>
    public static PageCard NotIndexed { get; } = new() { IsIndexed = false };

    public static IResult NotFound(string sentence) => Missing(T["Introuvable"], sentence, StatusCodes.Status404NotFound);

    public static IResult Gone(string sentence) => Missing(T["Retiré"], sentence, StatusCodes.Status410Gone);

    /// <summary>Finds what an address names; else the answer: moved to its current address, part of another, gone, or unknown.</summary>
    public static IResult? Find(
        Snapshot snapshot, string id, Func<Published, bool> fits, out Published? published, string? slug = null,
            IQueryCollection? query = null)
    {
        if (snapshot.Into.TryGetValue(id, out var lead) && snapshot.Items.TryGetValue(lead, out published) && fits(published))
        {
            // Clusters may part again what they have put together: the address is not given up.
            return query is null ? null : Results.LocalRedirect(Language.To(published.Path) + QueryString.Create(query));
        }

        if (!snapshot.Items.TryGetValue(id, out published) || !fits(published))
        {
            return snapshot.SetAside.Contains(id)
                ? NotFound(T["Cette publication est arrivée, et ce site ne sait pas l’afficher. Elle est gardée ; le cluster qui l’a "
                    + "publiée peut la corriger."])
                : snapshot.Withdrawn.ContainsKey(id)
                ? Gone(T["Cette publication a été retirée par le cluster qui l’avait publiée."])
                : NotFound(T["Aucune publication n’a cette adresse."]);
        }

        return query is null || slug == published.Slug
            ? null : Results.LocalRedirect(Language.To(published.Path) + QueryString.Create(query), permanent: true);
    }

    private static IResult Missing(string title, string sentence, int status) => Of<MissingPage>(
        title, null, new() { [nameof(MissingPage.Title)] = title, [nameof(MissingPage.Sentence)] = sentence }, status);
}
