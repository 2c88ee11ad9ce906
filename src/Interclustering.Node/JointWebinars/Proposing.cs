using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Forms;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>Proposes a joint webinar, and changes the proposal until a slot is chosen.</summary>
internal static class Proposing
{
    public static void MapProposing(this RouteGroupBuilder group)
    {
        group.MapGet("/proposer", (HttpContext http, NodeInstance node, NodeContext db, DossierShowing showing,
            FederationDirectory directory, CancellationToken cancellation) =>
            ShowAsync(http, node, db, showing, null, ProposalForm.Empty(directory, node.Code, Today(http)), [], null, cancellation))
            .WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost("/proposer", ([AsParameters] FactRecorder saying, DossierShowing showing, CancellationToken cancellation) =>
            TakeAsync(saying, showing, null, cancellation)).WithMetadata(new ShowsFormAgain());
        group.MapGet("/{id}/proposition", ([AsParameters] FactRecorder saying, DossierShowing showing, string id,
            CancellationToken cancellation) => saying.WithAsync(id, async view =>
            view.IsLead ? await ShowAsync(saying.Http, saying.Node, saying.Db, showing, view, ProposalForm.Of(view.Dossier.Proposal), [],
                null, cancellation) : saying.To(view, ""), cancellation)).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost("/{id}/proposition", ([AsParameters] FactRecorder saying, DossierShowing showing, string id,
            CancellationToken cancellation) => saying.WithAsync(id, async view =>
            view.IsLead ? await TakeAsync(saying, showing, view, cancellation) : saying.To(view, ""), cancellation))
                .WithMetadata(new ShowsFormAgain());
    }

    private static async Task<IResult> TakeAsync(
        FactRecorder saying, DossierShowing showing, DossierView? view, CancellationToken cancellation)
    {
        var posted = await saying.Http.Request.ReadFormAsync(cancellation);
        var (form, today) = (ProposalForm.Read(posted), Today(saying.Http));
        Task<IResult> AgainAsync(ProposalForm shown, IReadOnlyList<FieldError> errors, string? notice) =>
            ShowAsync(saying.Http, saying.Node, saying.Db, showing, view, shown, errors, notice, cancellation);

        if (StaleForm.In(saying.Http) is { } stale)
        {
            return await AgainAsync(form, [], stale.Notice);
        }

        switch (posted["do"].ToString())
        {
            case "free":
                var outlook = await showing.OutlookAsync(saying.Db, saying.Node.Code, today, cancellation);
                return await AgainAsync(
                    form.WithFree(outlook.Free([.. form.Themes], [.. form.Audiences], [saying.Node.Code, .. form.Invited])), [], null);
            case "more":
                return await AgainAsync(form.WithOneMore(), [], null);
            case "propose":
                break;
            default:
                return await AgainAsync(form, [], null);
        }

        var (proposal, errors) = form.ToProposal(saying.Directory, saying.Node.Code, today);
        if (proposal is null)
        {
            return await AgainAsync(form, errors, null);
        }

        var id = view?.Dossier.Id ?? Subjects.Mint(saying.Node.Code);
        await saying.RecordAsync(id, proposal.Title, await saying.PeopleAsync(cancellation),
            [FactRecorder.Fact(JointWebinarFacts.Proposed) with { Proposal = proposal }], cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{saying.Node.Code}{DossierPages.Path}/{id}"));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, DossierShowing showing, DossierView? view, ProposalForm form,
            IReadOnlyList<FieldError> errors, string? notice, CancellationToken cancellation)
    {
        var outlook = await showing.OutlookAsync(db, node.Code, Today(http), cancellation);
        IReadOnlyList<string> asked = [node.Code, .. form.Invited];
        return WorkspacePage.Of<ProposePage>(http, node, view is null
            ? T["Proposer un webinaire commun"] : T["Changer la proposition"], new()
            {
                [nameof(ProposePage.Form)] = form,
                [nameof(ProposePage.View)] = view,
                [nameof(ProposePage.Outlooks)] = form.Slots.Select(slot => slot.Start is { } start
                    ? SlotOutlook.InWords(outlook.On(DateOnly.FromDateTime(Interclustering.JointWebinars.Dossier.TimeOf(start)),
                        [.. form.Themes], [.. form.Audiences], asked, view?.Dossier.Id)) : null).ToList(),
                [nameof(ProposePage.Errors)] = errors,
                [nameof(ProposePage.Notice)] = notice,
            }, FormStatus.Of(errors, notice));
    }

    private static DateOnly Today(HttpContext http) => DateOnly.FromDateTime(ParisDay.Of(http.Now()));
}
