using System.Security.Claims;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Node.Workspace;

/// <summary>What every page of a workspace knows about where it stands: its address is the one without the language.</summary>
public sealed record WorkspaceFrame(NodeInstance Node, string? Person, string TokenName, string Token, string Path, string Query)
{
    /// <summary>One of <see cref="StaffRoles"/>; null without a signed-in member.</summary>
    public string? Role { get; init; }

    /// <summary>Whether its readers are people who register, and know nothing of a workspace.</summary>
    public bool IsForPublic { get; init; }

    /// <summary>Who is signed in, as the tables name them; empty without a member.</summary>
    public string Member { get; init; } = "";

    /// <summary>Whether the reader may do what needs a role.</summary>
    public bool Reaches(string role) => StaffRoles.Reaches(Role, role);

    /// <summary>Whether the reader writes and publishes: what leads to a change is shown to those only who may make it.</summary>
    public bool Edits => Reaches(StaffRoles.Editor);

    /// <summary>An address of this workspace, in the reader's language.</summary>
    public string Link(string path) => Language.To($"/espace/{Node.Code}{path}");
}

/// <summary>Renders a component inside the workspace's document.</summary>
internal static class WorkspacePage
{
    public static IResult Of<TPage>(
        HttpContext http, NodeInstance node, string title, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return In<TPage>(new WorkspaceFrame(
            node, http.User.Identity is { IsAuthenticated: true } identity ? identity.Name : null,
            tokens.FormFieldName, tokens.RequestToken ?? "", http.Request.Path.ToUriComponent(), http.Request.QueryString.ToUriComponent())
        {
            Role = http.User.FindFirstValue(ClaimTypes.Role),
            Member = http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
        }, title, parameters, status);
    }

    /// <summary>For a reader who is not asked who they are: it leaves no cookie, and holds no form of ours.</summary>
    public static IResult OfStranger<TPage>(
        HttpContext http, NodeInstance node, string title, Dictionary<string, object?> parameters, int status) =>
        In<TPage>(new WorkspaceFrame(node, null, "", "", http.Request.Path.ToUriComponent(), ""), title, parameters, status);

    /// <summary>The same for the people who register for events.</summary>
    public static IResult OfPublic<TPage>(
        HttpContext http, NodeInstance node, string title, Dictionary<string, object?> parameters, int status) =>
        In<TPage>(new WorkspaceFrame(node, null, "", "", http.Request.Path.ToUriComponent(), "") { IsForPublic = true }, title, parameters,
            status);

    private static RazorComponentResult<WorkspaceDocument> In<TPage>(
        WorkspaceFrame frame, string title, Dictionary<string, object?> parameters, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(WorkspaceDocument.Frame)] = frame,
            [nameof(WorkspaceDocument.Title)] = title,
            [nameof(WorkspaceDocument.Page)] = typeof(TPage),
            [nameof(WorkspaceDocument.Parameters)] = parameters,
        })
        { StatusCode = status };

    /// <summary>Says in words that there is nothing here, and where to go on.</summary>
    public static IResult Missing(
        HttpContext http, NodeInstance node, string title, string sentence, int status = StatusCodes.Status404NotFound) =>
        Of<MissingPage>(http, node, title,
            new() { [nameof(MissingPage.Title)] = title, [nameof(MissingPage.Sentence)] = sentence }, status);
}
