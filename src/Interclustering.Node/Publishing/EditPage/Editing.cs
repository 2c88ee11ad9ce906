using Interclustering.Contracts;
using Interclustering.Files.Previews;
using Interclustering.Node.Files;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.EditPage;

/// <summary>
/// The forms in which staff write events, webinars and sheets: <see cref="OpenHandler"/> fills them, <see cref="SaveHandler"/> takes them.
/// </summary>
internal static class Editing
{
    public static void MapEditing(this RouteGroupBuilder group)
    {
        Map(group, "/evenements", "nouveau", Kinds.Event);
        Map(group, "/webinaires", "nouveau", Kinds.Webinar);
        Map(group, "/fiches", "nouvelle", Kinds.BestPractice);
    }

    private static void Map(RouteGroupBuilder group, string path, string fresh, string kind)
    {
        var size = new LargestForm(LargestForm.WithFiles);
        group.MapGet($"{path}/{fresh}", ([AsParameters] OpenHandler opening, CancellationToken cancellation) =>
            opening.NewAsync(kind, cancellation)).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost($"{path}/{fresh}", ([AsParameters] SaveHandler saving, CancellationToken cancellation) =>
            saving.SaveAsync(kind, null, cancellation))
            .WithMetadata(new ShowsFormAgain(), size);
        group.MapGet($"{path}/{{id}}", ([AsParameters] OpenHandler opening, string id, CancellationToken cancellation) =>
            opening.OpenAsync(kind, id, cancellation)).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost($"{path}/{{id}}", ([AsParameters] SaveHandler saving, string id, CancellationToken cancellation) =>
            saving.SaveAsync(kind, id, cancellation))
            .WithMetadata(new ShowsFormAgain(), size);
    }

    public static IResult Page(HttpContext http, NodeInstance node, ShownForm shown)
    {
        var heading = Heading(shown.Form.Kind, fresh: shown.Copy is null);
        return WorkspacePage.Of<EditPage>(http, node, heading, new()
        {
            [nameof(EditPage.Shown)] = shown,
            [nameof(EditPage.Heading)] = heading,
            [nameof(EditPage.Now)] = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
        }, shown switch
        {
            { Errors.Count: > 0 } => StatusCodes.Status422UnprocessableEntity,
            { Other: not null } or { WasDeleted: true } => StatusCodes.Status409Conflict,
            _ => StaleForm.In(http) is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        });
    }

    private static string Heading(string kind, bool fresh) => (kind, fresh) switch
    {
        (Kinds.Webinar, true) => T["Nouveau webinaire"],
        (Kinds.Webinar, _) => T["Modifier le webinaire"],
        (Kinds.BestPractice, true) => T["Nouvelle fiche pratique"],
        (Kinds.BestPractice, _) => T["Modifier la fiche pratique"],
        (_, true) => T["Nouvel événement"],
        _ => T["Modifier l’événement"],
    };
}

/// <summary>A form, and what stands around it.</summary>
/// <param name="Copy">As it is kept here; null for a new one.</param>
/// <param name="Form">As typed.</param>
public sealed record ShownForm(WorkingCopy? Copy, ItemForm Form)
{
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
    public bool Preview { get; init; }

    /// <summary>The folded part that the last press was for, see <see cref="Fields"/>; null for none.</summary>
    public IReadOnlyList<string>? Opened { get; init; }

    /// <summary>Where the exact preview is; null without one.</summary>
    public PreviewPlace? Place { get; init; }
    public string? Notice { get; init; }

    /// <summary>Its pending change, its review, and the cluster's rule.</summary>
    public DraftStanding Standing { get; init; } = DraftStanding.New;

    /// <summary>What the press was for that a question or a comparison stands in the way of.</summary>
    public string Asked { get; init; } = SaveActions.Publish;

    /// <summary>What was saved elsewhere meanwhile.</summary>
    public WorkingCopy? Other { get; init; }

    /// <summary>The fields in which <see cref="Other"/> and the form differ: label, the other's text, the form's.</summary>
    public IReadOnlyList<(string Label, string Other, string Mine)> Apart { get; init; } = [];

    /// <summary>The date of what is published was changed: whether it is still the same event is asked.</summary>
    public DateQuestion.Dates? NewDate { get; init; }

    /// <summary>It was deleted elsewhere meanwhile.</summary>
    public bool WasDeleted { get; init; }

    /// <summary>What was typed before and not saved, the newest first.</summary>
    public IReadOnlyList<UnsavedText> Unsaved { get; init; } = [];
}
