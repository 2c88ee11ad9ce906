using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Hub.Files;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.RelatedItems;
using Interclustering.Hub.Seo;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Knowledge;

/// <summary>The page of one sheet, with what others show of it.</summary>
internal static class SheetDocument
{
    public static IResult Of(Published published, Snapshot snapshot, HubFiles store, FederationDirectory directory, DateOnly today,
        string origin)
    {
        var address = origin + Language.To(published.Path);
        var documents = PublishedFiles.Of(published.Item).Where(file => store.Find(file.Sha256) is not null)
            .Select(file => SchemaOrg.Document(file, origin));
        var card = ItemCard.Of(published, SheetData.Of(published, directory, address, documents), origin,
            (T["Ressources"], "/ressources"), store);
        return published.ForMembers
            ? Pages.Of<MembersPage>(
                published.Title, "/ressources",
                new()
                {
                    [nameof(MembersPage.Published)] = published,
                    [nameof(MembersPage.Times)] = Array.Empty<Occurrence>(),
                    [nameof(MembersPage.Today)] = today
                },
                description: ItemCard.Describe(published), card: card, isEmbeddable: true)
            : Pages.Of<SheetPage>(
                published.Title, "/ressources",
                new()
                {
                    [nameof(SheetPage.Published)] = published,
                    [nameof(SheetPage.Snapshot)] = snapshot,
                    [nameof(SheetPage.Today)] = today,
                    [nameof(SheetPage.Organisers)] = SchemaOrg.Organisers(published, directory),
                    [nameof(SheetPage.Related)] = RelatedRanking.Of(published, snapshot, today, ((BestPractice)published.Item).Related),
                    [nameof(SheetPage.Address)] = address,
                },
                description: ItemCard.Describe(published), card: card, isEmbeddable: true);
    }
}
