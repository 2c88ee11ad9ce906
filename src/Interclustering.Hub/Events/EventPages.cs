using Interclustering.Contracts;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Files;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Events;

/// <summary>One event or webinar: its page, and its calendar file.</summary>
internal static class EventPages
{
    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapFresh("").ExcludeFromDescription();
        pages.MapGet("/evenements/{id}.ics", ShowCalendar);
        pages.MapGet("/evenements/{id}/{slug?}", ShowEvent);
    }

    private static IResult ShowEvent(
        string id, string? slug, HttpRequest request, Catalogue catalogue, HubFiles store, FederationDirectory directory,
        TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        if (Pages.Find(snapshot, id, item => item.Item is Event, out var published, slug, request.Query) is { } other)
        {
            return other;
        }

        return EventDocument.Of(published!, snapshot, store, directory, ParisDay.Today(clock), Pages.OriginOf(request));
    }

    private static IResult ShowCalendar(string id, HttpRequest request, Catalogue catalogue) =>
        Pages.Find(catalogue.Current, id, item => item.Item is Event, out var published)
            ?? AgendaCalendar.Of(published!, Pages.OriginOf(request));
}
