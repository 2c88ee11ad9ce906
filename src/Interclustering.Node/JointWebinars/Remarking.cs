using Interclustering.Contracts;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>The thread of remarks of a dossier.</summary>
internal static class Remarking
{
    public const string Form = "remarques";
    private const int Longest = 4000;

    public static void MapRemarking(this RouteGroupBuilder group)
    {
        group.MapPost("/{id}/remarques",
            ([AsParameters] FactRecorder saying, DossierShowing showing, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => RemarkAsync(saying, showing, view, cancellation), cancellation))
                .WithMetadata(new ShowsFormAgain());
        group.MapPost("/{id}/remarques/{fact}/retirer",
            ([AsParameters] FactRecorder saying, string id, string fact, CancellationToken cancellation) =>
            saying.WithAsync(id, view => TakeBackAsync(saying, view, fact, cancellation), cancellation));
    }

    private static async Task<IResult> RemarkAsync(
        FactRecorder saying, DossierShowing showing, DossierView view, CancellationToken cancellation)
    {
        var typed = InputFields.Read(Form, await saying.Http.Request.ReadFormAsync(cancellation));
        var text = typed["sentRemark"];
        if (text.Length == 0)
        {
            return saying.To(view, "#remarques");
        }

        if (StaleForm.In(saying.Http) is { } stale)
        {
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view) with { Others = typed }, [],
                stale.Notice, cancellation);
        }

        if (text.Length > Longest)
        {
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view) with { Others = typed },
                [new("sentRemark", T["Une remarque a {0:N0} caractères au plus.", Longest])], null, cancellation);
        }

        return await saying.RecordAsync(view, FactRecorder.Fact(JointWebinarFacts.RemarkMade) with { Text = text }, "#remarques",
            cancellation);
    }

    /// <summary>Its words are erased everywhere.</summary>
    private static async Task<IResult> TakeBackAsync(FactRecorder saying, DossierView view, string fact, CancellationToken cancellation)
    {
        if (view.Dossier.Remarks.Any(said => said.Subject == fact && said.Cluster == view.Own))
        {
            await saying.Editor.EraseAsync(fact, cancellation);
        }

        return saying.To(view, "#remarques");
    }
}
