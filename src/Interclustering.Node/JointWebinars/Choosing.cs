using Interclustering.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>
/// One click chooses a slot. Where two clusters do at once, the hub's order says which counts, everywhere; the other is told.
/// </summary>
internal static class Choosing
{
    public static void MapChoosing(this RouteGroupBuilder group) =>
        group.MapPost("/{id}/creneau",
            ([AsParameters] FactRecorder saying, DossierShowing showing, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => ChooseAsync(saying, showing, view, cancellation), cancellation));

    private static async Task<IResult> ChooseAsync(
        FactRecorder saying, DossierShowing showing, DossierView view, CancellationToken cancellation)
    {
        var slot = (await saying.Http.Request.ReadFormAsync(cancellation))["slot"].ToString();
        if (view.Dossier.Slot is { } chosen && chosen != slot)
        {
            // The page that was pressed on is older than the choice of another cluster.
            var notice = T["Un créneau venait d’être choisi : {0}. Votre choix n’a pas été envoyé.",
                DossierWords.SlotWithEnd(chosen, view.Dossier.Proposal.Minutes)];
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view), [], notice, cancellation);
        }

        return view.Joins && view.Dossier.Slot is null && view.Dossier.Slots.Any(each => each.Start == slot)
            ? await saying.RecordAsync(view, FactRecorder.Fact(JointWebinarFacts.SlotChosen) with { Slot = slot }, "#creneaux",
                cancellation)
            : saying.To(view, "#creneaux");
    }
}
