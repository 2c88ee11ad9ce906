using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Authoring;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publications;

/// <summary>The forms in which staff write events, webinars and sheets.</summary>
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
        group.MapGet($"{path}/{fresh}", (HttpContext http, NodeInstance node) => Page(http, node, null, ItemForm.Empty(kind), []));
        group.MapPost($"{path}/{fresh}", (HttpContext http, NodeInstance node, NodeContext db, Editor editor, CancellationToken cancellation) =>
            SaveAsync(http, node, db, editor, kind, null, cancellation));
        group.MapGet($"{path}/{{id}}", (HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
            OpenAsync(http, node, db, kind, id, cancellation));
        group.MapPost($"{path}/{{id}}", (HttpContext http, NodeInstance node, NodeContext db, Editor editor, string id, CancellationToken cancellation) =>
            SaveAsync(http, node, db, editor, kind, id, cancellation));
    }

    private static Task<WorkingCopy?> FindAsync(NodeContext db, string kind, string? id, CancellationToken cancellation) =>
        db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id && row.Kind == kind, cancellation);

    private static async Task<IResult> OpenAsync(
        HttpContext http, NodeInstance node, NodeContext db, string kind, string id, CancellationToken cancellation)
    {
        var people = await NamedPeople.LoadAsync(db, node.Code, cancellation);
        return await FindAsync(db, kind, id, cancellation) is { } copy
            ? Page(http, node, copy, ItemForm.Of(copy, people.LineOf), [])
            : Results.NotFound();
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, NodeInstance node, NodeContext db, Editor editor, string kind, string? id, CancellationToken cancellation)
    {
        var copy = await FindAsync(db, kind, id, cancellation);
        if (id is not null && copy is null)
        {
            return Results.NotFound();
        }

        var form = ItemForm.Read(kind, await http.Request.ReadFormAsync(cancellation));
        switch (form["do"])
        {
            case "session":
                form.Sessions.Add(new SessionInput());
                return Page(http, node, copy, form, []);
            case "preview":
                return Page(http, node, copy, form, [], preview: true);
        }

        var draft = form["do"] == "draft" && (copy is null or { State: PublicationState.Draft });
        var people = await NamedPeople.LoadAsync(db, node.Code, cancellation);
        var reading = new FormReading(form);
        var known = copy is null ? null : (PublishedItem)PublicationText.Read(kind, copy.Data);
        if (reading.Read(draft, known, field => people.IdsOf(form[field], NamedIn(known))) is not { } item)
        {
            return Page(http, node, copy, form, reading.Errors);
        }

        try
        {
            var saved = await StoreAsync(editor, people, id, item, form.Version, draft, http.User.Identity?.Name ?? "", cancellation);
            return Results.LocalRedirect($"{http.Request.PathBase}/espace/{node.Code}/publications/{saved.Subject}");
        }
        catch (EntryTooLargeException)
        {
            return Page(http, node, copy, form, [new("text", "Cette publication est trop volumineuse pour voyager (192\u00a0Kio au plus)\u00a0: raccourcissez le texte.")]);
        }
        catch (EditedMeanwhileException)
        {
            var current = await FindAsync(db, kind, id, cancellation);
            form.Version = current?.Version ?? 0;
            return Page(http, node, current, form, [new("title",
                $"{current?.EditedBy} a enregistré une autre version pendant que vous écriviez. La vôtre est toujours ci-dessous\u00a0; "
                + "l’autre est montrée en bas de page. Publiez à nouveau pour garder la vôtre.")], other: current);
        }
    }

    private static IReadOnlyList<string> NamedIn(PublishedItem? item) => item switch
    {
        Event happening => happening.Speakers,
        BestPractice sheet => [.. sheet.Contacts, .. sheet.Owner is { } owner ? [owner] : Array.Empty<string>()],
        _ => [],
    };

    private static async Task<Saved> StoreAsync(
        Editor editor, NamedPeople people, string? id, PublishedItem item, long version, bool draft, string by, CancellationToken cancellation)
    {
        if (!draft)
        {
            return (await editor.PublishManyAsync([.. people.Added, (id, item)], by, version, cancellation))[^1];
        }

        if (people.Added.Count > 0)
        {
            await editor.PublishManyAsync(people.Added, by, cancellation);
        }

        return await editor.SaveDraftAsync(id, item, by, version, cancellation);
    }

    private static IResult Page(
        HttpContext http, NodeInstance node, WorkingCopy? copy, ItemForm form, IReadOnlyList<FieldError> errors, bool preview = false, WorkingCopy? other = null) =>
        WorkspacePage.Of<EditPage>(http, node, copy is null ? "Nouvelle publication" : "Modifier", new()
        {
            [nameof(EditPage.Form)] = form,
            [nameof(EditPage.Errors)] = errors,
            [nameof(EditPage.MayDraft)] = copy is null or { State: PublicationState.Draft },
            [nameof(EditPage.IsNew)] = copy is null,
            [nameof(EditPage.ShowPreview)] = preview,
            [nameof(EditPage.Other)] = other,
        }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
