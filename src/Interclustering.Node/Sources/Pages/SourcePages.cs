using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Sources.Pages;

/// <summary>« Sources »: finding one, setting it up, and what each gives.</summary>
internal static class SourcePages
{
    public static void MapSources(this RouteGroupBuilder group)
    {
        group.MapGet("/sources", (HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation) =>
            ListAsync(http, node, db, "", [], cancellation));
        group.MapPost("/sources/chercher", SearchAsync);
        group.MapPost("/sources", CreateAsync);
        group.MapGet("/sources/{id:guid}", (HttpContext http, NodeInstance node, NodeContext db, Guid id, CancellationToken cancellation) =>
            ShowAsync(http, node, db, id, cancellation));
        group.MapPost("/sources/{id:guid}", ChangeAsync);
        group.MapPost("/sources/{id:guid}/relever", LookAsync);
        group.MapPost("/sources/{id:guid}/arreter", StopAsync);
        group.MapSourceAnswers();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeInstance node, NodeContext db, string typed, IReadOnlyList<FieldError> errors, CancellationToken cancellation)
    {
        var sources = await db.Sources.AsNoTracking().OrderBy(source => source.Name).ToListAsync(cancellation);
        var waiting = await db.SourceItems.Where(item => item.State == SourceItemState.Proposed || item.State == SourceItemState.AskSame
            || item.State == SourceItemState.AskGone)
            .GroupBy(item => item.Source).Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var ids = sources.Select(source => source.Id).ToList();
        var last = (await db.SourceRuns.AsNoTracking().Where(run => ids.Contains(run.Source)).ToListAsync(cancellation))
            .GroupBy(run => run.Source).ToDictionary(group => group.Key, group => group.MaxBy(run => run.Id)!);
        return WorkspacePage.Of<SourcesPage>(http, node, T["Sources"], new()
        {
            [nameof(SourcesPage.Sources)] = sources,
            [nameof(SourcesPage.Waiting)] = waiting,
            [nameof(SourcesPage.Last)] = last,
            [nameof(SourcesPage.Typed)] = typed,
            [nameof(SourcesPage.Errors)] = errors,
            [nameof(SourcesPage.Now)] = http.Now(),
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> SearchAsync(HttpContext http, NodeInstance node, NodeContext db, SourceReading reading,
        CancellationToken cancellation)
    {
        var typed = InputText.Clean((await http.Request.ReadFormAsync(cancellation))["address"].ToString()).Trim();
        try
        {
            var found = await new SourceDiscovery(reading).FindAsync(typed, cancellation);
            return found.Count == 0
                ? await ListAsync(http, node, db, typed, [new("address", T["Cette page ne contient ni calendrier ni événement que l’on "
                    + "sache lire. Essayez l’adresse de votre page d’agenda, ou d’un fichier .ics."])], cancellation)
                : WorkspacePage.Of<FoundPage>(
                    http, node, T["Ce qui a été trouvé"], new()
                    {
                        [nameof(FoundPage.Typed)] = typed,
                        [nameof(FoundPage.Found)] = found,
                        [nameof(FoundPage.Today)] = DateOnly.FromDateTime(ParisDay.Of(http.Now()))
                    });
        }
        catch (ImportFetchException refused)
        {
            return await ListAsync(http, node, db, typed, [new("address", refused.Message)], cancellation);
        }
    }

    private static async Task<IResult> CreateAsync(HttpContext http, NodeInstance node, NodeContext db, SourceReading reading,
        TimeProvider clock, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var address = InputText.Clean(form["address"].ToString()).Trim();
        try
        {
            if (await db.Sources.AsNoTracking().FirstOrDefaultAsync(source => source.Address == address, cancellation) is { } known)
            {
                return Results.LocalRedirect(Language.To($"/espace/{node.Code}/sources/{known.Id}"));
            }

            var read = (await reading.ReadAsync(address, null, cancellation))!.Document;
            if (read.Events.Count == 0)
            {
                throw new ImportFetchException(read.Rejected.Select(problem => problem.Reason).FirstOrDefault()
                    ?? T["La source ne contient aucun événement à publier."]);
            }

            var source = new SourceRow
            {
                Name = "",
                Address = address,
                System = read.System,
                CreatedAt = http.Now(),
                CreatedBy = http.User.Identity?.Name ?? ""
            };
            Take(source, form);
            db.Add(source);
            await db.SaveChangesAsync(cancellation);
            await http.NoteAsync(db, AuditedActions.SourceChanged, source.Name, cancellation);
            await new SourcePoll(node, reading, clock).RunAsync(source.Id, cancellation);
            return Results.LocalRedirect(Language.To($"/espace/{node.Code}/sources/{source.Id}"));
        }
        catch (ImportFetchException refused)
        {
            return await ListAsync(http, node, db, address, [new("address", refused.Message)], cancellation);
        }
    }

    /// <summary>What can be chosen; anything else is what it was.</summary>
    private static void Take(SourceRow source, IFormCollection form)
    {
        var name = InputText.Clean(form["name"].ToString()).Trim();
        source.Name = name.Length is 0 or > 100
            ? (Uri.TryCreate(source.Address, UriKind.Absolute, out var address) ? address.Host : source.Address) : name;
        source.Propose = form["policy"] != "publish";
        source.WithdrawsGone = form["gone"] == "withdraw";
        source.EveryHours = int.TryParse(form["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            ? Math.Clamp(hours, 1, 24) : source.EveryHours;
        var chosen = form["category"].Zip(form["theme"], (category, theme) => (Category: category ?? "", Theme: theme ?? ""))
            .Where(pair => pair.Category.Length is > 0 and <= SourceRow.LongestCategory
                && (pair.Theme.Length == 0 || KnownThemes.All.Contains(pair.Theme))).DistinctBy(pair => pair.Category);
        source.Themes = JsonSerializer.Serialize(chosen.ToDictionary(pair => pair.Category, pair => pair.Theme));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NodeInstance node, NodeContext db, Guid id, CancellationToken cancellation)
    {
        if (await db.Sources.AsNoTracking().SingleOrDefaultAsync(source => source.Id == id, cancellation) is not { } source)
        {
            return OwnPublications.Missing(http, node);
        }

        var items = await db.SourceItems.AsNoTracking().Where(item => item.Source == id).OrderBy(item => item.Title)
            .ToListAsync(cancellation);
        var likely = items.Select(item => item.LikelyKey).OfType<string>().ToList();
        var keys = items.Select(item => item.Key).Concat(likely).ToList();
        var own = likely.Where(key => key.StartsWith(SourceItem.OwnPublication, StringComparison.Ordinal))
            .Select(key => key[SourceItem.OwnPublication.Length..]).ToList();
        return WorkspacePage.Of<SourcePage>(http, node, source.Name, new()
        {
            [nameof(SourcePage.Source)] = source,
            [nameof(SourcePage.Items)] = items,
            [nameof(SourcePage.Copies)] = await db.WorkingCopies.AsNoTracking().Where(copy => copy.SourceSystem == source.System
                && copy.SourceKey != null && keys.Contains(copy.SourceKey)).ToDictionaryAsync(copy => copy.SourceKey!, cancellation),
            [nameof(SourcePage.Own)] = await db.WorkingCopies.AsNoTracking().Where(copy => own.Contains(copy.Subject))
                .ToDictionaryAsync(copy => copy.Subject, cancellation),
            [nameof(SourcePage.Runs)] = await db.SourceRuns.AsNoTracking().Where(run => run.Source == id).OrderByDescending(run => run.Id)
                .ToListAsync(cancellation),
            [nameof(SourcePage.Now)] = http.Now(),
        });
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext http, NodeInstance node, NodeContext db, Guid id, CancellationToken cancellation)
    {
        if (await db.Sources.SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } source)
        {
            return OwnPublications.Missing(http, node);
        }

        Take(source, await http.Request.ReadFormAsync(cancellation));
        // Themes chosen anew concern what was read before, too.
        (source.Etag, source.LastModified) = (null, null);
        await db.SaveChangesAsync(cancellation);
        await http.NoteAsync(db, AuditedActions.SourceChanged, source.Name, cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/sources/{id}"));
    }

    private static async Task<IResult> LookAsync(HttpContext http, NodeInstance node, NodeContext db, SourceReading reading,
        TimeProvider clock, Guid id, CancellationToken cancellation)
    {
        if (!await db.Sources.AnyAsync(row => row.Id == id, cancellation))
        {
            return OwnPublications.Missing(http, node);
        }

        await new SourcePoll(node, reading, clock).RunAsync(id, cancellation);
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/sources/{id}#releves"));
    }

    /// <summary>What it brought stays, and is the cluster's own from now on.</summary>
    private static async Task<IResult> StopAsync(
        HttpContext http, NodeInstance node, NodeContext db, Guid id, CancellationToken cancellation)
    {
        if (await db.Sources.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is { } source)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.SourceItems.Where(item => item.Source == id).ExecuteDeleteAsync(cancellation);
            await db.SourceRuns.Where(run => run.Source == id).ExecuteDeleteAsync(cancellation);
            await db.Sources.Where(row => row.Id == id).ExecuteDeleteAsync(cancellation);
            await http.NoteAsync(db, AuditedActions.SourceStopped, source.Name, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return Results.LocalRedirect(Language.To($"/espace/{node.Code}/sources"));
    }
}
