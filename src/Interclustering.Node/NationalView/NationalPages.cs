using Interclustering.Contracts;
using Interclustering.Node.Agreements;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.NationalView;

/// <summary>« Vue nationale »: agenda, sheets and people of all clusters, for staff, also while the hub is away.</summary>
internal static class NationalPages
{
    public const string Agenda = "", Sheets = "fiches", People = "personnes";

    public static void MapNational(this RouteGroupBuilder group)
    {
        foreach (var (path, section, kinds) in new[]
        {
            ("/national", Agenda, new[] { Kinds.Event, Kinds.Webinar }), ("/national/fiches", Sheets, [Kinds.BestPractice]),
                ("/national/personnes", People, [Kinds.Person]),
        })
        {
            group.MapGet(path, (HttpContext http, NodeInstance node, NodeContext db, NationalItems items, FederationDirectory directory,
                string? q, string? cluster, CancellationToken cancellation) =>
                ListAsync(http, node, db, items, directory, (section, kinds, q, cluster), cancellation));
        }

        group.MapGet("/national/lire/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeInstance node, NodeContext db, NationalItems items, FederationDirectory directory,
            (string Section, string[] Kinds, string? Q, string? Cluster) asked, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(ParisDay.Of(http.Now()));
        var search = SearchText.Of(asked.Q);
        var known = await items.ReadAsync(db, node.Code, asked.Kinds, cancellation);
        var found = (asked.Section == People ? Together(known) : known)
            .Where(item => string.IsNullOrEmpty(asked.Cluster) || item.Cluster.Code == asked.Cluster)
            .Where(item => search is null || search.IsIn(item.Folded()))
            .Where(item => asked.Section != Agenda || item.NextDay(today) is not null)
            .OrderBy(item => item.NextDay(today)).ThenByDescending(item => asked.Section == Sheets ? item.RevisedAt : default)
                .ThenBy(item => item.Title, StringComparer.CurrentCultureIgnoreCase).ToList();
        return WorkspacePage.Of<NationalPage>(http, node, T["Vue nationale"], new()
        {
            [nameof(NationalPage.Section)] = asked.Section,
            [nameof(NationalPage.Items)] = found,
            [nameof(NationalPage.Clusters)] = directory.Clusters,
            [nameof(NationalPage.Q)] = search?.Text ?? "",
            [nameof(NationalPage.Cluster)] = asked.Cluster ?? "",
            [nameof(NationalPage.Today)] = today,
            [nameof(NationalPage.KnownAt)] = await NationalItems.KnownAtAsync(db, cancellation),
            [nameof(NationalPage.Now)] = http.Now(),
        });
    }

    /// <summary>Each person of a cluster once, with all roles.</summary>
    private static IReadOnlyList<NationalItem> Together(IReadOnlyList<NationalItem> records) =>
    [
        .. records.GroupBy(record => (record.Cluster.Code, PersonWords.KeyOf(record.Title)))
            .Select(same => same.First() with
            {
                Publication = PersonWords.Together(same.Select(record => (Person)record.Publication))[0],
            }),
    ];

    private static async Task<IResult> ShowAsync(HttpContext http, NodeInstance node, NodeContext db, NationalItems items, string id,
        CancellationToken cancellation)
    {
        if (await items.FindAsync(db, node.Code, id, cancellation) is not { Publication: PublishedItem published } item)
        {
            return WorkspacePage.Missing(http, node, T["Introuvable"],
                T["Aucune publication connue ici n’a cette adresse. Elle a peut-être été retirée."]);
        }

        var named = NamedPeople.IdsIn(published);
        return WorkspacePage.Of<NationalItemPage>(http, node, item.Title, new()
        {
            [nameof(NationalItemPage.Item)] = item,
            [nameof(NationalItemPage.People)] = PersonWords.Together((await items.ReadAsync(db, node.Code, [Kinds.Person], cancellation))
                .Where(person => named.Contains(person.Subject)).Select(person => (Person)person.Publication)),
            [nameof(NationalItemPage.Part)] = published is Event happening && !item.IsJoint && item.Cluster.Code != node.Code
                ? CoOrganiserState.Of(await NodeAgreements.ReadAsync(db, cancellation), id, happening, node.Code) : null,
            [nameof(NationalItemPage.Counts)] = await RegistrationCounts.ReadAsync(db, node.Code, id, cancellation),
            [nameof(NationalItemPage.KnownAt)] = await NationalItems.KnownAtAsync(db, cancellation),
            [nameof(NationalItemPage.Today)] = DateOnly.FromDateTime(ParisDay.Of(http.Now())),
            [nameof(NationalItemPage.Now)] = http.Now(),
        });
    }
}
