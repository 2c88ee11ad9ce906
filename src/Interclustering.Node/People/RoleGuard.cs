using System.Security.Claims;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.People;

/// <summary>Lets through what a member's role allows. What is not marked is the safe way round: reading is for everybody of the team, changing for editors.</summary>
internal sealed class RoleGuard : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var needed = http.GetEndpoint()?.Metadata.GetMetadata<NeedsRole>()?.Role
            ?? (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? StaffRoles.Reader : StaffRoles.Editor);
        return StaffRoles.Reaches(http.User.FindFirstValue(ClaimTypes.Role), needed)
            ? await next(context)
            : WorkspacePage.Missing(http, http.RequestServices.GetRequiredService<NodeInstance>(), T["Pas avec votre rôle"],
                needed == StaffRoles.Administrator
                    ? T["Cela demande le rôle « administration ». Rien n’a été fait. Demandez à quelqu’un de votre équipe qui l’a : la liste est sous « Équipe »."]
                    : T["Votre rôle permet de lire, pas de modifier. Rien n’a été fait. Demandez à quelqu’un de votre équipe qui a le rôle « administration »."],
                StatusCodes.Status403Forbidden);
    }
}
