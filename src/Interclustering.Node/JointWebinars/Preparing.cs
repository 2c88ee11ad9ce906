using System.Globalization;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>
/// What the clusters prepare together once a slot is chosen: run of show, checklist, documents, and each cluster's own registration and
/// texts.
/// </summary>
internal static class Preparing
{
    public const string Line = "deroule", Task = "taches", Document = "documents", Own = "participation";
    private const int LongestLine = 500, LongestText = 4000;

    public static void MapPreparing(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/preparation", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, saying.OpenChosen<PreparationPage>, cancellation));
        Map(group, Line, ReadLine);
        Map(group, Task, ReadTask);
        Map(group, Document, ReadDocument);
        Map(group, Own, ReadParticipation);
        group.MapPost("/{id}/liste-type", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => FillChecklistAsync(saying, view, cancellation), cancellation));
    }

    private static void Map(RouteGroupBuilder group, string form,
        Func<DossierView, InputFields, NamedPeople, (JointWebinarFact Fact, FieldError?[] Errors)> read) =>
        group.MapPost($"/{{id}}/{form}", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, async view =>
        {
            var typed = InputFields.Read(form, await saying.Http.Request.ReadFormAsync(cancellation));
            if (StaleForm.In(saying.Http) is { } || view.Dossier.Slot is null || !view.Joins)
            {
                return saying.ShowChosen<PreparationPage>(view, typed, [], StaleForm.In(saying.Http)?.Notice
                    ?? T["Seuls les clusters qui participent préparent le webinaire, une fois son créneau choisi."]);
            }

            var people = await saying.PeopleAsync(cancellation);
            var (fact, errors) = read(view, typed, people);
            if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong)
            {
                return saying.ShowChosen<PreparationPage>(view, typed, wrong, null);
            }

            // A tick changes nothing else of its task, whatever that has become.
            var isTick = IsTick(view, typed);
            if (!isTick && await saying.MeanwhileAsync(view, fact, people, cancellation) is { } meanwhile)
            {
                return saying.ShowChosen<PreparationPage>(view, typed with { Meanwhile = meanwhile }, [], null);
            }

            var seen = isTick ? view.Latest(fact)?.Subject : typed.Text("corrects");
            await saying.RecordAsync(view, people, [fact with { Corrects = seen }], cancellation);
            return saying.To(view, $"/preparation#{form}");
        }, cancellation)).WithMetadata(new ShowsFormAgain());

    private static (JointWebinarFact, FieldError?[]) ReadLine(DossierView view, InputFields typed, NamedPeople people)
    {
        var start = Dossier.TimeOf(view.Dossier.Slot!);
        var readable = TimeOnly.TryParseExact(
            typed["time"], ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour);
        var minute = (int)(start.Date + hour.ToTimeSpan() - start).TotalMinutes;
        return (FactRecorder.Fact(JointWebinarFacts.LineWritten) with
        {
            Line = new RunLine(typed.Text("id") ?? NewId(view), minute, typed["what"])
            {
                Cluster = typed.Text("cluster"),
                Person = view.IdsOf(typed["person"], people) is [var person, ..] ? person : null,
                Removed = typed["do"] == "remove",
                BegunAt = view.Dossier.Run.FirstOrDefault(line => line.Id == typed["id"])?.BegunAt,
            },
        },
        [
            readable && Math.Abs(minute) <= 600
                ? null : new FieldError(At(typed, "time"), T["Donnez une heure du jour même, par exemple 11:05."]),
            typed["what"].Length > 0 ? typed.TooLong("what", LongestLine, At(typed, "what")) : new FieldError(
                At(typed, "what"), T["Dites ce qui se passe."]),
        ]);
    }

    private static bool IsTick(DossierView view, InputFields typed) =>
        typed["do"] is "done" or "undone" && view.Dossier.Tasks.Any(task => task.Id == typed["id"]);

    private static (JointWebinarFact, FieldError?[]) ReadTask(DossierView view, InputFields typed, NamedPeople people) =>
        IsTick(view, typed) ? (FactRecorder.Fact(JointWebinarFacts.TaskWritten) with
        {
            Task = view.Dossier.Tasks.First(task => task.Id == typed["id"]) with { Done = typed["do"] == "done" },
        }, [])
        : (FactRecorder.Fact(JointWebinarFacts.TaskWritten) with
        {
            Task = new PreparationTask(typed.Text("id") ?? NewId(view), typed["what"])
            {
                Cluster = typed.Text("cluster"),
                DueOn = typed.Text("dueOn"),
                Removed = typed["do"] == "remove",
                Done = typed["do"] switch { "done" => true, "undone" => false, _ => typed.Has("done") },
            },
        },
        [
            typed["what"].Length > 0 ? typed.TooLong("what", LongestLine, At(typed, "task")) : new FieldError(
                At(typed, "task"), T["Dites ce qu’il y a à faire."]),
            typed["dueOn"].Length == 0
                || DateOnly.TryParseExact(typed["dueOn"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null
                : new FieldError(At(typed, "dueOn"), T["Cette date n’est pas lisible. Exemple : 2026-12-10."]),
        ]);

    private static (JointWebinarFact, FieldError?[]) ReadDocument(DossierView view, InputFields typed, NamedPeople people) =>
        (FactRecorder.Fact(JointWebinarFacts.LinkShared) with { Link = new Link(typed["label"], typed["url"]) },
            [typed["label"].Length > 0 ? typed.TooLong("label", LongestLine) : new FieldError("label", T["Dites ce que c’est."]),
                typed.NoAddress("url", needed: true)]);

    private static (JointWebinarFact, FieldError?[]) ReadParticipation(DossierView view, InputFields typed, NamedPeople people)
    {
        // Where people register here, the page of registrations decides about it.
        var here = view.Dossier.Participations.GetValueOrDefault(view.Own) is { Registration: not null } known ? known : null;
        var isCount = int.TryParse(typed["places"], NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places > 0;
        return (FactRecorder.Fact(JointWebinarFacts.ParticipationSet) with
        {
            Participation = new Participation
            {
                RegistrationUrl = here is null ? typed.Text("registrationUrl") : here.RegistrationUrl,
                Registration = here?.Registration,
                LogoUrl = typed.Text("logoUrl"),
                Places = isCount ? places : null,
                Full = typed.Has("full"),
                LongText = typed.Text("longText"),
                ShortText = typed.Text("shortText"),
                SocialText = typed.Text("socialText"),
            },
        },
        [
            typed.NoAddress("registrationUrl"), typed.NoAddress("logoUrl"), typed["places"].Length == 0 || isCount
                ? null : new FieldError("places", T["Un nombre de places, ou rien."]),
            typed.TooLong("longText", LongestText), typed.TooLong("shortText", LongestLine), typed.TooLong("socialText", LongestLine),
        ]);
    }

    private static async Task<IResult> FillChecklistAsync(FactRecorder saying, DossierView view, CancellationToken cancellation)
    {
        if (view.Joins && Checklist.Missing(view.Dossier) is { Count: > 0 } missing)
        {
            await saying.RecordAsync(view, await saying.PeopleAsync(cancellation),
                [.. missing.Select(task => FactRecorder.Fact(JointWebinarFacts.TaskWritten) with { Task = task })], cancellation);
        }

        return saying.To(view, $"/preparation#{Task}");
    }

    /// <summary>A field of one row of several is named by the row as well.</summary>
    private static string At(InputFields typed, string field) => typed.Text("id") is { } id ? $"{field}-{id}" : field;

    /// <summary>Unique in the dossier, also when two clusters write at once.</summary>
    private static string NewId(DossierView view) => $"{view.Own}-{Guid.NewGuid().ToString("N")[..8]}";
}
