using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>
/// One click chooses a slot; where a cluster said no or nothing, a second one confirms. Where two clusters choose at once, the hub's order
/// says which counts, everywhere; the other is told.
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
        var posted = await saying.Http.Request.ReadFormAsync(cancellation);
        var slot = posted["slot"].ToString();
        if (view.Dossier.Slot is { } chosen && chosen != slot)
        {
            // The page that was pressed on is older than the choice of another cluster.
            var notice = T["Un créneau venait d’être choisi : {0}. Votre choix n’a pas été envoyé.",
                DossierWords.SlotWithEnd(chosen, view.Dossier.Proposal.Minutes)];
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view), [], notice, cancellation);
        }

        if (!view.Joins || view.Dossier.IsOver || view.Dossier.IsDeclined || view.Dossier.Slot is not null
            || RankedSlot.Of(view.Dossier, _ => 0).FirstOrDefault(each => each.Slot.Start == slot) is not { } ranked)
        {
            return saying.To(view, "#creneaux");
        }

        // Those that the member was asked about; one that has said no since is asked about again.
        var despite = posted["despite"].ToString().Split(',');
        var silent = ranked.Silent.Where(code => code != view.Own).ToList();
        var chooses = FactRecorder.Fact(JointWebinarFacts.SlotChosen) with { Slot = slot };
        return ranked.Cannot.Concat(silent).All(despite.Contains)
            ? await saying.RecordAsync(view, chooses, "#creneaux", cancellation)
            : WorkspacePage.Of<ChoosePage>(saying.Http, saying.Node, view.Title, new()
            {
                [nameof(ChoosePage.View)] = view,
                [nameof(ChoosePage.Slot)] = slot,
                [nameof(ChoosePage.Cannot)] = ranked.Cannot,
                [nameof(ChoosePage.Silent)] = silent,
            });
    }
}
