using System.Globalization;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files.Previews;
using Interclustering.Node.Audit;
using Interclustering.Node.DateHolds;
using Interclustering.Node.Duplicates;
using Interclustering.Node.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.EventChanges;
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
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>Takes a form that was sent: shows it again with what was asked for, or keeps a draft, schedules, or publishes.</summary>
internal sealed record SaveHandler(
    HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db, [FromServices] PublicationEditor Editor,
    [FromServices] FormFiles Files, [FromServices] FederationDirectory Directory)
{
    private static readonly TimeSpan SecondPress = TimeSpan.FromMinutes(30);

    private string By => Http.User.Identity?.Name ?? "";

    public async Task<IResult> SaveAsync(string kind, string? id, CancellationToken cancellation)
    {
        var copy = await OwnPublications.FindAsync(Db, kind, id, cancellation);
        var posted = await Http.Request.ReadFormAsync(cancellation);
        var (form, known) = (ItemForm.Read(kind, posted), copy is null ? null : (PublishedItem)PublicationText.Read(kind, copy.Data));
        var wrong = kind == Kinds.BestPractice
            ? await Files.ReadAsync(posted, form, known, accept: StaleForm.In(Http) is null, cancellation) : [];
        if (form["placeName"].Length > 0 && (known as Event)?.Place?.Name != form["placeName"])
        {
            (await UsedPlaces.LoadAsync(Db, cancellation)).Complete(form);
        }

        if (StaleForm.In(Http) is { } stale)
        {
            return Show(new(copy, form) { Notice = stale.Notice });
        }

        if (id is not null && copy is null)
        {
            return posted.ContainsKey("title") ? Deleted(form) : OwnPublications.Missing(Http, Node);
        }

        if (id is null && await OfFormAsync(form, cancellation) is { } earlier)
        {
            return Again(earlier, form);
        }

        if (DateOnly.TryParseExact(form["slot"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var slot)
            && form.Sessions.Count > 0)
        {
            form.Sessions[0] = form.Sessions[0].On(slot);
            return Show(new(copy, form));
        }

        switch (form["do"])
        {
            case "radar":
                return Show(new(copy, form));
            case "repeat":
                return Show(new(copy, form) { Errors = ErrorsOf(form, known, RepeatErrors), Opened = Fields.Dates });
            case "files":
                return Show(new(copy, form) { Errors = wrong, Opened = Fields.Files });
            case "session":
                form.Sessions.Add(new SessionInput());
                return Show(new(copy, form) { Opened = Fields.Dates });
            case SaveActions.Another:
                return Show(Another(form));
            case SaveActions.Publish or SaveActions.Draft or SaveActions.Schedule or SaveActions.Reschedule or SaveActions.Correct:
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
        new(form, [.. Directory.Clusters.Select(cluster => cluster.Code).Where(code => code != Node.Code)], ParisDay.Of(Http.Now()));

    private async Task<IResult> StoreAsync(WorkingCopy? copy, ItemForm form, PublishedItem? known, IReadOnlyList<FieldError> wrong,
        CancellationToken cancellation)
    {
        var mayDraft = copy is null or { State: PublicationState.Draft };
        var (draft, at) = (form["do"] == SaveActions.Draft && mayDraft, (DateTime?)null);
        form["status"] = form["do"] == SaveActions.Reschedule ? EventStatus.Rescheduled : form["status"];
        if (form["do"] == SaveActions.Schedule && mayDraft)
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

        if (copy is { State: PublicationState.Published } && (known, item) is (Event before, Event now))
        {
            if (Rescheduling.HasNoNewDate(before, now))
            {
                return Show(new(copy, form) { Errors = [new("date-0", Rescheduling.NoNewDate)] });
            }

            if (form["do"] == SaveActions.Publish && Rescheduling.IsUnsaid(before, now, DateOnly.FromDateTime(ParisDay.Of(Http.Now()))))
            {
                return Show(new(copy, form)
                {
                    NewDate = new(Moments.Start(before.Sessions[0].Start), Moments.Start(now.Sessions[0].Start)),
                });
            }

            item = form["do"] == SaveActions.Correct ? now with { PreviousStart = before.PreviousStart } : item;
        }

        if (copy is null && await SameAsync(form.Kind, item, cancellation) is { } same)
        {
            if (draft || same.State == PublicationState.Published)
            {
                return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{same.Subject}"));
            }

            // The draft that it was saved as becomes what is published.
            (copy, form.Version) = (same, same.Version);
        }

        try
        {
            var subject = copy?.Subject ?? await UnusedAsync(form, cancellation);
            var saved = await WriteAsync(people, subject, item, form.Version, draft || at is not null, at, cancellation);
            await UnsavedTexts.DropAsync(Db, Http.User, form["form"], cancellation);
            await Http.NoteAsync(Db, draft ? AuditedActions.Saved : at is null
                ? AuditedActions.Published : AuditedActions.Scheduled, item.Title, cancellation);
            if (!draft && at is null)
            {
                await OtherEvents.RememberAsync(Db, Editor, Node.Code, saved.Subject, form, By, cancellation);
            }

            if (form["do"] == SaveActions.Publish && form["hold"].Length > 0
                && await Holds.FindAsync(Db, form["hold"], cancellation) is { } own)
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
        catch (EditedMeanwhileException) when (copy is null)
        {
            return await OfFormAsync(form, cancellation) is { } earlier ? Again(earlier, form) : Deleted(form);
        }
        catch (EditedMeanwhileException)
        {
            return await OwnPublications.FindAsync(Db, form.Kind, copy?.Subject, cancellation) is { } current
                ? await MeanwhileAsync(current, form, people, cancellation)
                : Deleted(form);
        }
    }

    /// <summary>What this form of something new has become before: it was sent twice.</summary>
    private async Task<WorkingCopy?> OfFormAsync(ItemForm form, CancellationToken cancellation) =>
        UnsavedTexts.SubjectOf(form["form"], Node.Code) is { } subject
            ? await OwnPublications.FindAsync(Db, form.Kind, subject, cancellation) : null;

    /// <summary>
    /// What this member has made of the same text just now: without a script « Back » gives the form another key, and its text remains.
    /// </summary>
    private Task<WorkingCopy?> SameAsync(string kind, PublishedItem item, CancellationToken cancellation)
    {
        var (text, since) = (PublicationText.Of(item), Http.Now() - SecondPress);
        return Db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Kind == kind && row.EditedBy == By && row.CreatedAt > since
            && row.State != PublicationState.Withdrawn && row.Data == text, cancellation);
    }

    /// <summary>The id that this form gives; null, for another, where it was used by what is erased since.</summary>
    private async Task<string?> UnusedAsync(ItemForm form, CancellationToken cancellation) =>
        UnsavedTexts.SubjectOf(form["form"], Node.Code) is { } subject
            && !await Db.Publications.AnyAsync(row => row.Journal == Node.Code && row.Subject == subject
                && !Db.WorkingCopies.Any(copy => copy.Subject == subject), cancellation) ? subject : null;

    /// <summary>What was typed since then is a correction of it, and is shown as one.</summary>
    private IResult Again(WorkingCopy earlier, ItemForm form)
    {
        (form["form"], form.Version) = (earlier.Subject, earlier.Version);
        return Show(new(earlier, form)
        {
            Notice = T["C’est déjà enregistré, et n’a pas été fait deux fois. Voici ce que vous venez d’envoyer : publiez-le pour "
                + "corriger."],
        });
    }

    /// <summary>What was typed into the form of another event, as a form of its own.</summary>
    private static ShownForm Another(ItemForm form)
    {
        (form["form"], form.Version, form["status"], form["statusReason"]) = (UnsavedTexts.NewKey(), 0, EventStatus.Confirmed, "");
        var sessions = form.Sessions.Select(session => session with { Id = "" }).ToList();
        form.Sessions.Clear();
        form.Sessions.AddRange(sessions);
        return new ShownForm(null, form) { Notice = T["Un nouvel événement, avec ce que vous avez écrit. Celui d’avant ne change pas."] };
    }

    private static IEnumerable<FieldError> WrongNames(ItemForm form, NamedPeople people) =>
        people.Wrong is { } wrong ? [new(form.Kind == Kinds.BestPractice ? "contacts" : "speakers", wrong)] : [];

    /// <summary>Both texts, and the choice. The typed one is autosaved as well, in case the other is taken.</summary>
    private async Task<IResult> MeanwhileAsync(WorkingCopy current, ItemForm form, NamedPeople people, CancellationToken cancellation)
    {
        form.Version = current.Version;
        if (await KeptForm.TakeAsync(Http.Request) is { } typed)
        {
            await UnsavedTexts.KeepAsync(Db, Http.User, form.Kind, current.Subject, typed, Http.Now(), cancellation);
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
