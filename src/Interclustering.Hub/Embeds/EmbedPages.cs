using Interclustering.Contracts;
using Interclustering.Hub.Api;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Embeds;

/// <summary>« Intégrer »: the agenda on the clusters' own sites, without cookies.</summary>
public static class EmbedPages
{
    // A foreign page is read often and need not be right to the second; when the hub is away it keeps what it had for a day.
    internal const string Kept = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

    public static void MapEmbeds(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFresh("").ExcludeFromDescription().MapGet("/integrer", ShowChoice);
        var embeds = endpoints.MapFresh("/embed", Kept).RequireRateLimiting(RequestRates.Api).RequireCors(AnyOrigin.Policy)
            .ExcludeFromDescription();
        embeds.MapGet("/agenda", ShowFrame);
        embeds.MapGet("/agenda.json", ShowData);
        embeds.MapGet("/publication/{id}", ShowCard);
        var script = endpoints.MapGroup("/embed").RequireCors(AnyOrigin.Policy).ShareAnswer().ExcludeFromDescription();
        script.MapGet("/interclustering.js", (HttpContext http) => ShowScript(http, EmbedScript.Component));
        script.MapGet("/frame.js", (HttpContext http) => ShowScript(http, EmbedScript.Frame));
        script.MapGet("/height.js", (HttpContext http) => ShowScript(http, EmbedScript.Height));
    }

    private static IResult ShowChoice(HttpContext http, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var (filter, choice) = Read(http.Request, directory);
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FramingPolicy;
        return Pages.Of<EmbedPage>(
            T["Intégrer l’agenda"], "/agenda",
            new()
            {
                [nameof(EmbedPage.Filter)] = filter,
                [nameof(EmbedPage.Choice)] = choice,
                [nameof(EmbedPage.Directory)] = directory,
                [nameof(EmbedPage.Snippets)] =
                    Snippets.Of(filter, choice, AgendaOf(http.Request, filter, choice, catalogue, clock), Pages.OriginOf(http.Request)),
            },
            description: T["Affichez l’agenda national, ou la partie que vous choisissez, sur votre propre site."]);
    }

    private static IResult ShowFrame(
        HttpContext http, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var (filter, choice) = Read(http.Request, directory);
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FramedPolicy;
        return new RazorComponentResult<EmbedFrame>(new Dictionary<string, object?>
        {
            [nameof(EmbedFrame.Agenda)] = AgendaOf(http.Request, filter, choice, catalogue, clock),
            [nameof(EmbedFrame.Filter)] = filter,
            [nameof(EmbedFrame.Choice)] = choice,
        });
    }

    private static Ok<EmbeddedAgenda> ShowData(HttpRequest request, Catalogue catalogue, FederationDirectory directory, TimeProvider clock)
    {
        var (filter, choice) = Read(request, directory);
        return TypedResults.Ok(AgendaOf(request, filter, choice, catalogue, clock));
    }

    private static IResult ShowCard(HttpContext http, string id, Catalogue catalogue, TimeProvider clock)
    {
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FramedPolicy;
        var (snapshot, origin) = (catalogue.Current, Pages.OriginOf(http.Request));
        var theme = EmbedChoice.Read(http.Request.Query).Theme;
        if (snapshot.Find(id) is { } published)
        {
            return new RazorComponentResult<CardFrame>(new Dictionary<string, object?>
            {
                [nameof(CardFrame.Card)] =
                    PublicationCard.Of(published, snapshot.Agenda.TimesOf(published.Id), ParisDay.Today(clock), origin),
                [nameof(CardFrame.Theme)] = theme,
            });
        }

        var isGone = snapshot.Withdrawn.ContainsKey(id);
        return new RazorComponentResult<MissingFrame>(new Dictionary<string, object?>
        {
            [nameof(MissingFrame.Sentence)] = isGone
                ? T["Cette publication a été retirée par le cluster qui l’avait publiée."] : T["Aucune publication n’a cette adresse."],
            [nameof(MissingFrame.Agenda)] = origin + Language.To("/agenda"),
            [nameof(MissingFrame.Theme)] = theme,
        })
        { StatusCode = isGone ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound };
    }

    private static IResult ShowScript(HttpContext http, EmbedScript script)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800";
        http.Response.Headers.ETag = script.Tag;
        return http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(script.Tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(script.Text, "text/javascript; charset=utf-8");
    }

    private static (AgendaFilter Filter, EmbedChoice Choice) Read(HttpRequest request, FederationDirectory directory) =>
        (AgendaFilter.Read(request.Query, directory), EmbedChoice.Read(request.Query));

    private static EmbeddedAgenda AgendaOf(HttpRequest request, AgendaFilter filter, EmbedChoice choice, Catalogue catalogue,
        TimeProvider clock) =>
        EmbeddedAgenda.Of(catalogue.Current, filter, choice, ParisDay.Today(clock), Pages.OriginOf(request));
}
