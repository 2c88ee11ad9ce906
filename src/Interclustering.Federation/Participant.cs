using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation;

/// <summary>
/// One participant in the federation: the hub or a cluster's node. It has a journal, relays it to its readers, and keeps a replica of
/// every journal that it follows. Node and hub differ in whom they read, in what applying an entry means, and in the size of their entries.
/// </summary>
public sealed class Participant(
    string code, Func<DbContext> open, SigningKey key, FederationDirectory directory, IApplyEntries apply, TimeProvider clock)
{
    public string Code { get; } = code;

    /// <summary>A context of this participant's own database; the caller disposes of it.</summary>
    public Func<DbContext> Open { get; } = open;

    public SigningKey Key { get; } = key;

    public FederationDirectory Directory { get; } = directory;

    /// <summary>What applying means here.</summary>
    public IApplyEntries Apply { get; } = apply;

    public TimeProvider Clock { get; } = clock;

    public Journal Journal { get; } = new(code, clock);

    /// <summary>What the relays of this journal send.</summary>
    internal OutgoingSegments Outgoing => field ?? Interlocked.CompareExchange(ref field, new OutgoingSegments(this), null) ?? field;

    /// <summary>
    /// Who reads this journal: the hub for a node, every cluster that takes part for the hub, no one for a cluster that has left.
    /// </summary>
    public IReadOnlyList<string> Peers { get; } = code == FederationDirectory.HubCode
        ? [.. directory.Current.Select(cluster => cluster.Code)]
        : directory.Find(code)?.Left is null ? [FederationDirectory.HubCode] : [];

    /// <summary>Whose journals are read: the peers'; by the hub also those of clusters that have left, for what was on its way.</summary>
    public IReadOnlyList<string> Followed { get; } = code == FederationDirectory.HubCode
        ? [.. directory.Clusters.Select(cluster => cluster.Code)]
        : [FederationDirectory.HubCode];

    /// <summary>Name of the queue on the bus.</summary>
    public string Queue => $"ic.cmd.{Code}";
}
