using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Workspace;

/// <summary>What every page of a workspace knows about where it stands.</summary>
public sealed record WorkspaceFrame(NodeInstance Node, string PathBase, string? Person, string TokenName, string Token, string Path)
{
    public string Link(string path) => $"{PathBase}/espace/{Node.Code}{path}";
}

/// <summary>Renders a component inside the workspace's document.</summary>
internal static class WorkspacePage
{
    public static IResult Of<TPage>(
        HttpContext http, NodeInstance node, string title, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        var frame = new WorkspaceFrame(
            node, http.Request.PathBase, http.User.Identity is { IsAuthenticated: true } identity ? identity.Name : null,
            tokens.FormFieldName, tokens.RequestToken ?? "", http.Request.Path);
        return new RazorComponentResult<WorkspaceDocument>(new Dictionary<string, object?>
        {
            [nameof(WorkspaceDocument.Frame)] = frame,
            [nameof(WorkspaceDocument.Title)] = title,
            [nameof(WorkspaceDocument.Page)] = typeof(TPage),
            [nameof(WorkspaceDocument.Parameters)] = parameters,
        })
        { StatusCode = status };
    }
}
