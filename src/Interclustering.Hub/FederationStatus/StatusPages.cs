using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Federation.Operations;
using Interclustering.Federation.Receiving;
using Interclustering.Hub.Ingest;
using Interclustering.Hub.Items;
using Interclustering.Hub.Operators;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.Search;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Hub.FederationStatus;

/// <summary>« État de la fédération »: how each cluster's publications arrive, in words; and what operators can do about it.</summary>
public static class StatusPages
{
    public static void MapStatus(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/etat").AddEndpointFilter<OperatorGuard>().ExcludeFromDescription();
        pages.MapGet("", ShowAsync);
        var operators = pages.MapOperators();
        operators.MapPost("/reprise", RecoverAsync);
        operators.MapPost("/reexamen", ReprocessAsync);
        operators.MapQuarantine();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, HubContext db, Catalogue catalogue, SearchProgress search, FederationDirectory directory,
            CurrentProblems problems, FederationSettings settings, TimeProvider clock, string? appliquees, string? restantes,
        CancellationToken cancellation)
    {
        var cursors = await db.Cursors.AsNoTracking().ToDictionaryAsync(cursor => cursor.Journal, cancellation);
        var receipts = await db.Set<ReceiptRow>().AsNoTracking().ToDictionaryAsync(receipt => receipt.Reader, cancellation);
        var journal = await db.Journal.MaxAsync(row => (long?)row.Sequence, cancellation) ?? 0;
        var session = OperatorSession.Of(http);
        return Pages.Of<StatusPage>(
            T["État de la fédération"], null,
            new()
            {
                [nameof(StatusPage.Clusters)] = directory.Clusters.Select(cluster => new ClusterStatus(
                    cluster, cursors.GetValueOrDefault(cluster.Code), receipts.GetValueOrDefault(cluster.Code))).ToList(),
                [nameof(StatusPage.Hub)] = directory.Hub,
                [nameof(StatusPage.Software)] = http.RequestServices.GetServices<Inbox>().FirstOrDefault(inbox => inbox.IsHub)?.Software
                    ?? new Dictionary<string, string>(),
                [nameof(StatusPage.Version)] = settings.Software,
                [nameof(StatusPage.Own)] = OwnProblems.Of(problems.Found),
                [nameof(StatusPage.Now)] = clock.GetUtcNow().UtcDateTime,
                [nameof(StatusPage.Silence)] = settings.Silence,
                [nameof(StatusPage.Unshown)] = catalogue.Current.SetAside.Order(StringComparer.Ordinal).ToList(),
                [nameof(StatusPage.Behind)] = Math.Max(0, journal - catalogue.Current.Position),
                [nameof(StatusPage.SearchBehind)] = Math.Max(0, journal - search.Head.Position),
                [nameof(StatusPage.Operations)] = await db.Set<OperationRow>().AsNoTracking().Where(row => row.FinishedAt == null)
                    .OrderBy(row => row.RequestedAt).ToListAsync(cancellation),
                [nameof(StatusPage.Session)] = session,
                [nameof(StatusPage.Last)] = session is null ? null : await db.Set<OperationRow>().AsNoTracking()
                    .Where(row => row.FinishedAt != null)
                    .OrderByDescending(row => row.FinishedAt).FirstOrDefaultAsync(cancellation),
                [nameof(StatusPage.Reprocessed)] = Number(appliquees) is { } applied && Number(restantes) is { } left
                    ? new Reprocessed(applied, left) : null,
            });
    }

    private static async Task<IResult> RecoverAsync(HttpContext http, HubContext db, TimeProvider clock, CancellationToken cancellation)
    {
        await OperationRow.RequestAsync(db, OperationRow.Recover, null, clock, cancellation);
        await OperatorPages.NoteAsync(http, db, OperatorAction.Recovery, clock.GetUtcNow().UtcDateTime);
        return Results.LocalRedirect(Language.To("/etat"));
    }

    private static async Task<IResult> ReprocessAsync(
        HttpContext http, HubContext db, TimeProvider clock, IReadOnlyList<Participant> participants, CancellationToken cancellation)
    {
        var hub = participants.Single(participant => participant.Code == FederationDirectory.HubCode);
        await OperatorPages.NoteAsync(http, db, OperatorAction.Reprocessing, clock.GetUtcNow().UtcDateTime);
        var done = await Reprocess.RunAsync(hub.Open, hub.Journal, hub.Directory, cancellation);
        return Results.LocalRedirect(
            Language.To(string.Create(CultureInfo.InvariantCulture, $"/etat?appliquees={done.Applied}&restantes={done.Left}")));
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : null;
}
