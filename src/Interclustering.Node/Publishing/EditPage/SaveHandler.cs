using System.Globalization;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files.Previews;
using Interclustering.Node.Audit;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Mapping;
using Interclustering.Node.Publishing.Preview;
using Interclustering.Node.Publishing.Revisions;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Takes a form that was sent: shows it again with what was asked for, or keeps a draft, schedules, or publishes.</summary>
internal sealed record SaveHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicationEditor Editor,
    [FromServices] FormFiles Files, [FromServices] FederationDirectory Directory)
{
    private string By => Http.User.Identity?.Name ?? "";

    public async Task<IResult> SaveAsync(string kind, string? id, CancellationToken cancellation)
    {
        var copy = await OwnPublications.FindAsync(Db, kind, id, cancellation);
        var posted = await Http.Request.ReadFormAsync(cancellation);
        var (form, known) = (ItemForm.Read(kind, posted), copy is null ? null : (PublishedItem)PublicationText.Read(kind, copy.Data));
        var wrong = kind == Kinds.BestPractice
            ? await Files.ReadAsync(posted, form, known, accept: StaleForm.In(Http) is null, cancellation) : [];
        if (StaleForm.In(Http) is { } stale)
        {
            return Show(new(copy, form) { Notice = stale.Notice });
        }

        if (id is not null && copy is null)
        {
            return posted.ContainsKey("title") ? Deleted(form) : OwnPublications.Missing(Http, Node);
        }

        if (DateOnly.TryParseExact(form["slot"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && form.Sessions.Count > 0)
        {
            form.Sessions[0] = form.Sessions[0] with { Date = form["slot"], EndDate = "" };
            return Show(new(copy, form));
        }

        switch (form["do"])
        {
            case "radar":
                return Show(new(copy, form));
            case "repeat":
                return Show(new(copy, form) { Errors = ErrorsOf(form, known, RepeatErrors) });
            case "files":
                return Show(new(copy, form) { Errors = wrong });
            case "session":
                form.Sessions.Add(new SessionInput());
                return Show(new(copy, form));
            case "publish" or "draft" or "schedule":
                return await StoreAsync(copy, form, known, wrong, cancellation);
            default:
                return Show(new(copy, form)
                {
                    Errors = wrong,
                    Preview = true,
                    Place = await PreviewAsync(form, copy?.Subject, known, cancellation),
                    Notice = T["Voici l’aperçu, sous la présentation. Rien n’a encore été enregistré."],
                });
        }
    }

    private static readonly string[] RepeatErrors = ["repeat", "date-0", "start-0", "end-0", "endDate-0"];

    private IReadOnlyList<FieldError> ErrorsOf(ItemForm form, PublishedItem? known, string[] fields)
    {
        var reading = Reading(form);
        reading.Read(draft: true, known, _ => []);
        return [.. reading.Errors.Where(error => fields.Contains(error.Field))];
    }

    /// <summary>Null where something is still missing, and where the hub does not answer.</summary>
    private async Task<PreviewPlace?> PreviewAsync(ItemForm form, string? subject, PublishedItem? known, CancellationToken cancellation)
    {
        var people = await NamedPeople.LoadAsync(Db, Node.Code, cancellation);
        return Http.RequestServices.GetService<NationalPreview>() is { } national && Reading(form)
            .Read(draft: false, known, field => people.IdsOf(form[field], NamedIn(known))) is { } item
            ? await national.AskAsync(Node, subject, item, people.In([.. NamedIn(item)]), cancellation)
            : null;
    }

    private FormReading Reading(ItemForm form) =>
        new(form, [.. Directory.Clusters.Select(cluster => cluster.Code).Where(code => code != Node.Code)]);

    private async Task<IResult> StoreAsync(WorkingCopy? copy, ItemForm form, PublishedItem? known, IReadOnlyList<FieldError> wrong,
        CancellationToken cancellation)
    {
        var mayDraft = copy is null or { State: PublicationState.Draft };
        var (draft, at) = (form["do"] == "draft" && mayDraft, (DateTime?)null);
        if (form["do"] == "schedule" && mayDraft)
        {
            (at, var error) = ScheduleField.Read(form, Http.Now());
            wrong = error is null ? wrong : [.. wrong, error];
        }

        var people = await NamedPeople.LoadAsync(Db, Node.Code, cancellation);
        var reading = Reading(form);
        if (reading.Read(draft, known, field => people.IdsOf(form[field], NamedIn(known))) is not { } item || wrong.Count > 0
            || people.Wrong is not null)
        {
            return Show(new(copy, form) { Errors = [.. reading.Errors, .. wrong, .. WrongNames(form, people)] });
        }

        try
        {
            var saved = await WriteAsync(people, copy?.Subject, item, form.Version, draft || at is not null, at, cancellation);
            await UnsavedTexts.DropAsync(Db, Http.User, form["form"], cancellation);
            await Http.NoteAsync(Db, draft ? AuditedActions.Saved : at is null
                ? AuditedActions.Published : AuditedActions.Scheduled, item.Title, cancellation);
            if (form["do"] == "publish" && form["hold"].Length > 0 && await Holds.FindAsync(Db, form["hold"], cancellation) is { } own)
            {
                await Editor.WithdrawAsync(own.Copy.Subject, reason: null, By, cancellation);
            }

            return Results.LocalRedirect(
                Language.To($"/espace/{Node.Code}{(draft ? Addresses.Edit(form.Kind, saved.Subject) : $"/publications/{saved.Subject}")}"));
        }
        catch (ContentRefusedException refused)
        {
            return Show(new(copy, form) { Errors = [.. FormProblems.Of(refused)] });
        }
        catch (EntryTooLargeException)
        {
            return Show(new(copy, form)
            {
                Errors = [new("text", T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])]
            });
        }
        catch (EditedMeanwhileException)
        {
            return await OwnPublications.FindAsync(Db, form.Kind, copy?.Subject, cancellation) is { } current
                ? await MeanwhileAsync(current, form, people, cancellation)
                : Deleted(form);
        }
    }

    private static IEnumerable<FieldError> WrongNames(ItemForm form, NamedPeople people) =>
        people.Wrong is { } wrong ? [new(form.Kind == Kinds.BestPractice ? "contacts" : "speakers", wrong)] : [];

    /// <summary>Both texts, and the choice. The typed one is autosaved as well, in case the other is taken.</summary>
    private async Task<IResult> MeanwhileAsync(WorkingCopy current, ItemForm form, NamedPeople people, CancellationToken cancellation)
    {
        form.Version = current.Version;
        if (await KeptForm.TakeAsync(Http.Request) is { } typed)
        {
            await UnsavedTexts.KeepAsync(Db, new UnsavedText
            {
                Member = UnsavedTexts.MemberOf(Http.User),
                Form = current.Subject,
                Kind = form.Kind,
                SavedAt = Http.Now(),
                Title = form["title"],
                Fields = UnsavedText.Write(typed.Fields.Select(field => KeyValuePair.Create(field.Key, InputText.Clean(field.Value)))),
            }, cancellation);
        }

        var (mine, other) = (TextFields.Of(form), TextFields.Of(FormFilling.Of(current, people.LineOf)));
        return Show(new(current, form)
        {
            Other = current,
            Apart = [.. other.Zip(mine).Where(pair => pair.First.Text != pair.Second.Text)
                .Select(pair => (pair.First.Label, pair.First.Text, pair.Second.Text))],
        });
    }

    /// <summary>It was deleted during the edit: the typed text can be saved as a new publication.</summary>
    private IResult Deleted(ItemForm form)
    {
        form.Version = 0;
        return Show(new(null, form)
        {
            WasDeleted = true,
            Notice =
            T["Quelqu’un l’a supprimé entre-temps. Votre texte est là : enregistré maintenant, il devient une nouvelle publication."]
        });
    }

    private static IReadOnlyList<string> NamedIn(PublishedItem? item) => item switch
    {
        Event happening => happening.Speakers,
        BestPractice sheet => [.. sheet.Contacts, .. sheet.Owner is { } owner ? [owner] : Array.Empty<string>()],
        _ => [],
    };

    private async Task<Saved> WriteAsync(
        NamedPeople people, string? id, PublishedItem item, long version, bool draft, DateTime? publishAt, CancellationToken cancellation)
    {
        if (!draft)
        {
            return (await Editor.PublishManyAsync([.. people.Added, (id, item)], By, version, cancellation))[^1];
        }

        // They are journaled with the first publication that names them: a draft reveals no person.
        foreach (var (person, added) in people.Added)
        {
            await Editor.SaveDraftAsync(person, added, By, expected: 0, cancellation);
        }

        return await Editor.SaveDraftAsync(id, item, By, version, cancellation, publishAt);
    }

    private IResult Show(ShownForm shown)
    {
        // Which of the buttons was pressed is no part of what was typed.
        shown.Form["do"] = "";
        return Editing.Page(Http, Node, shown);
    }
}
