using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.JointWebinars;

/// <summary>A candidate slot, and who suggested it.</summary>
public sealed record CandidateSlot(string Start, string By);

/// <summary>A cluster's answer that counts.</summary>
public sealed record GivenAnswer(RecordedFact Said, ClusterAnswer Answer)
{
    /// <summary>What it says of a slot; null when nothing.</summary>
    public string? On(string slot) => Answer.Slots.FirstOrDefault(each => each.Slot == slot)?.Answer;
}

/// <summary>A joint webinar as folded from what clusters have said about it. See <see cref="DossierFold"/>.</summary>
public sealed record Dossier
{
    public required string Id { get; init; }

    /// <summary>Code of the cluster that leads: the one that proposed it, until it hands over.</summary>
    public required string Lead { get; init; }

    /// <summary>Codes of those that have handed over, the one that proposed it first.</summary>
    public IReadOnlyList<string> FormerLeads { get; init; } = [];
    public required WebinarProposal Proposal { get; init; }

    /// <summary>The first proposal.</summary>
    public required RecordedFact Opened { get; init; }

    /// <summary>The proposal that asked all anew, after all had declined; null without one.</summary>
    public RecordedFact? AskedAnew { get; init; }

    /// <summary>One of <see cref="JointWebinarStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>In order of start.</summary>
    public required IReadOnlyList<CandidateSlot> Slots { get; init; }

    /// <summary>By cluster.</summary>
    public required IReadOnlyDictionary<string, GivenAnswer> Answers { get; init; }

    /// <summary>The choice that counts; null while there is none.</summary>
    public RecordedFact? Chosen { get; init; }

    /// <summary>The slot that was let go of when it was postponed; null unless it was.</summary>
    public string? Before { get; init; }
    public required IReadOnlyList<RunLine> Run { get; init; }
    public required IReadOnlyList<PreparationTask> Tasks { get; init; }
    public required IReadOnlyDictionary<string, Participation> Participations { get; init; }

    /// <summary>Every announcement that counts, the last one last.</summary>
    public required IReadOnlyList<RecordedFact> Announcements { get; init; }
    public Replay? Replay { get; init; }

    /// <summary>Every draft of a sheet, the one that counts last.</summary>
    public required IReadOnlyList<RecordedFact> SheetDrafts { get; init; }

    /// <summary>Ids of best-practice sheets written from it.</summary>
    public required IReadOnlyList<string> Sheets { get; init; }

    /// <summary>Why it was postponed or cancelled.</summary>
    public string? Reason { get; init; }

    /// <summary>Everything that counts, in order.</summary>
    public required IReadOnlyList<RecordedFact> Counted { get; init; }

    /// <summary>What does not count, and why.</summary>
    public required IReadOnlyList<(RecordedFact Said, string Reason)> Refused { get; init; }

    /// <summary>What waits for another fact that it answers.</summary>
    public required IReadOnlyList<RecordedFact> Waiting { get; init; }

    public string? Slot => Chosen?.Fact.Slot;

    /// <summary>Code of the cluster that proposed it.</summary>
    public string ProposedBy => FormerLeads is [var first, ..] ? first : Lead;

    /// <summary>Every cluster that is asked, the lead first.</summary>
    public IReadOnlyList<string> Invited => [.. FormerLeads.Concat(Proposal.Invited).Prepend(Lead).Distinct()];

    /// <summary>Every cluster that takes part, the lead first.</summary>
    public IReadOnlyList<string> Participants => [.. Invited.Where(Joins)];

    /// <summary>The last day for answers, in Paris.</summary>
    public DateOnly Deadline => DateOnly.ParseExact(Proposal.Deadline, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public IReadOnlyList<RecordedFact> Remarks => [.. Counted.Where(said => said.Fact.Fact == JointWebinarFacts.RemarkMade)];

    public IReadOnlyList<RecordedFact> Links => [.. Counted.Where(said => said.Fact.Fact == JointWebinarFacts.LinkShared)];

    public Announcement? Announcement => Announcements is [.., var last] ? last.Fact.Announcement : null;

    public SheetDraft? SheetDraft => SheetDrafts is [.., var last] ? last.Fact.Draft : null;

    /// <summary>Nothing more is expected.</summary>
    public bool IsOver => State is JointWebinarStates.Closed or JointWebinarStates.Cancelled;

    /// <summary>Every invited cluster has declined; nothing is over by that.</summary>
    public bool IsDeclined => State == JointWebinarStates.Declined;

    /// <summary>A slot is still to be found.</summary>
    public bool IsOpen => State is JointWebinarStates.Proposed or JointWebinarStates.Answering or JointWebinarStates.Postponed;

    /// <summary>A lead does unless it says no, also after it has handed over; the others do when they say so.</summary>
    public bool Joins(string cluster) => Answers.GetValueOrDefault(cluster)?.Answer.Joins switch
    {
        null => cluster == Lead || FormerLeads.Contains(cluster),
        JoinAnswers.No => false,
        _ => true,
    };

    /// <summary>Local end of the chosen slot; null while none is chosen.</summary>
    public DateTime? EndsAt => Slot is { } slot ? TimeOf(slot).AddMinutes(Proposal.Minutes) : null;

    /// <param name="nowInParis">Local time.</param>
    public bool IsHeld(DateTime nowInParis) => Announcements.Count > 0 && EndsAt <= nowInParis && State is not JointWebinarStates.Cancelled;

    /// <summary>Local time in Paris.</summary>
    public static DateTime TimeOf(string slot) => DateTime.ParseExact(slot, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static string SlotOf(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What the hub journals of it.</summary>
    public JointWebinar Ruling() => new()
    {
        Nonce = "",
        State = State,
        Slot = Slot,
        Participants = Participants,
        Counted = Counted.Count,
        Refused = [.. Refused.Select(each => new RefusedFact(each.Said.Subject, each.Reason))],
        Waiting = [.. Waiting.Select(said => said.Subject)],
        Announced = Announcements is [.., var last] ? last.Subject : null,
    };
}
