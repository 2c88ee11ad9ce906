using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Workspace;
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
            var typed = InputFields.Read(path, await saying.Http.Request.ReadFormAsync(cancellation));
            Task<IResult> AgainAsync(IReadOnlyList<FieldError> errors, string? notice) => showing.ShowAsync(
                saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view) with { Others = typed }, errors, notice, cancellation);

            if (StaleForm.In(saying.Http) is { } stale)
            {
                return await AgainAsync([], stale.Notice);
            }

            if (reasoned && typed["reason"].Length is 0 or > Longest)
            {
                return await AgainAsync([new($"reason-{path}", T["Dites pourquoi : les membres lisent cette phrase."])], null);
            }

            // What was held is neither put off nor called off.
            return view.Joins && !(reasoned && view.IsHeld) ? await saying.RecordAsync(
                view, FactRecorder.Fact(fact) with { Text = reasoned ? typed["reason"] : null }, "", cancellation) : saying.To(view, "");
        }, cancellation)).WithMetadata(new ShowsFormAgain());
}
