using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Authoring;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        group.MapGet($"{path}/{fresh}", (HttpContext http, NodeInstance node) =>
            Page(http, node, null, ItemForm.Empty(kind, node.Cluster.Insee), []));
        group.MapPost($"{path}/{fresh}", (HttpContext http, NodeInstance node, NodeContext db, Editor editor, CancellationToken cancellation) =>
            SaveAsync(http, node, db, editor, kind, null, cancellation)).WithMetadata(new ShowsFormAgain());
        group.MapGet($"{path}/{{id}}", (HttpContext http, NodeInstance node, NodeContext db, string id, CancellationToken cancellation) =>
            OpenAsync(http, node, db, kind, id, cancellation));
        group.MapPost($"{path}/{{id}}", (HttpContext http, NodeInstance node, NodeContext db, Editor editor, string id, CancellationToken cancellation) =>
            SaveAsync(http, node, db, editor, kind, id, cancellation)).WithMetadata(new ShowsFormAgain());
    }

    private static Task<WorkingCopy?> FindAsync(NodeContext db, string kind, string? id, CancellationToken cancellation) =>
        db.WorkingCopies.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == id && row.Kind == kind, cancellation);

    private static async Task<IResult> OpenAsync(
        HttpContext http, NodeInstance node, NodeContext db, string kind, string id, CancellationToken cancellation)
    {
        var people = await NamedPeople.LoadAsync(db, node.Code, cancellation);
        return await FindAsync(db, kind, id, cancellation) is { } copy
            ? Page(http, node, copy, ItemForm.Of(copy, people.LineOf), [])
            : OnePublication.Missing(http, node);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, NodeInstance node, NodeContext db, Editor editor, string kind, string? id, CancellationToken cancellation)
    {
        var copy = await FindAsync(db, kind, id, cancellation);
        if (id is not null && copy is null)
        {
            return OnePublication.Missing(http, node);
        }

        var form = ItemForm.Read(kind, await http.Request.ReadFormAsync(cancellation));
        if (StaleForm.In(http) is { } stale)
        {
            return Page(http, node, copy, form, [], notice: stale.Notice);
        }

        switch (form["do"])
        {
            case "session":
                form.Sessions.Add(new SessionInput());
                return Page(http, node, copy, form, []);
            case "publish" or "draft":
                break;
            default:
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
            var path = draft ? Addresses.Edit(kind, saved.Subject) : $"/publications/{saved.Subject}";
            return Results.LocalRedirect(Language.To($"/espace/{node.Code}{path}"));
        }
        catch (EntryTooLargeException)
        {
            return Page(http, node, copy, form, [new("text", T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])]);
        }
        catch (EditedMeanwhileException)
        {
            var current = await FindAsync(db, kind, id, cancellation);
            form.Version = current?.Version ?? 0;
            return Page(http, node, current, form, [new("title", T["{0} a enregistré une autre version pendant que vous écriviez. La vôtre est toujours ci-dessous ; l’autre est montrée en bas de page. Publiez à nouveau pour garder la vôtre.", current?.EditedBy])], other: current);
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
        HttpContext http, NodeInstance node, WorkingCopy? copy, ItemForm form, IReadOnlyList<FieldError> errors, bool preview = false,
        WorkingCopy? other = null, string? notice = null)
    {
        var heading = Heading(form.Kind, fresh: copy is null);
        return WorkspacePage.Of<EditPage>(http, node, heading, new()
        {
            [nameof(EditPage.Form)] = form,
            [nameof(EditPage.Errors)] = errors,
            [nameof(EditPage.Heading)] = heading,
            [nameof(EditPage.Now)] = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            [nameof(EditPage.Copy)] = copy,
            [nameof(EditPage.ShowPreview)] = preview,
            [nameof(EditPage.Notice)] = preview ? T["Voici l’aperçu, sous la présentation. Rien n’a encore été enregistré."] : notice,
            [nameof(EditPage.Other)] = other,
        }, (errors.Count, notice) switch
        {
            ( > 0, _) => StatusCodes.Status422UnprocessableEntity,
            (_, not null) => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status200OK,
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
