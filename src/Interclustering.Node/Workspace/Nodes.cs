using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Node.Workspace;

/// <summary>A cluster's node hosted by this process.</summary>
/// <param name="Cluster">Its directory entry.</param>
/// <param name="Open">Opens a context of its own database.</param>
/// <param name="Journal">Its own journal.</param>
/// <param name="Files">Its own files.</param>
public sealed record NodeInstance(Cluster Cluster, Func<NodeContext> Open, Journal Journal, ContentStore Files)
{
    public string Code => Cluster.Code;

    /// <summary>The cookie scheme that only this node issues and accepts.</summary>
    public string Scheme => SchemeOf(Code);

    public static string SchemeOf(string code) => $"workspace-{code}";
}

/// <summary>The nodes that this process hosts.</summary>
public sealed class Nodes(IReadOnlyList<NodeInstance> all)
{
    public IReadOnlyList<NodeInstance> All { get; } = all;

    public NodeInstance? Find(string code) => All.FirstOrDefault(node => node.Code == code);
}

/// <summary>Marks an endpoint as one of a cluster's workspace.</summary>
public sealed record NodeRoute(string Code);

/// <summary>The node whose workspace answers this request: known by its endpoint, never by anything that the request claims.</summary>
public sealed class CurrentNode(IHttpContextAccessor accessor, Nodes nodes)
{
    public NodeInstance Node =>
        accessor.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<NodeRoute>() is { } route && nodes.Find(route.Code) is { } node
            ? node
            : throw new InvalidOperationException("This request is not one of a cluster's workspace.");
}
