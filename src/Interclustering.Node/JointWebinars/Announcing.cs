using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.JointWebinars;

/// <summary>Publishes a joint webinar in the joint calendar, under all who take part; each of them may correct it.</summary>
internal static class Announcing
{
    public const string Form = "annonce";

    public static void MapAnnouncing(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/annonce", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, saying.OpenChosen<AnnouncePage>, cancellation));
        group.MapPost("/{id}/annonce", ([AsParameters] FactRecorder saying, string id, CancellationToken cancellation) =>
            saying.WithAsync(id, view => AnnounceAsync(saying, view, cancellation), cancellation)).WithMetadata(new ShowsFormAgain());
    }

    private static async Task<IResult> AnnounceAsync(FactRecorder saying, DossierView view, CancellationToken cancellation)
    {
        var typed = InputFields.Read(Form, await saying.Http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(saying.Http) is { } stale)
        {
            return saying.ShowChosen<AnnouncePage>(view, typed, [], stale.Notice);
        }

        var people = await saying.PeopleAsync(cancellation);
        FieldError?[] errors = [
            typed["title"].Length is > 0 and <= 200
                ? null : new FieldError("title", T["Donnez un titre : c’est lui que l’on lit dans l’agenda."]),
            typed.TooLong("summary", 500), typed.TooLong("text", 60_000), typed.NoAddress("platformUrl"), typed.NoAddress("imageUrl"),
            typed["imageUrl"].Length > 0 && typed["imageAlt"].Length == 0
                ? new FieldError("imageAlt", T["Décrivez l’image en quelques mots, pour qui ne la voit pas."])
                : typed.TooLong("imageAlt", 300),
        ];
        if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong)
        {
            return saying.ShowChosen<AnnouncePage>(view, typed, wrong, null);
        }

        var announced = FactRecorder.Fact(JointWebinarFacts.Announced) with
        {
            Announcement = new Announcement(typed["title"])
            {
                Summary = typed.Text("summary"),
                Text = typed.Text("text"),
                PlatformUrl = typed.Text("platformUrl"),
                Image = typed.Text("imageUrl") is { } image ? new Picture(image, typed["imageAlt"]) : null,
                Speakers = view.IdsOf(typed["speakers"], people),
                Corrects = typed.Text("corrects"),
            },
        };
        if (await saying.MeanwhileAsync(view, announced, people, cancellation) is { } meanwhile)
        {
            return saying.ShowChosen<AnnouncePage>(view, typed with { Meanwhile = meanwhile }, [], null);
        }

        try
        {
            await saying.RecordAsync(view, people, [announced], cancellation);
            return saying.To(view, "/annonce");
        }
        catch (ContentRefusedException refused)
        {
            return saying.ShowChosen<AnnouncePage>(view, typed,
                [.. refused.Problems.Select(problem => new FieldError(problem.At.Split('/')[^1], ContentWords.Of(problem)))], null);
        }
        catch (EntryTooLargeException)
        {
            return saying.ShowChosen<AnnouncePage>(view, typed,
                [new("text", T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])], null);
        }
    }
}
