using Interclustering.Contracts;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>A cluster answers a proposal; again, until the deadline.</summary>
internal static class Answering
{
    public static void MapAnswering(this RouteGroupBuilder group) =>
        group.MapPost($"/{{id}}/{AnswerForm.Name}",
            ([AsParameters] FactRecorder saying, DossierShowing showing, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => AnswerAsync(saying, showing, view, cancellation), cancellation))
                .WithMetadata(new ShowsFormAgain());

    private static async Task<IResult> AnswerAsync(
        FactRecorder saying, DossierShowing showing, DossierView view, CancellationToken cancellation)
    {
        var form = AnswerForm.Read(await saying.Http.Request.ReadFormAsync(cancellation), view);
        if (StaleForm.In(saying.Http) is { } stale)
        {
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, form, [], stale.Notice, cancellation);
        }

        var people = await saying.PeopleAsync(cancellation);
        var (facts, errors) = form.ToFacts(lines => view.IdsOf(lines, people));
        if (view.IsLead && form.Joins == JoinAnswers.No)
        {
            errors = [.. errors, new("joins", T["Votre cluster conduit ce webinaire : passez d’abord la main à un cluster qui participe, "
                + "ou mettez fin au dossier, plus bas sur cette page."])];
        }

        if (errors.Count > 0)
        {
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, form, errors, null, cancellation);
        }

        if (await saying.MeanwhileAsync(view, facts[^1], people, cancellation) is { } meanwhile)
        {
            return await showing.ShowAsync(
                saying.Http, saying.Node, saying.Db, view, form with { Meanwhile = meanwhile }, [], null, cancellation);
        }

        await saying.RecordAsync(view, people, facts, cancellation);
        return saying.To(view, "");
    }
}
