using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Agreements;
using Interclustering.Node.Audit;
using Interclustering.Node.Forms;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Duplicates;

/// <summary>« Doublons »: what may be one event, between own sources and between clusters, and what members say of it.</summary>
internal static class DuplicatePages
{
    public const string Path = "/doublons";

    public static void MapDuplicates(this RouteGroupBuilder group)
    {
        group.MapGet("/ressemblances", Alike).WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapGet(Path, ListAsync);
        group.MapPost(Path, DecideAsync);
    }

    /// <summary>The part of a form's page that follows what is typed, for the script.</summary>
    private static IResult Alike(HttpRequest request)
    {
        var form = ItemForm.Read(Kinds.Event, new FormCollection(request.Query.ToDictionary(field => field.Key, field => field.Value)));
        return new RazorComponentResult<LikelySame>(new Dictionary<string, object?>
        {
            [nameof(LikelySame.Form)] = form,
            [nameof(LikelySame.Self)] = form["self"] is { Length: > 0 } self ? self : null,
        });
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeInstance node, NodeContext db, NationalAgenda national, TimeProvider clock, CancellationToken cancellation)
    {
        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        return WorkspacePage.Of<DuplicatesPage>(http, node, T["Doublons"], new()
        {
            [nameof(DuplicatesPage.Pairs)] = DuplicatePair.Open(
                agenda, await NodeAgreements.ReadAsync(db, cancellation), node.Code, ParisDay.Today(clock)),
            [nameof(DuplicatesPage.KnownAt)] = agenda.KnownAt,
            [nameof(DuplicatesPage.Now)] = clock.GetUtcNow().UtcDateTime,
        });
    }

    private static async Task<IResult> DecideAsync(HttpContext http, NodeInstance node, NodeContext db, PublicationEditor editor,
        NationalItems items, CancellationToken cancellation)
    {
        var posted = await http.Request.ReadFormAsync(cancellation);
        var (own, other) = (InputText.Clean(posted["own"].ToString()), InputText.Clean(posted["other"].ToString()));
        var copy = await OwnPublications.FindAsync(db, own, cancellation);
        if (copy is null || !IsPublic(copy) || own == other
            || !await IsEventAsync(db, node, items, other, cancellation))
        {
            return OwnPublications.Missing(http, node);
        }

        var by = http.User.Identity?.Name ?? "";
        var known = await NodeAgreements.ReadAsync(db, cancellation);
        var before = known.ClaimOf(Subjects.OwnerOf(other), own, other)?.Said;
        bool? same = posted["do"].ToString() switch
        {
            TogetherSection.Same => true,
            TogetherSection.Different or TogetherSection.Part => false,
            _ => null,
        };
        if (same is { } isSame)
        {
            // An answer follows what was proposed. Who asks, asks to be shown at the other's address. Of two own ones the older stays.
            var stays = before?.Event ?? (Subjects.OwnerOf(other) != node.Code || string.CompareOrdinal(other, own) < 0 ? other : own);
            await Statements.SayOfTwoAsync(editor, known, node.Code, stays, stays == own ? other : own, isSame, by, cancellation);
            await http.NoteAsync(db, isSame ? AuditedActions.SaidSame : AuditedActions.SaidDifferent, copy.Title, cancellation);
        }

        return Results.LocalRedirect(Language.To(
            $"/espace/{node.Code}{(posted["from"] == "own" ? $"/publications/{own}#ensemble" : Path)}"));
    }

    private static async Task<bool> IsEventAsync(NodeContext db, NodeInstance node, NationalItems items, string id,
        CancellationToken cancellation) => Subjects.OwnerOf(id) == node.Code
            ? await OwnPublications.FindAsync(db, id, cancellation) is { } own && IsPublic(own)
            : await items.FindAsync(db, node.Code, id, cancellation) is { Publication: Event { Visibility: Visibility.Public } };

    /// <summary>What is not for everyone is never put together with what is.</summary>
    private static bool IsPublic(WorkingCopy copy) => copy is { State: PublicationState.Published, Kind: Kinds.Event or Kinds.Webinar }
        && PublicationText.Read(copy.Kind, copy.Data) is Event { Visibility: Visibility.Public };
}
