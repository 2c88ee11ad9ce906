namespace Interclustering.Server.BrokerPermissions;

/// <summary>One thing that is not as it should be at the broker: whose or what, what is wrong, what to do.</summary>
internal sealed record BrokerFinding(string Subject, string Wrong, string Remedy)
{
    public override string ToString() => $"{Subject}: {Wrong}. {Remedy}.";
}
