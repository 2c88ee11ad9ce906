using Interclustering.Contracts;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Radar;
using Interclustering.Node.Recovery;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Interclustering.Node.ToDo;

/// <summary>« À faire »: the first page of a workspace, with what waits, what comes, and what was published last.</summary>
internal static class ToDoPages
{
    private const int DaysAhead = 30, LastPublications = 6;

    public static void MapToDo(this RouteGroupBuilder group) => group.MapGet("/", ShowAsync);

    /// <summary>Lets the navigation say how much waits.</summary>
    public static void AddWaitingCounts(this IServiceCollection services)
    {
        services.TryAddSingleton<ReadWaiting>(provider => async (node, db, member, cancellation) => PathsOf(await ReadAsync(
            db, await provider.GetRequiredService<NationalAgenda>().ReadAsync(db, node.Code, cancellation),
            provider.GetRequiredService<FederationDirectory>(), node.Code, member, provider.GetRequiredService<TimeProvider>(),
            cancellation)));
        services.AddSingleton<WaitingCounts>();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NodeInstance node, NodeContext db, NationalAgenda national,
        FederationDirectory directory, WaitingCounts counts, TimeProvider clock, CancellationToken cancellation)
    {
        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        var (now, today) = (clock.GetUtcNow().UtcDateTime, ParisDay.Today(clock));
        var member = UnsavedTexts.MemberOf(http.User);
        var waiting = await ReadAsync(db, agenda, directory, node.Code, member, clock, cancellation);
        counts.Keep(node.Code, member, PathsOf(waiting));
        var last = await db.WorkingCopies.AsNoTracking()
            .Where(row => Kinds.Items.Contains(row.Kind) && row.State != PublicationState.Draft
                && row.ArchivedAt == null)
            .OrderByDescending(row => row.EditedAt).ThenBy(row => row.Subject).Take(LastPublications).ToListAsync(cancellation);
        return WorkspacePage.Of<ToDoPage>(http, node, T["À faire"], new()
        {
            [nameof(ToDoPage.Items)] = waiting,
            [nameof(ToDoPage.FailingMails)] = await FailingMailPages.CountAsync(db, now, cancellation),
            [nameof(ToDoPage.Journal)] = await JournalState.ReadAsync(db, cancellation),
            [nameof(ToDoPage.Coming)] = agenda.Engagements.Where(each => each.Firmness == Firmness.Published
                && each.Time.LastDay >= today && each.Time.Day <= today.AddDays(DaysAhead)).ToList(),
            [nameof(ToDoPage.KnownAt)] = agenda.KnownAt,
            [nameof(ToDoPage.Last)] = last,
            [nameof(ToDoPage.Deliveries)] = await Delivery.OfAsync(db, last, cancellation),
            [nameof(ToDoPage.Today)] = today,
            [nameof(ToDoPage.Now)] = now,
        });
    }

    private static async Task<IReadOnlyList<ToDoItem>> ReadAsync(NodeContext db, AgendaAtNode agenda, FederationDirectory directory,
        string code, string member, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return
        [
            .. await ToDoList.ReadAsync(db, agenda, directory, code, now, ParisDay.Today(clock), cancellation),
            .. await DraftTasks.ReadAsync(db, member[(member.IndexOf('/', StringComparison.Ordinal) + 1)..], now, cancellation),
            .. await ToDoList.UnsavedAsync(db, member, now, cancellation),
        ];
    }

    private static IReadOnlyList<string> PathsOf(IReadOnlyList<ToDoItem> items) => [.. items.Select(item => item.Path)];
}
