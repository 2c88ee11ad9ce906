using System.Security.Claims;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Team;

/// <summary>Lets through what a member's role allows. By default all members read, and editors change.</summary>
internal sealed partial class RoleGuard(ILogger<RoleGuard> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var needed = http.GetEndpoint()?.Metadata.GetMetadata<NeedsRole>()?.Role
            ?? (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? StaffRoles.Reader : StaffRoles.Editor);
        if (StaffRoles.Reaches(http.User.FindFirstValue(ClaimTypes.Role), needed))
        {
            return await next(context);
        }

        var node = http.RequestServices.GetRequiredService<NodeInstance>();
        LogRefused(node.Code, StaffMember.IdOf(http.User), http.Request.Method,
            (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, needed);
        return WorkspacePage.Missing(http, node, T["Pas avec votre rôle"],
            needed == StaffRoles.Administrator
                ? T["Cela demande le rôle « administration ». Rien n’a été fait. Demandez à quelqu’un de votre équipe qui l’a : la liste "
                    + "est sous « Équipe »."]
                : T["Votre rôle permet de lire, pas de modifier. Rien n’a été fait. Demandez à quelqu’un de votre équipe qui a le rôle « "
                    + "administration »."],
            StatusCodes.Status403Forbidden);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: member {Member} was refused {Method} {Route}, which needs the role {Role}")]
    private partial void LogRefused(string code, string member, string method, string? route, string role);
}
