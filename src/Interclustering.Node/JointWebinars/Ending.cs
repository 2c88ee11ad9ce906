using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>Postpones, cancels or closes a joint webinar.</summary>
internal static class Ending
{
    public const string Postpone = "reporter", Cancel = "annuler", Close = "clore";
    private const int Longest = 4000;

    public static void MapEnding(this RouteGroupBuilder group)
    {
        Map(group, Postpone, JointWebinarFacts.Postponed, reasoned: true);
        Map(group, Cancel, JointWebinarFacts.Cancelled, reasoned: true);
        Map(group, Close, JointWebinarFacts.Closed, reasoned: false);
    }

    private static void Map(RouteGroupBuilder group, string path, string fact, bool reasoned) =>
        group.MapPost($"/{{id}}/{path}", ([AsParameters] FactRecorder saying, DossierShowing showing, string id,
            CancellationToken cancellation) => saying.WithAsync(id, async view =>
        {
            var reason = InputText.Clean((await saying.Http.Request.ReadFormAsync(cancellation))["reason"].ToString()).Trim();
            if (reasoned && reason.Length is 0 or > Longest)
            {
                return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view),
                    [new($"reason-{path}", T["Dites pourquoi : les membres lisent cette phrase."])], null, cancellation);
            }

            // What was held is neither put off nor called off.
            return view.Joins && !(reasoned && view.IsHeld) ? await saying.RecordAsync(
                view, FactRecorder.Fact(fact) with { Text = reasoned ? reason : null }, "", cancellation) : saying.To(view, "");
        }, cancellation));
}
