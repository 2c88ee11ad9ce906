using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Forms;
using Interclustering.Node.Mail;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>« Webinaires communs »: the dossiers that this cluster shares with others.</summary>
internal static class DossierPages
{
    public const string Path = "/webinaires-communs";

    public static void MapJointWebinars(this RouteGroupBuilder group)
    {
        var dossiers = group.MapGroup(Path);
        dossiers.MapGet("/", ListAsync);
        dossiers.MapProposing();
        dossiers.MapGet("/{id}", ([AsParameters] FactRecorder saying, DossierShowing showing, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view =>
            {
                var text = FactRecorder.TakenUp(saying.Http, view);
                return showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view, text), [],
                    text is null ? null : UnsavedTexts.TakenUp, cancellation);
            }, cancellation));
        dossiers.MapDossierFollowing();
        dossiers.MapAnswering();
        dossiers.MapChoosing();
        dossiers.MapRemarking();
        dossiers.MapPreparing();
        dossiers.MapAnnouncing();
        dossiers.MapFollowingUp();
        dossiers.MapHandingOver();
        dossiers.MapEnding();
    }

    private static async Task<IResult> ListAsync(HttpContext http, NodeInstance node, NodeContext db, FederationDirectory directory,
        CancellationToken cancellation)
    {
        var (people, known) = (await Dossiers.PeopleAsync(db, node.Code, cancellation), await NationalItems.KnownAtAsync(db, cancellation));
        var views = (await Dossiers.ReadAsync(db, node.Code, cancellation))
            .Select(dossier => new DossierView(dossier, node.Code, people, directory, http.Now(), known)).ToList();
        return WorkspacePage.Of<DossiersPage>(http, node, T["Webinaires communs"], new()
        {
            [nameof(DossiersPage.Views)] = views,
            [nameof(DossiersPage.KnownAt)] = known,
            [nameof(DossiersPage.Now)] = http.Now(),
        });
    }
}

/// <summary>Shows a dossier: with its slots as the radar sees them, and what has changed since the reader was here last.</summary>
internal sealed class DossierShowing(NationalAgenda national, SchoolHolidays holidays, FederationDirectory directory)
{
    public async Task<SlotOutlook> OutlookAsync(NodeContext db, string code, DateOnly today, CancellationToken cancellation) =>
        new((await national.ReadAsync(db, code, cancellation)).Engagements, holidays, directory, today);

    public async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, DossierView view, AnswerForm form, IReadOnlyList<FieldError> errors,
            string? notice, CancellationToken cancellation)
    {
        var outlook = await OutlookAsync(db, node.Code, view.Today, cancellation);
        var radars = view.Dossier.Slots.ToDictionary(slot => slot.Start, slot => outlook.On(view.Dossier, slot.Start));
        return WorkspacePage.Of<DossierPage>(http, node, view.Title, new()
        {
            [nameof(DossierPage.View)] = FactRecorder.WithoutShown(http, view),
            [nameof(DossierPage.Mails)] = (await MailAbout.TroublesAsync(db, [MailAbout.Dossier(view.Dossier.Id)], cancellation))
                .SelectMany(mails => mails).ToList(),
            [nameof(DossierPage.Ranked)] = RankedSlot.Of(view.Dossier, slot => (int)radars[slot].Planned.Clash),
            [nameof(DossierPage.Radars)] = radars,
            [nameof(DossierPage.Changes)] = await DossierVisits.ChangesAsync(db, StaffMember.IdOf(http.User), view, cancellation),
            [nameof(DossierPage.Form)] = form,
            [nameof(DossierPage.Errors)] = errors,
            [nameof(DossierPage.Notice)] = notice,
        }, FormStatus.Of(http, errors, notice, form.Meanwhile));
    }
}
