namespace Interclustering.Node.Workspace;

/// <summary>What a cluster has decided about its workspace; what is not here is as it was delivered.</summary>
public sealed class ClusterSetting
{
    public required string Name { get; init; }
    public required string Value { get; set; }
}
