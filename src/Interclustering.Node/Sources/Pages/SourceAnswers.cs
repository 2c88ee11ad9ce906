using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Comparing;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Sources.Pages;

/// <summary>An editor's answers to a source's proposals and questions.</summary>
internal static class SourceAnswers
{
    public static void MapSourceAnswers(this RouteGroupBuilder group)
    {
        group.MapPost("/sources/{id:guid}/repondre", AnswerAsync);
        group.MapPost("/sources/{id:guid}/tout-accepter", AcceptAllAsync);
        group.MapPost("/publications/{subject}/rendre", GiveBackAsync);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, Guid id,
        CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var key = form["key"].ToString();
        if (await db.Sources.SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } source
            && await db.SourceItems.SingleOrDefaultAsync(row => row.Source == id && row.Key == key, cancellation) is { } item)
        {
            await (item.State switch
            {
                SourceItemState.Proposed => form["answer"] == "yes"
                    ? PublishAsync(http, node, db, clock, [item], cancellation) : RefuseAsync(db, item, cancellation),
                SourceItemState.Refused or SourceItemState.Elsewhere when form["answer"] == "again" =>
                    ProposeAgainAsync(db, item, cancellation),
                SourceItemState.AskSame => SameAsync(http, node, db, clock, source, item, form["answer"] == "yes", cancellation),
                SourceItemState.AskGone => GoneAsync(node, db, clock, source, item, form["answer"] == "yes", cancellation),
                _ => Task.CompletedTask,
            });
        }

        return Back(node, id);
    }

    private static async Task<IResult> AcceptAllAsync(HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, Guid id,
        CancellationToken cancellation)
    {
        await PublishAsync(http, node, db, clock, await db.SourceItems.Where(row =>
            row.Source == id && row.State == SourceItemState.Proposed).ToListAsync(cancellation), cancellation);
        return Back(node, id);
    }

    private static async Task<IResult> GiveBackAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, string subject, CancellationToken cancellation)
    {
        if (await OwnPublications.FindAsync(db, subject, cancellation) is not { } copy)
        {
            return OwnPublications.Missing(http, node);
        }

        try
        {
            await editor.GiveBackAsync(subject, http.User.Identity?.Name ?? "", copy.Version, cancellation);
        }
        catch (Exception exception) when (exception is EditedMeanwhileException or ContentRefusedException)
        {
            // It was saved at this very moment, or its source's text can't stand: the page shows what there is now, and the button again.
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/publications/{subject}"));
    }

    private static async Task PublishAsync(HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, List<SourceItem> items,
        CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            try
            {
                await using var own = node.Open();
                await new PublicationEditor(own, node.Journal, clock)
                    .PublishAsync(null, SourceDiff.EventOf(item), http.User.Identity?.Name ?? "", cancellation);
                (item.State, item.LikelyKey) = (SourceItemState.Followed, null);
            }
            catch (Exception exception) when (exception is EntryTooLargeException or ContentRefusedException)
            {
                item.State = SourceItemState.Refused;
            }
        }

        foreach (var item in items.Where(item => item.State == SourceItemState.Followed))
        {
            db.Note(StaffMember.IdOf(http.User), AuditedActions.Published, item.Title, http.Now());
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static async Task RefuseAsync(NodeContext db, SourceItem item, CancellationToken cancellation)
    {
        item.State = SourceItemState.Refused;
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Setting it aside may have been a mistake.</summary>
    private static async Task ProposeAgainAsync(NodeContext db, SourceItem item, CancellationToken cancellation)
    {
        item.State = SourceItemState.Proposed;
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task SameAsync(HttpContext http, NodeInstance node, NodeContext db, TimeProvider clock, SourceRow source,
        SourceItem item, bool same, CancellationToken cancellation)
    {
        if (same && item.LikelyKey?.StartsWith(SourceItem.OwnPublication, StringComparison.Ordinal) == true)
        {
            // Another source or a member looks after it: this one is not published a second time, and not asked about again.
            item.State = SourceItemState.Elsewhere;
            await db.SaveChangesAsync(cancellation);
            return;
        }

        if (same && item.LikelyKey is { } before)
        {
            await SourcePoll.RenameAsync(db, source, before, item.Key, cancellation);
            await db.SourceItems.Where(row => row.Source == source.Id && row.Key == before).ExecuteDeleteAsync(cancellation);
        }

        await PublishAsync(http, node, db, clock, [item], cancellation);
    }

    private static async Task GoneAsync(NodeInstance node, NodeContext db, TimeProvider clock, SourceRow source, SourceItem item,
        bool takeAway, CancellationToken cancellation)
    {
        var copy = await db.WorkingCopies.AsNoTracking().SingleOrDefaultAsync(row =>
            row.SourceSystem == source.System && row.SourceKey == item.Key && row.State == PublicationState.Published, cancellation);
        if (takeAway && copy is not null)
        {
            await using var own = node.Open();
            await SourcePoll.TakeAwayAsync(new PublicationEditor(own, node.Journal, clock), source, copy, source.WithdrawsGone,
                cancellation);
        }

        db.Remove(item);
        await db.SaveChangesAsync(cancellation);
    }

    private static IResult Back(NodeInstance node, Guid id) => Results.LocalRedirect(Language.To($"/espace/{node.Code}/sources/{id}"));
}
