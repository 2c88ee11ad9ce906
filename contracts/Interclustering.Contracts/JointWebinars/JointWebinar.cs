using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// Only in the hub's journal, under the dossier's id: what has come of the facts that clusters said about a joint webinar. It names facts
/// and repeats none of their words, so that an erasure reaches everything.
/// </summary>
public sealed record JointWebinar : Publication
{
    /// <summary>One of <see cref="JointWebinarStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>The chosen slot's start.</summary>
    public string? Slot { get; init; }

    /// <summary>Codes of the clusters that take part, the lead first.</summary>
    public required IReadOnlyList<string> Participants { get; init; }

    /// <summary>How many facts count.</summary>
    public required int Counted { get; init; }

    /// <summary>Facts that don't count, and why: those who said them are told.</summary>
    public IReadOnlyList<RefusedFact> Refused { get; init; } = [];

    /// <summary>Ids of facts that wait for another one that they answer.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>Id of the fact with the announcement that counts.</summary>
    public string? Announced { get; init; }
}

/// <summary>Where a joint webinar stands. That it has been held is computed from its slot, like being past.</summary>
public static class JointWebinarStates
{
    public const string Proposed = "proposed";
    public const string Answering = "answering";
    public const string SlotChosen = "slot-chosen";
    public const string Preparing = "preparing";
    public const string Announced = "announced";
    public const string ReplayOnline = "replay-online";
    public const string Closed = "closed";

    /// <summary>Every invited cluster has declined. Nothing is over: each may still answer, and the lead may propose anew.</summary>
    public const string Declined = "declined";
    public const string Postponed = "postponed";
    public const string Cancelled = "cancelled";
    public static IReadOnlyList<string> All { get; } =
        [Proposed, Answering, SlotChosen, Preparing, Announced, ReplayOnline, Closed, Declined, Postponed, Cancelled];
}

/// <summary>A fact that does not count.</summary>
/// <param name="Fact">Its id.</param>
/// <param name="Reason">One of <see cref="RefusalReasons"/>.</param>
public sealed record RefusedFact(string Fact, string Reason)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>Why a fact does not count.</summary>
public static class RefusalReasons
{
    /// <summary>Only the lead says this.</summary>
    public const string NotTheLead = "not-the-lead";
    public const string NotInvited = "not-invited";

    /// <summary>Only a cluster that has joined says this.</summary>
    public const string NotJoined = "not-joined";

    /// <summary>It was said after the last day for answers.</summary>
    public const string DeadlineOver = "deadline-over";

    /// <summary>A slot was chosen before.</summary>
    public const string SlotGone = "slot-gone";

    /// <summary>A replay was given before the webinar was held.</summary>
    public const string NotHeld = "not-held";

    /// <summary>The dossier was cancelled or closed before.</summary>
    public const string Over = "over";
    public static IReadOnlyList<string> All { get; } = [NotTheLead, NotInvited, NotJoined, DeadlineOver, SlotGone, NotHeld, Over];
}
