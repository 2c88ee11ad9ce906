using Interclustering.Contracts;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Files;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.RelatedItems;
using Interclustering.Hub.Seo;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Events;

/// <summary>The page of one event or webinar, with what others show of it.</summary>
internal static class EventDocument
{
    public static IResult Of(Published published, Snapshot snapshot, HubFiles store, FederationDirectory directory, DateOnly today,
        string origin)
    {
        var times = snapshot.Agenda.TimesOf(published.Id);
        var address = origin + Language.To(published.Path);
        var documents = (published.Item.Files ?? []).Where(file => store.Find(file.Sha256) is not null)
            .Select(file => SchemaOrg.Document(file, origin));
        var card = ItemCard.Of(published, EventData.Of(published, times, snapshot.People, directory, address, today, [.. documents]),
            origin, (T["Agenda"], "/agenda"), store);
        var feeds = FeedLinks.OfEvent(published.Id);
        var title = published.Item is Event { Status: EventStatus.Cancelled } ? $"{T["Annulé :"]}\u00a0{published.Title}" : published.Title;
        if (published.ForMembers)
        {
            return Pages.Of<MembersPage>(
                title, "/agenda",
                new()
                {
                    [nameof(MembersPage.Published)] = published,
                    [nameof(MembersPage.Times)] = times,
                    [nameof(MembersPage.Today)] = today
                },
                description: ItemCard.Describe(published), feeds: feeds, card: card, isEmbeddable: true);
        }

        var sheets = snapshot.Items.Sheets.Values.Where(item => item.Item is BestPractice sheet && sheet.Related.Contains(published.Id))
            .OrderBy(item => item.Title, StringComparer.Ordinal).ToList();
        return Pages.Of<EventPage>(
            title, "/agenda",
            new()
            {
                [nameof(EventPage.Published)] = published,
                [nameof(EventPage.Times)] = times,
                [nameof(EventPage.People)] = snapshot.People,
                [nameof(EventPage.Today)] = today,
                [nameof(EventPage.Organisers)] = SchemaOrg.Organisers(published, directory),
                [nameof(EventPage.Sheets)] = sheets,
                [nameof(EventPage.Related)] = RelatedRanking.Of(published, snapshot, today, sheets.Select(sheet => sheet.Id)),
                [nameof(EventPage.Address)] = address,
                [nameof(EventPage.Seats)] = SeatCounts.Of(snapshot, published),
            },
            description: ItemCard.Describe(published), feeds: feeds, card: card, isEmbeddable: true);
    }
}
