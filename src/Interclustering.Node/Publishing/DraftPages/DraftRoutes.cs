using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Node.Publishing.DraftPages;

/// <summary>What is done with a draft, or with a pending change, on the page of its publication.</summary>
internal static class DraftRoutes
{
    public static void MapDrafts(this RouteGroupBuilder group)
    {
        Map("relecture/publier", null, (handler, id, cancellation) => handler.ApproveAsync(id, cancellation));
        Map("relecture/rendre", null, (handler, id, cancellation) => handler.ReturnAsync(id, cancellation));
        Map("relecture/sans", StaffRoles.Administrator, (handler, id, cancellation) => handler.BypassAsync(id, cancellation));
        group.MapGet("/publications/{id}/commentaires", Back);
        group.MapPost("/publications/{id}/commentaires", ([AsParameters] CommentHandler handler, string id, CancellationToken cancellation)
            => handler.AddAsync(id, cancellation)).WithMetadata(new ShowsFormAgain());
        group.MapGet("/publications/{id}/modification/abandonner",
            ([AsParameters] ChangeHandler handler, string id, CancellationToken cancellation) => handler.AskAsync(id, cancellation))
            .WithMetadata(new NeedsRole(StaffRoles.Editor));
        group.MapPost("/publications/{id}/modification/abandonner",
            ([AsParameters] ChangeHandler handler, string id, CancellationToken cancellation) => handler.DiscardAsync(id, cancellation));
        group.MapPost("/publications/{id}/modification/deprogrammer",
            ([AsParameters] ChangeHandler handler, string id, CancellationToken cancellation) => handler.UnscheduleAsync(id, cancellation));

        void Map(string action, string? role, Func<ReviewHandler, string, CancellationToken, Task<IResult>> handle)
        {
            // The page's own address, for a reload or a change of language.
            group.MapGet($"/publications/{{id}}/{action}", Back);
            var post = group.MapPost($"/publications/{{id}}/{action}",
                ([AsParameters] ReviewHandler handler, string id, CancellationToken cancellation) => handle(handler, id, cancellation))
                .WithMetadata(new ShowsFormAgain());
            _ = role is null ? post : post.WithMetadata(new NeedsRole(role));
        }
    }

    private static IResult Back(NodeInstance node, string id) =>
        Results.LocalRedirect(Language.To($"/espace/{node.Code}/publications/{Uri.EscapeDataString(id)}"));
}
