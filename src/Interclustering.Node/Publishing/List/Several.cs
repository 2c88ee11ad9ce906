using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Publishing.List;

/// <summary>
/// Does one thing with several publications: asks once, naming them, then takes each by itself. One that fails is named and does not stop
/// the others.
/// </summary>
internal static class Several
{
    public const string Path = "/publications/plusieurs", Withdraw = "retirer", Archive = "archiver", Theme = "theme";
    private const string Meanwhile = "entretemps", Refused = "refusee", Unreviewed = "relecture", Failed = "echec", Done = "fait";

    /// <summary>A page of the list has no more.</summary>
    public const int Most = PublicationPages.PageSize;

    public static IReadOnlyList<string> Actions { get; } = [Withdraw, Archive, Theme];

    public static string InWords(string action) => action switch
    {
        Withdraw => T["Retirer…"],
        Archive => T["Archiver…"],
        _ => T["Ajouter un thème…"],
    };

    public static void MapSeveral(this RouteGroupBuilder group)
    {
        group.MapGet(Path, AskAsync).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost(Path, DoAsync);
        group.MapGet(Path + "/fait", TellAsync).WithMetadata(new NeedsRole(StaffRoles.Editor));
    }

    /// <summary>Whether an action changes anything about a publication.</summary>
    public static bool Concerns(string action, WorkingCopy copy) => action switch
    {
        Withdraw => copy.State is PublicationState.Published or PublicationState.Draft,
        Archive => copy.ArchivedAt is null,
        _ => copy.State is PublicationState.Published or PublicationState.Draft,
    };

    private static async Task<IResult> AskAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var action = http.Request.Query["do"].ToString();
        var copies = await FindAsync(db, [.. http.Request.Query["id"].OfType<string>()], cancellation);
        return copies.Count == 0 || !Actions.Contains(action)
            ? WorkspacePage.Missing(http, node, T["Rien n’est coché"],
                T["Cochez dans la liste ce que vous voulez changer ensemble, puis choisissez quoi en faire."],
                StatusCodes.Status422UnprocessableEntity)
            : Ask(http, node, action, copies, []);
    }

    private static IResult Ask(
        HttpContext http, NodeInstance node, string action, IReadOnlyList<WorkingCopy> copies, IReadOnlyList<FieldError> errors) =>
        WorkspacePage.Of<SeveralPage>(http, node, T["Plusieurs publications"], new()
        {
            [nameof(SeveralPage.Action)] = action,
            [nameof(SeveralPage.Copies)] = copies,
            [nameof(SeveralPage.Errors)] = errors,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    private static async Task<IResult> DoAsync(
        HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor, CancellationToken cancellation)
    {
        var form = await http.Request.ReadFormAsync(cancellation);
        var (action, theme) = (form["do"].ToString(), form["theme"].ToString());
        // Each with the version that was looked at: « bsc-0193…:4 ».
        var asked = form["item"].OfType<string>().Select(item => item.Split(':')).Where(item => item.Length == 2)
            .Select(item => (Subject: item[0],
                Version: long.TryParse(item[1], CultureInfo.InvariantCulture, out var version) ? version : 0))
            .DistinctBy(item => item.Subject).Take(Most).ToList();
        var copies = await FindAsync(db, [.. asked.Select(item => item.Subject)], cancellation);
        if (!Actions.Contains(action) || asked.Count == 0)
        {
            return OwnPublications.Missing(http, node);
        }

        if (action == Theme && !KnownThemes.All.Contains(theme))
        {
            return Ask(http, node, action, copies, [new FieldError("theme", T["Choisissez un thème."])]);
        }

        var outcomes = new List<(string Subject, string Outcome)>();
        foreach (var (subject, version) in asked)
        {
            var copy = copies.FirstOrDefault(copy => copy.Subject == subject);
            outcomes.Add((subject, copy is null || copy.Version != version ? Meanwhile
                : Concerns(action, copy) ? await TakeAsync(http, db, editor, copy, action, theme, cancellation) : Done));
        }

        var query = string.Join('&', outcomes.Where(each => each.Outcome != Done).Select(each => $"{each.Outcome}={each.Subject}")
            .Prepend($"do={action}&{Done}={outcomes.Count(each => each.Outcome == Done).ToString(CultureInfo.InvariantCulture)}"));
        return Results.LocalRedirect(Language.To($"/espace/{node.Code}{Path}/fait?{query}"));
    }

    private static async Task<string> TakeAsync(HttpContext http, NodeContext db, PublicationEditor editor, WorkingCopy copy,
        string action, string theme, CancellationToken cancellation)
    {
        if (action == Theme && copy.State == PublicationState.Published && await ReviewRule.IsRequiredAsync(db, cancellation))
        {
            return Unreviewed;
        }

        try
        {
            var by = http.User.Identity?.Name ?? "";
            await (action switch
            {
                Withdraw => editor.WithdrawAsync(copy.Subject, null, by, copy.Version, cancellation),
                Archive => Archiving.SetAsync(db, copy.Subject, http.Now(), cancellation),
                _ => AddThemeAsync(http, db, editor, copy, theme, cancellation),
            });
            await http.NoteAsync(db, action switch
            {
                Withdraw => AuditedActions.Withdrawn,
                Archive => AuditedActions.Archived,
                _ => copy.State == PublicationState.Draft ? AuditedActions.Saved : AuditedActions.Published,
            }, copy.Title, cancellation);
            return Done;
        }
        catch (EditedMeanwhileException)
        {
            return Meanwhile;
        }
        catch (ContentRefusedException)
        {
            return Refused;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            FaultIsolation.Shared.Tell(exception, (copy.Subject, copy.Version));
            return Failed;
        }
    }

    private static async Task AddThemeAsync(
        HttpContext http, NodeContext db, PublicationEditor editor, WorkingCopy copy, string theme, CancellationToken cancellation)
    {
        var by = http.User.Identity?.Name ?? "";
        var item = (PublishedItem)PublicationText.Read(copy.Kind, copy.Data);
        item = item with { Themes = [.. item.Themes.Append(theme).Distinct()] };
        if (copy.State == PublicationState.Draft)
        {
            await editor.SaveDraftAsync(copy.Subject, item, by, copy.Version, cancellation, copy.PublishAt,
                StaffMember.IdOf(http.User));
            if (await Reviewing.FindAsync(db, copy.Subject, cancellation) is not null)
            {
                // What was read is another text now.
                await Reviewing.AskAsync(http, http.RequestServices.GetRequiredService<NodeInstance>(), db, copy.Subject, cancellation);
            }

            return;
        }

        await editor.PublishManyAsync([(copy.Subject, item)], by, copy.Version, cancellation);
    }

    /// <summary>Says how many are done, and names the others: the address has it all, so a reload does nothing again.</summary>
    private static async Task<IResult> TellAsync(HttpContext http, NodeInstance node, NodeContext db, CancellationToken cancellation)
    {
        var left = new[] { Meanwhile, Refused, Unreviewed, Failed }
            .SelectMany(outcome => http.Request.Query[outcome].OfType<string>().Select(id => (Id: id, Outcome: outcome)))
            .Take(Most).ToList();
        var copies = await FindAsync(db, [.. left.Select(each => each.Id)], cancellation);
        return WorkspacePage.Of<SeveralDonePage>(http, node, T["Plusieurs publications"], new()
        {
            [nameof(SeveralDonePage.Action)] = http.Request.Query["do"].ToString(),
            [nameof(SeveralDonePage.Count)] = int.TryParse(http.Request.Query[Done], CultureInfo.InvariantCulture, out var count)
                ? Math.Clamp(count, 0, Most) : 0,
            [nameof(SeveralDonePage.Left)] = left.Select(each => (copies.FirstOrDefault(copy => copy.Subject == each.Id),
                each.Outcome switch
                {
                    Meanwhile => T["modifiée par quelqu’un d’autre entre-temps, ou supprimée : regardez-la, puis recommencez"],
                    Refused => T["son contenu ne convient pas : ouvrez-la et corrigez"],
                    Unreviewed => T["votre cluster relit avant de publier : changez-la dans son formulaire, puis demandez une relecture"],
                    _ => T["une panne l’a empêché : recommencez"],
                })).ToList(),
        });
    }

    /// <summary>In the order in which they were named, at most <see cref="Most"/>.</summary>
    private static async Task<IReadOnlyList<WorkingCopy>> FindAsync(
        NodeContext db, IReadOnlyList<string> subjects, CancellationToken cancellation)
    {
        var wanted = subjects.Distinct().Take(Most).ToList();
        var copies = await db.WorkingCopies.AsNoTracking().Where(row => wanted.Contains(row.Subject)
            && Kinds.Items.Contains(row.Kind)).ToListAsync(cancellation);
        return [.. copies.OrderBy(copy => wanted.IndexOf(copy.Subject))];
    }
}
