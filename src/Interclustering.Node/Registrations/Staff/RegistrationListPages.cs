using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations.PublicForm;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations.Staff;

/// <summary>« Inscriptions » of one publication: how one registers, who has, and who came. For editors: it shows names.</summary>
internal static class RegistrationListPages
{
    public static void MapRegistrations(this RouteGroupBuilder workspace)
    {
        var group = workspace.MapGroup("/publications/{id}/inscriptions").WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapGet("", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.ShowAsync(id, cancellation));
        group.MapGet("/liste.csv", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.ExportAsync(id, cancellation));
        group.MapGet("/pointage", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.CheckInAsync(id, cancellation));
        group.MapGet("/badges", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.BadgesAsync(id, cancellation));
        group.MapPost("/pointage", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.TickAsync(id, cancellation));
        group.MapPost("/reglages", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.SaveAsync(id, cancellation)).WithMetadata(new ShowsFormAgain());
        group.MapPost("/arreter", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.StopAsync(id, cancellation));
        group.MapPost("/donner", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.GiveAsync(id, cancellation));
        group.MapPost("/ajouter", ([AsParameters] RegistrationListHandler handler, string id, CancellationToken cancellation) =>
            handler.AddAsync(id, cancellation)).WithMetadata(new ShowsFormAgain());
        group.MapPost("/{registration:guid}", ([AsParameters] RegistrationListHandler handler, string id, Guid registration,
            CancellationToken cancellation) => handler.DecideAsync(id, registration, cancellation));
    }
}

/// <summary>Answers the pages of one publication's registrations.</summary>
internal sealed record RegistrationListHandler(HttpContext Http, [FromServices] NodeInstance Node, [FromServices] NodeContext Db,
    [FromServices] RegistrationDesk Desk, [FromServices] RegistrationSeal Seal, [FromServices] PublicAddress Address,
    [FromServices] TermsSaving Saving)
{
    private const int LongestReason = 500;

    public Task<IResult> ShowAsync(string id, CancellationToken cancellation) => PageAsync(id, null, null, [], cancellation);

    public async Task<IResult> SaveAsync(string id, CancellationToken cancellation)
    {
        var form = TermsForm.Read(await Http.Request.ReadFormAsync(cancellation));
        if (await RegistrableEvent.AnyAsync(Db, Node.Code, id, cancellation) is not { IsPublic: true } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        var terms = form.ToTerms(happening.Item.Registration, out var errors);
        return errors.Count > 0 ? await PageAsync(id, form, null, errors, cancellation)
            : await SaveAsync(happening, terms, form, cancellation);
    }

    /// <summary>Registering elsewhere, or not at all: only while no one is registered here.</summary>
    public async Task<IResult> StopAsync(string id, CancellationToken cancellation)
    {
        if (await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        if ((await RowsAsync(id, cancellation)).Any(row => row.IsOpen))
        {
            return await PageAsync(id, null, null, [new FieldError("closes",
                T["Des personnes sont inscrites : fixez plutôt la clôture, ou annulez l’événement, et elles seront prévenues."])],
                cancellation);
        }

        return await SaveAsync(happening, null, new TermsForm { Version = await Saving.VersionAsync(id, cancellation) }, cancellation);
    }

    /// <summary>Places go to another organiser, which has them as soon as it hears of it.</summary>
    public async Task<IResult> GiveAsync(string id, CancellationToken cancellation)
    {
        var posted = await Http.Request.ReadFormAsync(cancellation);
        if (await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        var (to, pool) = (posted["to"].ToString(), posted["session"].ToString());
        if (!int.TryParse(posted["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !happening.Organisers.Contains(to) || to == Node.Code || !happening.Pools.Contains(pool)
            || await Desk.GiveAsync(happening, pool, to, count, cancellation) == 0)
        {
            return await PageAsync(id, null, null, [new FieldError("count",
                T["Donnez des places libres, que personne n’attend chez vous : rien n’a été fait."])], cancellation);
        }

        await Http.NoteAsync(Db, AuditedActions.PlacesGiven, happening.Item.Title, cancellation);
        return Back(id);
    }

    public async Task<IResult> AddAsync(string id, CancellationToken cancellation)
    {
        var posted = await Http.Request.ReadFormAsync(cancellation);
        var form = RegistrationForm.Read(posted) with { IsMember = true };
        if (await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { IsPublic: true } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        // The team may know less than the form asks for.
        var errors = form.Errors(happening.Terms with { Fields = [] }, happening.Pools).ToList();
        if (errors.Count > 0)
        {
            return await PageAsync(id, null, form, errors, cancellation);
        }

        var request = form.ToRequest(happening.Terms) with { Language = "fr" };
        if (await Desk.AddAsync(happening, request, cancellation) is null)
        {
            return await PageAsync(id, null, form, [new FieldError("email",
                T["Cette adresse est déjà inscrite, ou tout est complet, liste d’attente comprise. Rien n’a été fait."])], cancellation);
        }

        await Http.NoteAsync(Db, AuditedActions.RegistrationAdded, happening.Item.Title, cancellation);
        return Back(id);
    }

    public async Task<IResult> DecideAsync(string id, Guid registration, CancellationToken cancellation)
    {
        var posted = await Http.Request.ReadFormAsync(cancellation);
        if (await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        switch (posted["do"].ToString())
        {
            case "remove":
                var reason = InputText.Clean(posted["reason"].ToString()).Trim();
                if (reason.Length is 0 or > LongestReason)
                {
                    return await PageAsync(id, null, null,
                        [new FieldError($"raison-{registration:N}", T["Dites pourquoi, en {0} caractères au plus : la personne le lira.",
                            LongestReason])], cancellation);
                }

                await Desk.RemoveAsync(happening, registration, reason, cancellation);
                await Http.NoteAsync(Db, AuditedActions.RegistrationRemoved, happening.Item.Title, cancellation);
                break;
            case "move-up" when !await Desk.MoveUpAsync(happening, registration, cancellation):
                return await PageAsync(id, null, null, [new FieldError("inscrits",
                    T["Il n’y a pas assez de places libres pour cette demande : augmentez d’abord le nombre de places."])], cancellation);
        }

        return Back(id);
    }

    public async Task<IResult> ExportAsync(string id, CancellationToken cancellation)
    {
        if (await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        await Http.NoteAsync(Db, AuditedActions.RegistrationsExported, happening.Item.Title, cancellation);
        return Results.File(RegistrationTable.Write(happening, Shown(await RowsAsync(id, cancellation), [])), "text/csv; charset=utf-8",
            $"{FoldedText.Slug(happening.Item.Title)}-inscriptions.csv");
    }

    public Task<IResult> CheckInAsync(string id, CancellationToken cancellation) =>
        OfRegisteredAsync<CheckInPage>(id, T["Pointage"], cancellation);

    public Task<IResult> BadgesAsync(string id, CancellationToken cancellation) =>
        OfRegisteredAsync<BadgesPage>(id, T["Badges"], cancellation);

    /// <summary>A page of those who have their seats.</summary>
    private async Task<IResult> OfRegisteredAsync<TPage>(string id, string title, CancellationToken cancellation) =>
        await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) is not { } happening ? OwnPublications.Missing(Http, Node)
            : WorkspacePage.Of<TPage>(Http, Node, $"{title} — {happening.Item.Title}", new()
            {
                [nameof(CheckInPage.Happening)] = happening,
                [nameof(CheckInPage.Rows)] = Shown([.. (await RowsAsync(id, cancellation))
                    .Where(row => row.State == RegistrationState.Registered)], []),
            });

    /// <summary>Present, or not after all; the page goes on at the same person.</summary>
    public async Task<IResult> TickAsync(string id, CancellationToken cancellation)
    {
        var posted = await Http.Request.ReadFormAsync(cancellation);
        if (Guid.TryParse(posted["registration"], out var registration))
        {
            var present = posted["present"].ToString() == "yes";
            await Db.Registrations.Where(row => row.Id == registration && row.Event == id && row.State == RegistrationState.Registered)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.Present, present ? true : null), cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{id}/inscriptions/pointage") + $"#p-{registration:N}");
    }

    private async Task<IResult> SaveAsync(
        RegistrableEvent happening, RegistrationTerms? terms, TermsForm form, CancellationToken cancellation)
    {
        var url = $"{Address.OriginOf(Http, Node)}/espace/{Node.Code}{RegistrationLinks.FormOf(happening.Id)}";
        try
        {
            return await Saving.SaveAsync(happening, terms, url, form.Version, cancellation) switch
            {
                TermsSaved.Done => Back(happening.Id),
                TermsSaved.ForReview => Results.LocalRedirect(
                    Language.To($"/espace/{Node.Code}/publications/{happening.Id}#relecture")),
                _ => await PageAsync(happening.Id, form, null, [new FieldError("places",
                    T["Un brouillon d’une modification attend déjà : publiez-le ou abandonnez-le d’abord."])], cancellation),
            };
        }
        catch (ContentRefusedException refused)
        {
            return await PageAsync(happening.Id, form, null,
                [.. refused.Problems.Select(problem => new FieldError("places", ContentWords.InWords(problem)))], cancellation);
        }
        catch (EntryTooLargeException)
        {
            return await PageAsync(happening.Id, form, null, [new FieldError("information",
                T["Cette publication est trop volumineuse pour voyager (192 Kio au plus) : raccourcissez le texte."])], cancellation);
        }
        catch (EditedMeanwhileException)
        {
            var current = await OwnPublications.FindAsync(Db, happening.Id, cancellation);
            return current is null ? OwnPublications.Missing(Http, Node)
                : await PageAsync(happening.Id, form with { Version = current.Version }, null, [new FieldError("places",
                    T["{0} a enregistré une autre version entre-temps. Regardez-la, puis confirmez.", current.EditedBy])], cancellation);
        }
    }

    private async Task<IResult> PageAsync(
        string id, TermsForm? form, RegistrationForm? added, IReadOnlyList<FieldError> errors, CancellationToken cancellation)
    {
        if (await RegistrableEvent.AnyAsync(Db, Node.Code, id, cancellation) is not { } happening)
        {
            return OwnPublications.Missing(Http, Node);
        }

        happening = await RegistrableEvent.FindAsync(Db, Node.Code, id, cancellation) ?? happening;
        var rows = await RowsAsync(id, cancellation);
        var failures = await Db.RegistrationNotices.AsNoTracking().Where(notice => notice.Failure != null
            && Db.Registrations.Any(row => row.Id == notice.Registration && row.Event == id && row.Revision == notice.Revision))
            .ToListAsync(cancellation);
        var pools = new Dictionary<string, PoolState>();
        foreach (var pool in happening.Item.Registration is null ? [] : happening.Pools)
        {
            pools[pool] = new PoolState(await Desk.CapacityAsync(happening, pool, cancellation),
                await Desk.OccupancyAsync(id, pool, cancellation));
        }

        return WorkspacePage.Of<RegistrationListPage>(Http, Node, T["Inscriptions : {0}", happening.Item.Title], new()
        {
            [nameof(RegistrationListPage.Happening)] = happening,
            [nameof(RegistrationListPage.Rows)] = Shown(rows, failures),
            [nameof(RegistrationListPage.Pools)] = pools,
            [nameof(RegistrationListPage.Counts)] = await RegistrationCounts.ReadAsync(Db, Node.Code, id, cancellation),
            [nameof(RegistrationListPage.Form)] = form
                ?? TermsForm.Of(happening.Item.Registration ?? new RegistrationTerms(), await Saving.VersionAsync(id, cancellation)),
            [nameof(RegistrationListPage.Added)] = added ?? new RegistrationForm(),
            [nameof(RegistrationListPage.Errors)] = errors,
            [nameof(RegistrationListPage.Now)] = Http.Now(),
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private Task<List<Registration>> RowsAsync(string id, CancellationToken cancellation) => Db.Registrations.AsNoTracking()
        .Where(row => row.Event == id).OrderBy(row => row.Session).ThenBy(row => row.Arrival).ThenBy(row => row.AskedAt)
        .ToListAsync(cancellation);

    private List<ShownRegistration> Shown(IReadOnlyList<Registration> rows, IReadOnlyList<RegistrationNotice> failures) =>
        [.. rows.Select(row => new ShownRegistration(row, Seal.Open(Node.Code, row.Sealed))
        {
            Failure = failures.FirstOrDefault(notice => notice.Registration == row.Id)?.Failure,
        })];

    private IResult Back(string id) => Results.LocalRedirect(Language.To($"/espace/{Node.Code}/publications/{id}/inscriptions"));
}
