using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
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
    public const string Form = "proposition";

    public static void MapProposing(this RouteGroupBuilder group)
    {
        group.MapGet("/proposer", ([AsParameters] FactRecorder saying, DossierShowing showing, CancellationToken cancellation) =>
            OpenAsync(saying, showing, cancellation)).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost("/proposer", ([AsParameters] FactRecorder saying, DossierShowing showing, CancellationToken cancellation) =>
            TakeAsync(saying, showing, null, cancellation)).WithMetadata(new ShowsFormAgain());
        group.MapGet($"/{{id}}/{Form}", ([AsParameters] FactRecorder saying, DossierShowing showing, string id,
            CancellationToken cancellation) => saying.WithAsync(id, async view =>
        {
            var text = FactRecorder.TakenUp(saying.Http, view);
            return view.IsLead ? await ShowAsync(saying.Http, saying.Node, saying.Db, showing, view,
                text is null ? ProposalForm.Of(view) : ProposalForm.Read(UnsavedTexts.FieldsOf(text)), [],
                text is null ? null : UnsavedTexts.TakenUp, cancellation) : saying.To(view, "");
        }, cancellation)).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost($"/{{id}}/{Form}", ([AsParameters] FactRecorder saying, DossierShowing showing, string id,
            CancellationToken cancellation) => saying.WithAsync(id, async view =>
            view.IsLead ? await TakeAsync(saying, showing, view, cancellation) : saying.To(view, ""), cancellation))
                .WithMetadata(new ShowsFormAgain());
    }

    /// <summary>A new one: empty, or with the autosave that the address asks for.</summary>
    private static async Task<IResult> OpenAsync(FactRecorder saying, DossierShowing showing, CancellationToken cancellation)
    {
        var key = saying.Http.Request.Query["saisie"].ToString();
        var text = key.Length == 0 ? null : await UnsavedTexts.FindAsync(saying.Db, saying.Http.User, key, cancellation);
        var form = text is null ? ProposalForm.Empty(saying.Directory, saying.Node.Code, Today(saying.Http))
            : ProposalForm.Read(UnsavedTexts.FieldsOf(text));
        return await ShowAsync(saying.Http, saying.Node, saying.Db, showing, null, form, [],
            text is null ? null : UnsavedTexts.TakenUp, cancellation);
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

        var (proposal, errors) = form.ToProposal(saying.Directory, saying.Node.Code, today, view?.Dossier.Invited ?? []);
        if (proposal is null)
        {
            return await AgainAsync(form, errors, null);
        }

        if (view?.Dossier is { Slot: { } chosen, IsDeclined: false })
        {
            return await AgainAsync(form, [],
                T["Un créneau est déjà choisi : {0}. Reportez d’abord le webinaire pour en proposer d’autres.",
                    DossierWords.SlotWithEnd(chosen, view.Dossier.Proposal.Minutes)]);
        }

        var id = view?.Dossier.Id ?? Subjects.Mint(saying.Node.Code);
        var (people, proposed) = (await saying.PeopleAsync(cancellation), FactRecorder.Fact(JointWebinarFacts.Proposed) with
        {
            Proposal = proposal,
            Corrects = form.Corrects.Length == 0 ? null : form.Corrects,
        });
        if (view is not null && await saying.MeanwhileAsync(view, proposed, people, cancellation) is { } meanwhile)
        {
            return await AgainAsync(form with { Meanwhile = meanwhile }, [], null);
        }

        await saying.RecordAsync(id, proposal.Title, people, [proposed], cancellation);
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
                [nameof(ProposePage.Now)] = http.Now(),
                [nameof(ProposePage.Unsaved)] = (await UnsavedAsync(http, db, view, cancellation))
                    .Where(text => text.Form != form.Key).ToList(),
            }, FormStatus.Of(http, errors, notice, form.Meanwhile));
    }

    /// <summary>Of this proposal, or of new ones.</summary>
    private static async Task<IEnumerable<UnsavedText>> UnsavedAsync(
        HttpContext http, NodeContext db, DossierView? view, CancellationToken cancellation) => view is null
        ? await UnsavedTexts.OfNewAsync(db, http.User, Kinds.JointWebinarFact, cancellation)
        : view.Unsaved.Where(text => text.Form == view.KeyOf(Form, Form));

    private static DateOnly Today(HttpContext http) => DateOnly.FromDateTime(ParisDay.Of(http.Now()));
}
