using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>What stays of a joint webinar: its replay, and a best-practice sheet that the co-organisers write together.</summary>
internal static class FollowingUp
{
    public const string Replay = "apres", Sheet = "fiche";
    private const int LongestQuestions = 20_000, LongestText = 60_000;

    public static void MapFollowingUp(this RouteGroupBuilder group)
    {
        Map<ReplayPage>(group, Replay, PublishReplayAsync);
        group.MapPost($"/{{id}}/{Replay}/retirer", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => TakeReplayBackAsync(saying, view, cancellation), cancellation));
        Map<SheetDraftPage>(group, Sheet, WriteSheetAsync);
    }

    private static void Map<TPage>(
        RouteGroupBuilder group, string page, Func<FactRecorder, DossierView, CancellationToken, Task<IResult>> take)
    {
        group.MapGet($"/{{id}}/{page}", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, saying.OpenAnnounced<TPage>, cancellation));
        group.MapPost($"/{{id}}/{page}", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => take(saying, view, cancellation), cancellation)).WithMetadata(new ShowsFormAgain());
    }

    private static async Task<IResult> PublishReplayAsync(FactRecorder saying, DossierView view, CancellationToken cancellation)
    {
        var typed = InputFields.Read(Replay, await saying.Http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(saying.Http) is { } stale)
        {
            return saying.ShowAnnounced<ReplayPage>(view, typed, [], stale.Notice);
        }

        var slides = LinkLines.Read(typed["slides"]);
        FieldError?[] errors = [
            view.IsHeld ? typed.NoAddress("url", needed: true) : new FieldError("url", TooEarly(view)),
            typed.TooLong("questions", LongestQuestions),
            slides is null
                ? new FieldError("slides", T["Une de ces adresses ne convient pas : chacune commence par https://, une par ligne."]) : null,
        ];
        if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong)
        {
            return saying.ShowAnnounced<ReplayPage>(view, typed, wrong, null);
        }

        var given = FactRecorder.Fact(JointWebinarFacts.ReplayPublished) with
        {
            Replay = new Replay(typed["url"]) { Slides = slides!, Questions = typed.Text("questions") },
            Corrects = typed.Text("corrects"),
        };
        return await saying.MeanwhileAsync(view, given, await saying.PeopleAsync(cancellation), cancellation) is { } meanwhile
            ? saying.ShowAnnounced<ReplayPage>(view, typed with { Meanwhile = meanwhile }, [], null)
            : await saying.RecordAsync(view, given, "/apres", cancellation);
    }

    /// <summary>A sentence for a replay before the webinar.</summary>
    public static string TooEarly(DossierView view) => view.Dossier.Slot is { } slot
        ? T["Le webinaire n’a pas encore eu lieu : {0}. Le replay se met en ligne ensuite.",
            DossierWords.SlotWithEnd(slot, view.Dossier.Proposal.Minutes)]
        : T["Le webinaire n’a pas encore eu lieu : sa date est à fixer. Le replay se met en ligne ensuite."];

    private static async Task<IResult> TakeReplayBackAsync(FactRecorder saying, DossierView view, CancellationToken cancellation) =>
        view is { Joins: true, Dossier: { Replay: not null, IsOver: false } }
            ? await saying.RecordAsync(view, FactRecorder.Fact(JointWebinarFacts.ReplayWithdrawn) with
            {
                Corrects = view.Latest(FactRecorder.Fact(JointWebinarFacts.ReplayWithdrawn))?.Subject,
            }, "/apres", cancellation)
            : saying.To(view, "/apres");

    private static async Task<IResult> WriteSheetAsync(FactRecorder saying, DossierView view, CancellationToken cancellation)
    {
        var typed = InputFields.Read(Sheet, await saying.Http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(saying.Http) is { } stale)
        {
            return saying.ShowAnnounced<SheetDraftPage>(view, typed, [], stale.Notice);
        }

        FieldError?[] errors = [
            typed["title"].Length is > 0 and <= 200
                ? null : new FieldError("title", T["Donnez un titre à la fiche, de 200 caractères au plus."]),
            typed.TooLong("summary", 500), typed.TooLong("text", LongestText),
        ];
        if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong)
        {
            return saying.ShowAnnounced<SheetDraftPage>(view, typed, wrong, null);
        }

        var draft = new SheetDraft(typed["title"])
        {
            Summary = typed.Text("summary"),
            Text = typed.Text("text"),
            Corrects = typed.Text("corrects")
        };
        var (drafted, people) = (FactRecorder.Fact(JointWebinarFacts.SheetDrafted) with { Draft = draft },
            await saying.PeopleAsync(cancellation));
        if (await saying.MeanwhileAsync(view, drafted, people, cancellation) is { } meanwhile)
        {
            return saying.ShowAnnounced<SheetDraftPage>(view, typed with { Meanwhile = meanwhile }, [], null);
        }

        try
        {
            await saying.RecordAsync(view, people, [drafted], cancellation);
            return typed["do"] == "publish" ? await PublishSheetAsync(saying, view, draft, cancellation) : saying.To(view, "/fiche");
        }
        catch (ContentRefusedException refused)
        {
            return saying.ShowAnnounced<SheetDraftPage>(view, typed,
                [.. refused.Problems.Select(problem => new FieldError(problem.At.Split('/')[^1], ContentWords.Of(problem)))], null);
        }
        catch (EntryTooLargeException)
        {
            return saying.ShowAnnounced<SheetDraftPage>(view, typed,
                [new("text", T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])], null);
        }
    }

    /// <summary>This cluster's sheet, in the name of all; where it has published one already, that one is brought up to date.</summary>
    private static async Task<IResult> PublishSheetAsync(
        FactRecorder saying, DossierView view, SheetDraft draft, CancellationToken cancellation)
    {
        var known = view.Dossier.Sheets.LastOrDefault(sheet => Subjects.OwnerOf(sheet) == view.Own);
        var saved = await saying.Editor.PublishAsync(known, new BestPractice
        {
            Nonce = "",
            Title = draft.Title,
            Summary = draft.Summary,
            Text = draft.Text,
            Themes = view.Dossier.Proposal.Themes,
            Audiences = view.Dossier.Proposal.Audiences,
            CoOrganisers = [.. view.Dossier.Participants.Where(code => code != view.Own)],
            Related = [view.Dossier.Id],
            ReviewedOn = DateWords.Iso(view.Today),
            ReviewBy = DateWords.Iso(view.Today.AddYears(1)),
        }, saying.Http.User.Identity?.Name ?? "", cancellation);
        if (known is null)
        {
            await saying.RecordAsync(view, await saying.PeopleAsync(cancellation),
                [FactRecorder.Fact(JointWebinarFacts.SheetLinked) with { Sheet = saved.Subject }], cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{saying.Node.Code}/publications/{saved.Subject}"));
    }
}
