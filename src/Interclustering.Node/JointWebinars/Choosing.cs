using Interclustering.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>One click chooses a slot. Where two clusters do at once, the hub's order says which counts, everywhere; the other is told.</summary>
internal static class Choosing
{
    public static void MapChoosing(this RouteGroupBuilder group) =>
        group.MapPost("/{id}/creneau", ([AsParameters] Saying saying, string id, CancellationToken cancellation) => saying.WithAsync(id, view => ChooseAsync(saying, view, cancellation), cancellation));

    private static async Task<IResult> ChooseAsync(Saying saying, DossierView view, CancellationToken cancellation)
    {
        var slot = (await saying.Http.Request.ReadFormAsync(cancellation))["slot"].ToString();
        return view.Joins && view.Dossier.Slot is null && view.Dossier.Slots.Any(each => each.Start == slot)
            ? await saying.SayAsync(view, Saying.Fact(JointWebinarFacts.SlotChosen) with { Slot = slot }, "#creneaux", cancellation)
            : saying.To(view, "#creneaux");
    }
}
