using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Agreements;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.PublicationStatus;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.CoOrganisers;

/// <summary>Co-organisers are asked: what each answers, what the owner answers, and corrections, taken over field by field.</summary>
internal static class CoOrganiserPages
{
    public static void MapCoOrganisers(this RouteGroupBuilder group)
    {
        const string Corrections = "/national/lire/{id}/corrections";
        group.MapPost("/national/lire/{id}/co-organisation",
            ([AsParameters] CoOrganiserHandler form, string id, CancellationToken cancellation) => form.AnswerAsync(id, cancellation));
        group.MapGet(Corrections,
            ([AsParameters] CoOrganiserHandler form, string id, CancellationToken cancellation) => form.OpenAsync(id, cancellation))
            .WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost(Corrections,
            ([AsParameters] CoOrganiserHandler form, string id, CancellationToken cancellation) => form.ProposeAsync(id, cancellation))
            .WithMetadata(new ShowsFormAgain());
        group.MapPost("/publications/{id}/co-organisateurs",
            ([AsParameters] CoOrganiserHandler form, string id, CancellationToken cancellation) => form.DecideAsync(id, cancellation));
    }
}

/// <summary>Carries out what is said of co-organisers.</summary>
internal sealed record CoOrganiserHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicationEditor Editor,
    [FromServices] NationalItems Items, [FromServices] TimeProvider Clock)
{
    private string By => Http.User.Identity?.Name ?? "";

    /// <summary>This cluster answers for itself.</summary>
    public async Task<IResult> AnswerAsync(string id, CancellationToken cancellation)
    {
        if (await OfOtherAsync(id, cancellation) is not { } item)
        {
            return Missing();
        }

        var posted = await Http.Request.ReadFormAsync(cancellation);
        var answer = posted["do"].ToString() switch
        {
            OwnPartSection.Agree or OwnPartSection.Ask => CoOrganisationAnswers.Agreed,
            OwnPartSection.Decline or OwnPartSection.Leave => CoOrganisationAnswers.Declined,
            _ => null,
        };
        if (answer is not null)
        {
            var known = await NodeAgreements.ReadAsync(Db, cancellation);
            await Statements.SayOwnPartAsync(Editor, known, Node.Code, id, answer, By, cancellation);
            await Http.NoteAsync(Db, answer == CoOrganisationAnswers.Agreed ? AuditedActions.CoOrganisationAgreed
                : AuditedActions.CoOrganisationDeclined, item.Title, cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/national/lire/{id}#co-organisation"));
    }

    public async Task<IResult> OpenAsync(string id, CancellationToken cancellation) =>
        await AgreedAsync(id, cancellation) is { } item
            ? Page(item, CorrectionsForm.Of((Event)item.Publication,
                (await NodeAgreements.ReadAsync(Db, cancellation)).OfCoOrganiser(id, Node.Code)?.Said.Corrections), [])
            : Missing();

    public async Task<IResult> ProposeAsync(string id, CancellationToken cancellation)
    {
        if (await AgreedAsync(id, cancellation) is not { } item)
        {
            return Missing();
        }

        var form = CorrectionsForm.Read((Event)item.Publication, await Http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(Http) is { } stale)
        {
            return Page(item, form, [], stale.Notice);
        }

        var (said, errors) = form.ToCorrections((Event)item.Publication);
        if (said is null)
        {
            return Page(item, form, errors);
        }

        try
        {
            var known = await NodeAgreements.ReadAsync(Db, cancellation);
            await Statements.SayOwnPartAsync(Editor, known, Node.Code, id, CoOrganisationAnswers.Agreed, By, cancellation, said);
            await Http.NoteAsync(Db, AuditedActions.CorrectionsProposed, item.Title, cancellation);
            return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/national/lire/{id}#co-organisation"));
        }
        catch (ContentRefusedException refused)
        {
            return Page(item, form, [.. FormProblems.Of(refused)]);
        }
    }

    /// <summary>The owner answers a request, or takes over what was proposed.</summary>
    public async Task<IResult> DecideAsync(string id, CancellationToken cancellation)
    {
        var copy = await OwnPublications.FindAsync(Db, id, cancellation);
        if (copy is not { State: PublicationState.Published } || PublicationText.Read(copy.Kind, copy.Data) is not Event item)
        {
            return OwnPublications.Missing(Http, Node);
        }

        var posted = await Http.Request.ReadFormAsync(cancellation);
        var known = await NodeAgreements.ReadAsync(Db, cancellation);
        var state = CoOrganiserState.Of(known, id, item, InputText.Clean(posted["cluster"].ToString()));
        var fields = posted["field"].OfType<string>().ToList();
        var revision = long.TryParse(posted["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        if (posted["do"] == CoOrganisersSection.TakeOver && state.Corrections is not null && revision != state.Said!.Revision)
        {
            return await AgainAsync(copy, [new FieldError("co-organisateurs",
                T["Les corrections ont changé entre-temps : regardez-les, puis choisissez."])], cancellation);
        }

        var change = (posted["do"].ToString(), state) switch
        {
            (CoOrganisersSection.Accept, { Step: CoOrganiserStep.Asks }) =>
                item with { CoOrganisers = [.. item.CoOrganisers, state.Cluster] },
            (CoOrganisersSection.TakeOver, { Corrections: { } corrections }) => Corrections.Taken(item, corrections, fields),
            _ => item,
        };
        var version = long.TryParse(posted["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        try
        {
            var isReviewed = change != item && await ReviewRule.IsRequiredAsync(Db, cancellation);
            if (isReviewed && !await KeptForReview.KeepAsync(Http, Node, Db, copy, Rescheduled(item, change), version, cancellation))
            {
                return await AgainAsync(copy, [new FieldError("co-organisateurs",
                    T["Un brouillon d’une modification attend déjà : publiez-le ou abandonnez-le d’abord."])], cancellation);
            }

            if (change != item && !isReviewed)
            {
                await Editor.PublishManyAsync([(id, Rescheduled(item, change))], By, version, cancellation);
                await Http.NoteAsync(Db, AuditedActions.Published, change.Title, cancellation);
            }

            await SayAsync(known, id, state, posted["do"].ToString(), revision, cancellation);
            var part = isReviewed ? "relecture" : "co-organisateurs";
            return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{id}#{part}"));
        }
        catch (EntryTooLargeException)
        {
            return await AgainAsync(copy, [new FieldError("co-organisateurs",
                T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])], cancellation);
        }
        catch (ContentRefusedException refused)
        {
            return await AgainAsync(copy, [.. refused.Problems.Select(problem =>
                new FieldError("co-organisateurs", ContentWords.InWords(problem)))], cancellation);
        }
        catch (EditedMeanwhileException)
        {
            return await OnePublication.EditedMeanwhileAsync<PublicationPage>(
                Http, Node, Db, Clock, id, new ChangeForm(version), "co-organisateurs", cancellation);
        }
    }

    /// <summary>A day that changes is said to be another date, as everywhere.</summary>
    private static Event Rescheduled(Event before, Event now) => before.Sessions[0].Start[..10] == now.Sessions[0].Start[..10] ? now
        : now with { Status = EventStatus.Rescheduled, PreviousStart = before.Sessions[0].Start };

    private Task SayAsync(Content.Agreements.EventAgreements known, string id, CoOrganiserState state, string action, long revision,
        CancellationToken cancellation) => action switch
        {
            CoOrganisersSection.Refuse when state.Step == CoOrganiserStep.Asks =>
                Statements.SayOfOtherAsync(Editor, known, id, state.Cluster, CoOrganisationAnswers.Declined, null, By, cancellation),
            CoOrganisersSection.TakeOver or CoOrganisersSection.Leave when state.Corrections is not null && revision > 0 =>
                Statements.SayOfOtherAsync(Editor, known, id, state.Cluster, CoOrganisationAnswers.Agreed, revision, By, cancellation),
            _ => Task.CompletedTask,
        };

    private Task<IResult> AgainAsync(WorkingCopy copy, IReadOnlyList<FieldError> errors, CancellationToken cancellation) =>
        OnePublication.PageAsync<PublicationPage>(Http, Node, Db, Clock, copy, new ChangeForm(copy.Version), cancellation, errors);

    private async Task<NationalItem?> OfOtherAsync(string id, CancellationToken cancellation) =>
        await Items.FindAsync(Db, Node.Code, id, cancellation) is { Publication: Event, IsJoint: false } item
            && item.Cluster.Code != Node.Code ? item : null;

    /// <summary>Only who is a co-organiser proposes corrections.</summary>
    private async Task<NationalItem?> AgreedAsync(string id, CancellationToken cancellation) =>
        await OfOtherAsync(id, cancellation) is { } item && CoOrganiserState.Of(await NodeAgreements.ReadAsync(Db, cancellation), id,
            (Event)item.Publication, Node.Code).Step == CoOrganiserStep.Agreed ? item : null;

    private IResult Page(NationalItem item, CorrectionsForm form, IReadOnlyList<FieldError> errors, string? notice = null) =>
        WorkspacePage.Of<CorrectionsPage>(Http, Node, T["Proposer des corrections"], new()
        {
            [nameof(CorrectionsPage.Item)] = item,
            [nameof(CorrectionsPage.Form)] = form,
            [nameof(CorrectionsPage.Errors)] = errors,
            [nameof(CorrectionsPage.Notice)] = notice,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity
            : notice is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private IResult Missing() => WorkspacePage.Missing(Http, Node, T["Introuvable"],
        T["Aucun événement d’un autre cluster, auquel votre cluster participe, n’a cette adresse."]);
}
