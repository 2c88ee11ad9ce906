using Interclustering.Contracts;
using Interclustering.Node.Publications;
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
        group.MapGet("/{id}/annonce", async ([AsParameters] Saying saying, string id, CancellationToken cancellation) =>
            await saying.FindAsync(id, cancellation) is { } view ? Show(saying, view, TypedFields.None, [], null) : DossierView.Missing(saying.Http, saying.Node));
        group.MapPost("/{id}/annonce", AnnounceAsync).WithMetadata(new ShowsFormAgain());
    }

    private static async Task<IResult> AnnounceAsync([AsParameters] Saying saying, string id, CancellationToken cancellation)
    {
        if (await saying.FindAsync(id, cancellation) is not { } view)
        {
            return DossierView.Missing(saying.Http, saying.Node);
        }

        var typed = TypedFields.Read(Form, await saying.Http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(saying.Http) is { } stale)
        {
            return Show(saying, view, typed, [], stale.Notice);
        }

        var people = await saying.PeopleAsync(cancellation);
        FieldError?[] errors =
        [
            typed["title"].Length is > 0 and <= 200 ? null : new FieldError("title", T["Donnez un titre : c’est lui que l’on lit dans l’agenda."]),
            typed.TooLong("summary", 500), typed.TooLong("text", 60_000), typed.NoAddress("platformUrl"), typed.NoAddress("imageUrl"),
            typed["imageUrl"].Length > 0 && typed["imageAlt"].Length == 0 ? new FieldError("imageAlt", T["Décrivez l’image en quelques mots, pour qui ne la voit pas."]) : typed.TooLong("imageAlt", 300),
        ];
        if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong)
        {
            return Show(saying, view, typed, wrong, null);
        }

        await saying.SayAsync(view, people, [Saying.Fact(JointWebinarFacts.Announced) with
        {
            Announcement = new Announcement(typed["title"])
            {
                Summary = typed.Text("summary"), Text = typed.Text("text"), PlatformUrl = typed.Text("platformUrl"),
                Image = typed.Text("imageUrl") is { } image ? new Picture(image, typed["imageAlt"]) : null,
                Speakers = view.IdsOf(typed["speakers"], people), Corrects = typed.Text("corrects"),
            },
        }], cancellation);
        return saying.To(view, "/annonce");
    }

    private static IResult Show(Saying saying, DossierView view, TypedFields typed, IReadOnlyList<FieldError> errors, string? notice) =>
        view.Dossier.Slot is null ? saying.To(view, "") : WorkspacePage.Of<AnnouncePage>(saying.Http, saying.Node, view.Title, new()
        {
            [nameof(AnnouncePage.View)] = view,
            [nameof(AnnouncePage.Typed)] = typed,
            [nameof(AnnouncePage.Errors)] = errors,
            [nameof(AnnouncePage.Notice)] = notice,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : notice is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
