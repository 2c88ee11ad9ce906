using Interclustering.Contracts;

namespace Interclustering.Federation.Verification;

/// <summary>One thing that two participants must agree on.</summary>
/// <param name="Cluster">Code of the node compared with the hub.</param>
/// <param name="What">In words.</param>
/// <param name="Here">What the owner says.</param>
/// <param name="There">What the reader says.</param>
public sealed record Compared(string Cluster, string What, string Here, string There)
{
    public bool Agrees => Here == There;
}

/// <summary>Compares every node with the hub, both ways. Pure.</summary>
public static class Comparison
{
    private const string Nothing = "-";

    public static IReadOnlyList<Compared> Compare(ParticipantReport hub, IReadOnlyList<ParticipantReport> nodes)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return [.. nodes.SelectMany(node => Compare(hub, node))];
    }

    private static IEnumerable<Compared> Compare(ParticipantReport hub, ParticipantReport node)
    {
        yield return new Compared(node.Code, "node → hub: end of the journal", Position(node), Position(hub.Follow(node.Code)));
        yield return new Compared(node.Code, "hub → node: end of the hub's journal", Position(hub), Position(node.Follow(hub.Code)));
        // An entry that the hub quarantined is in the node's state and not in the hub's: both know it, so the view below is what must
        // agree.
        if (hub.Follow(node.Code)?.Quarantined is null or 0)
        {
            yield return new Compared(
                node.Code, "node → hub: publications", Digest(node.State(node.Code, node.Code)), Digest(hub.State(node.Code, node.Code)));
        }

        foreach (var state in hub.States)
        {
            yield return new Compared(
                node.Code, $"hub → node: publications of {state.Cluster}", Digest(state),
                Digest(node.State(FederationDirectory.HubCode, state.Cluster)));
        }
    }

    private static string Position(ParticipantReport owner) =>
        owner.Sequence == 0 ? Nothing : $"{owner.Epoch}/{owner.Sequence} {owner.Hash}";

    private static string Position(FollowedJournal? followed) =>
        followed is null or { Watermark: 0 } ? Nothing : $"{followed.Epoch}/{followed.Watermark} {followed.Hash}";

    private static string Digest(StateDigest? state) => state?.Digest ?? Nothing;
}
