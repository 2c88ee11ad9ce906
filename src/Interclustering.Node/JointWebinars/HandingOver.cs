using Interclustering.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>The lead names another cluster that takes part, which leads from then on; it may leave with that.</summary>
internal static class HandingOver
{
    public const string Form = "main";

    public static void MapHandingOver(this RouteGroupBuilder group) =>
        group.MapPost($"/{{id}}/{Form}",
            ([AsParameters] FactRecorder saying, DossierShowing showing, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => HandOverAsync(saying, showing, view, cancellation), cancellation));

    private static async Task<IResult> HandOverAsync(
        FactRecorder saying, DossierShowing showing, DossierView view, CancellationToken cancellation)
    {
        var typed = InputFields.Read(Form, await saying.Http.Request.ReadFormAsync(cancellation));
        if (!view.IsLead || view.Dossier.IsOver)
        {
            return saying.To(view, "");
        }

        if (!view.OtherParticipants.Contains(typed["lead"]))
        {
            return await showing.ShowAsync(saying.Http, saying.Node, saying.Db, view, AnswerForm.Of(view),
                [new("lead", T["Choisissez le cluster qui prend la suite, parmi ceux qui participent."])], null, cancellation);
        }

        await saying.RecordAsync(view, await saying.PeopleAsync(cancellation),
            [.. Facts(view, typed["lead"], leaves: typed.Has("leaves"))], cancellation);
        return saying.To(view, "");
    }

    /// <summary>What the lead still had to do for all goes to the one that follows; what it did for its own members does not.</summary>
    private static IEnumerable<JointWebinarFact> Facts(DossierView view, string to, bool leaves)
    {
        yield return FactRecorder.Fact(JointWebinarFacts.LeadHandedOver) with { Lead = to };
        if (!leaves)
        {
            yield break;
        }

        foreach (var task in view.Dossier.Tasks.Where(task => task.Cluster == view.Own && !task.Done
            && !task.Id.EndsWith($"-{view.Own}", StringComparison.Ordinal)))
        {
            yield return FactRecorder.Fact(JointWebinarFacts.TaskWritten) with { Task = task with { Cluster = to } };
        }

        yield return FactRecorder.Fact(JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) };
    }
}
