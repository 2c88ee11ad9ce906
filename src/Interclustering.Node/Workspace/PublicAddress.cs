using Interclustering.Contracts;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Workspace;

/// <summary>How the nodes are reached from outside, for links in mails.</summary>
/// <param name="Origins">By cluster code, e.g. <c>https://espace.bsc.example</c>. Without one the request's own address is taken, which is
/// good enough on a machine of one's own only.</param>
public sealed record PublicAddress(IReadOnlyDictionary<string, string> Origins)
{
    public static PublicAddress Unknown { get; } = new(new Dictionary<string, string>());

    /// <summary>Without a slash at the end.</summary>
    public string OriginOf(HttpContext http, NodeInstance node)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(node);
        return Origins.GetValueOrDefault(node.Code, $"{http.Request.Scheme}://{http.Request.Host}");
    }

    /// <summary>Of the national site, for links that leave this server: without a slash at the end.</summary>
    public string OriginOf(HttpContext http, NationalSite site)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(site);
        return site.Origin.Length > 0 ? site.Origin.TrimEnd('/')
            : Origins.GetValueOrDefault(FederationDirectory.HubCode, $"{http.Request.Scheme}://{http.Request.Host}");
    }

    /// <summary>Null where it is not configured: without a request there is no address to take it from.</summary>
    public string? Of(NodeInstance node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Origins.GetValueOrDefault(node.Code)?.TrimEnd('/');
    }

    /// <summary>A page of a workspace, in the language of the request.</summary>
    public string To(HttpContext http, NodeInstance node, string path) => OriginOf(http, node) + Language.To($"/espace/{node.Code}{path}");
}
