using System.Globalization;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files.Previews;
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
using Interclustering.Node.Publishing.Reviews;
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
    private DraftStanding standing = DraftStanding.New;

    private EarlierPress Earlier => new(Db, Node.Code);

    private string By => Http.User.Identity?.Name ?? "";

    public async Task<IResult> SaveAsync(string kind, string? id, CancellationToken cancellation)
    {
        var copy = await OwnPublications.FindAsync(Db, kind, id, cancellation);
        standing = await DraftStanding.LoadAsync(Db, copy, cancellation);
        var posted = await Http.Request.ReadFormAsync(cancellation);
        var (form, known) = (ItemForm.Read(kind, posted), copy is null ? null : (PublishedItem)PublicationText.Read(kind, copy.Data));
        var wrong = await Files.ReadAsync(Http, posted, form, known, accept: StaleForm.In(Http) is null, cancellation);
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

        if (id is null && await Earlier.OfFormAsync(form, cancellation) is { } earlier)
        {
            return Again(earlier, form);
        }

        if (DateOnly.TryParseExact(form["slot"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var slot)
            && form.Sessions.Count > 0)
        {
            form.Sessions[0] = form.Sessions[0].On(slot);
            return Show(new(copy, form) { Errors = wrong });
        }

        switch (form["do"])
        {
            case "radar":
                return Show(new(copy, form) { Errors = wrong });
            case "repeat":
                return Show(new(copy, form) { Errors = [.. ErrorsOf(form, known, RepeatErrors), .. wrong], Opened = Fields.Dates });
            case "files":
                return Show(new(copy, form) { Errors = wrong, Opened = Fields.Files });
            case "image":
                return Show(new(copy, form) { Errors = wrong, Opened = Fields.Content });
            case "session":
                form.Sessions.Add(new SessionInput());
                return Show(new(copy, form) { Errors = wrong, Opened = Fields.Dates });
            case SaveActions.Another:
                return Show(Another(form) with { Errors = wrong });
            case SaveActions.Publish or SaveActions.Reschedule or SaveActions.Correct
                or SaveActions.Draft or SaveActions.Schedule or SaveActions.Review:
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

    private FormReading Reading(ItemForm form) => FormReading.Of(form, Directory, Node.Code, ParisDay.Of(Http.Now()));

    private async Task<IResult> StoreAsync(WorkingCopy? copy, ItemForm form, PublishedItem? known, IReadOnlyList<FieldError> wrong,
        CancellationToken cancellation)
    {
        var (press, at) = (Press.Of(form), (DateTime?)null);
        form["status"] = press.StatusOf(form);
        if (press.Action == SaveActions.Schedule)
        {
            (at, var error) = ScheduleField.Read(form, Http.Now());
            wrong = error is null ? wrong : [.. wrong, error];
        }

        var people = await NamedPeople.LoadAsync(Db, Node.Code, cancellation);
        var reading = Reading(form);
        if (reading.Read(press.IsDraft, known, field => people.IdsOf(form[field], NamedIn(known))) is not { } item || wrong.Count > 0
            || people.Wrong is not null)
        {
            return Show(new(copy, form) { Errors = [.. reading.Errors, .. wrong, .. WrongNames(form, people)] });
        }

        if (press.IsPublishing && standing.IsRequired)
        {
            return Show(new(copy, form) { Errors = [new("item", ReviewWords.Required)] });
        }

        if (!press.IsDraft && copy is { State: PublicationState.Published } && (known, item) is (Event before, Event now))
        {
            if (Rescheduling.HasNoNewDate(before, now))
            {
                return Show(new(copy, form) { Errors = [new("date-0", Rescheduling.NoNewDate)] });
            }

            if (press.Answer is null && Rescheduling.IsUnsaid(before, now, DateOnly.FromDateTime(ParisDay.Of(Http.Now()))))
            {
                return Show(new(copy, form)
                {
                    Asked = press.Action,
                    NewDate = new(Moments.Start(before.Sessions[0].Start), Moments.Start(now.Sessions[0].Start)),
                });
            }

            item = press.Answer == SaveActions.Correct ? now with { PreviousStart = before.PreviousStart } : item;
        }

        if (copy is null && await Earlier.SameAsync(form.Kind, item, By, Http.Now(), cancellation) is { } same)
        {
            if (press.IsDraft || same.State == PublicationState.Published)
            {
                return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{same.Subject}"));
            }

            // The draft that it was saved as becomes what is published.
            (copy, form.Version) = (same, same.Version);
        }

        try
        {
            var subject = copy?.Subject ?? await Earlier.UnusedAsync(form, cancellation);
            var saved = await new Storing(Http, Node, Db, Editor)
                .StoreAsync(copy, subject, item, form, press, people, at, cancellation);
            await UnsavedTexts.DropAsync(Db, Http.User, form["form"], cancellation);
            if (press.IsPublishing)
            {
                await OtherEvents.RememberAsync(Db, Editor, Node.Code, saved, form, By, cancellation);
            }

            if (press.IsPublishing && form["hold"].Length > 0
                && await Holds.FindAsync(Db, form["hold"], cancellation) is { } own)
            {
                await Editor.WithdrawAsync(own.Copy.Subject, reason: null, By, cancellation);
            }

            return Results.LocalRedirect(
                Language.To($"/espace/{Node.Code}{(press.IsDraft ? Addresses.Edit(form.Kind, saved) : $"/publications/{saved}")}"));
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
            return await Earlier.OfFormAsync(form, cancellation) is { } earlier ? Again(earlier, form) : Deleted(form);
        }
        catch (EditedMeanwhileException)
        {
            return await OwnPublications.FindAsync(Db, form.Kind, copy?.Subject, cancellation) is { } current
                ? await MeanwhileAsync(current, form, press, people, cancellation)
                : Deleted(form);
        }
    }

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
        Press.SetChange(form, version: null);
        var sessions = form.Sessions.Select(session => session with { Id = "" }).ToList();
        form.Sessions.Clear();
        form.Sessions.AddRange(sessions);
        return new ShownForm(null, form) { Notice = T["Un nouvel événement, avec ce que vous avez écrit. Celui d’avant ne change pas."] };
    }

    private static IEnumerable<FieldError> WrongNames(ItemForm form, NamedPeople people) =>
        people.Wrong is { } wrong ? [new(form.Kind == Kinds.BestPractice ? "contacts" : "speakers", wrong)] : [];

    /// <summary>Both texts, and the choice. The typed one is autosaved as well, in case the other is taken.</summary>
    private async Task<IResult> MeanwhileAsync(
        WorkingCopy current, ItemForm form, Press press, NamedPeople people, CancellationToken cancellation)
    {
        var isTheChange = current.Version == form.Version && current.State != PublicationState.Draft;
        form.Version = current.Version;
        standing = await DraftStanding.LoadAsync(Db, current, cancellation);
        if (isTheChange)
        {
            // Of a change that is gone by now, what is published is the other text.
            Press.SetChange(form, standing.Change?.Version);
        }

        if (await KeptForm.TakeAsync(Http.Request) is { } typed)
        {
            await UnsavedTexts.KeepAsync(Db, Http.User, form.Kind, current.Subject, typed, Http.Now(), cancellation);
        }

        var shown = isTheChange && standing.Change is { } change ? change.AsCopy() : current;
        var (mine, other) = (TextFields.Of(form), TextFields.Of(FormFilling.Of(shown, people.LineOf)));
        return Show(new(current, form)
        {
            Other = shown,
            Asked = press.Action,
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

    private IResult Show(ShownForm shown)
    {
        // Which of the buttons was pressed is no part of what was typed.
        shown.Form["do"] = "";
        return Editing.Page(Http, Node, shown with { Standing = standing });
    }
}
