using Interclustering.Contracts;
using Interclustering.Dates;

namespace Interclustering.JointWebinars;

/// <summary>
/// The state machine of a joint webinar: what clusters have said, in the order of the hub's journal, and nothing else, gives the dossier.
/// The same facts give the same dossier in whatever order and however often they are handed in. A fact that lacks what it answers waits for
/// it.
/// </summary>
public sealed class DossierFold
{
    /// <summary>Of a hyphen and a UUID.</summary>
    private const int IdLength = 37;
    private readonly string id;
    private readonly List<string> formerLeads = [];
    private readonly List<RecordedFact> counted = [];
    private readonly List<(RecordedFact Said, string Reason)> refused = [];
    private readonly List<(RecordedFact Said, string? Reason)> waiting = [];
    private readonly SortedDictionary<string, CandidateSlot> slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GivenAnswer> answers = [];
    private readonly Dictionary<string, RunLine> run = [];
    private readonly Dictionary<string, PreparationTask> tasks = [];
    private readonly Dictionary<string, Participation> participations = [];
    private readonly List<RecordedFact> announcements = [];
    private readonly List<RecordedFact> drafts = [];
    private readonly List<string> sheets = [];
    private string lead;
    private RecordedFact? opened, askedAnew, chosen;
    private WebinarProposal? proposal;
    private Replay? replay;
    private string? ending, reason, before;

    private DossierFold(string id) => (this.id, lead) = (id, id[..^IdLength]);

    /// <summary>Folds; null when nothing opens the dossier yet.</summary>
    /// <param name="id"><c>&lt;code of the lead&gt;-&lt;UUID&gt;</c>.</param>
    /// <param name="facts">About this dossier; equal ids are one fact.</param>
    public static Dossier? Of(string id, IEnumerable<RecordedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(facts);
        if (id.Length <= IdLength)
        {
            return null;
        }

        var fold = new DossierFold(id);
        foreach (var said in facts.DistinctBy(said => said.Subject).OrderBy(said => said.Position).ThenBy(said => said.SaidAt)
            .ThenBy(said => said.Subject, StringComparer.Ordinal))
        {
            fold.Take(said);
        }

        return fold.Result();
    }

    private void Take(RecordedFact said)
    {
        if (!Try(said))
        {
            return;
        }

        // What waited may be answered now; each that counts may answer another. After the end it keeps the reason that it was told.
        for (var again = ending is null; again;)
        {
            again = false;
            foreach (var late in waiting.ToList())
            {
                waiting.Remove(late);
                again |= Try(late.Said);
            }
        }
    }

    private bool Try(RecordedFact said)
    {
        var verdict = Apply(said);
        switch (verdict)
        {
            case { Counts: true }: counted.Add(said); return true;
            case { Waits: true }: waiting.Add((said, verdict.Reason)); return false;
            default: refused.Add((said, verdict.Reason!)); return false;
        }
    }

    private Verdict Apply(RecordedFact said)
    {
        var fact = said.Fact;
        if (proposal is null)
        {
            return fact.Fact != JointWebinarFacts.Proposed ? Verdict.Later(null) : Propose(said);
        }

        if (!Asked.Contains(said.Cluster))
        {
            return Verdict.Later(RefusalReasons.NotInvited);
        }

        if (ending is not null && fact.Fact is not JointWebinarFacts.RemarkMade)
        {
            return Verdict.Refused(RefusalReasons.Over);
        }

        return fact.Fact switch
        {
            JointWebinarFacts.Proposed => Propose(said),
            JointWebinarFacts.Answered => Answer(said, fact.Answer!),
            JointWebinarFacts.SlotSuggested => Suggest(said, fact.Slot!),
            JointWebinarFacts.RemarkMade => Verdict.Counted,
            JointWebinarFacts.LeadHandedOver => HandOver(said, fact.Lead!),
            _ when !Joined(said.Cluster) => Verdict.Later(RefusalReasons.NotJoined),
            JointWebinarFacts.SlotChosen => Choose(said, fact.Slot!),
            JointWebinarFacts.LineWritten => Keep(() => run[fact.Line!.Id] = fact.Line),
            JointWebinarFacts.TaskWritten => Keep(() => tasks[fact.Task!.Id] = fact.Task),
            JointWebinarFacts.LinkShared => Verdict.Counted,
            JointWebinarFacts.ParticipationSet => Keep(() => participations[said.Cluster] = fact.Participation!),
            JointWebinarFacts.Announced => Once(() => announcements.Add(said)),
            JointWebinarFacts.ReplayPublished => Show(said, fact.Replay!),
            JointWebinarFacts.ReplayWithdrawn => Keep(() => replay = null),
            JointWebinarFacts.SheetDrafted => Keep(() => drafts.Add(said)),
            JointWebinarFacts.SheetLinked => Keep(() => sheets.Add(fact.Sheet!)),
            JointWebinarFacts.Postponed => Once(() =>
                (before, chosen, reason, replay) = (chosen!.Fact.Slot, null, fact.Text, null)),
            JointWebinarFacts.Cancelled => Keep(() => (ending, reason) = (JointWebinarStates.Cancelled, fact.Text)),
            JointWebinarFacts.Closed => Keep(() => ending = JointWebinarStates.Closed),
            // Said by a later version: it counts for nothing here, and is no mistake.
            _ => Verdict.Later(null),
        };
    }

    private Verdict Propose(RecordedFact said)
    {
        if (said.Cluster != lead)
        {
            return Verdict.Refused(RefusalReasons.NotTheLead);
        }

        if (AllDeclined)
        {
            // All are asked anew: a slot that none comes to is let go.
            (askedAnew, chosen) = (said, null);
            foreach (var cluster in answers.Keys.Where(cluster => cluster != lead).ToList())
            {
                answers.Remove(cluster);
            }
        }

        if (chosen is not null)
        {
            return Verdict.Refused(RefusalReasons.SlotGone);
        }

        // What others have suggested stays; what was proposed before does not.
        foreach (var start in slots.Values.Where(slot => slot.By == lead || proposal?.Slots.Contains(slot.Start) == true)
            .Select(slot => slot.Start).ToList())
        {
            slots.Remove(start);
        }

        (opened, proposal) = (opened ?? said, said.Fact.Proposal!);
        foreach (var start in proposal.Slots)
        {
            slots[start] = new CandidateSlot(start, lead);
        }

        return Verdict.Counted;
    }

    private Verdict Answer(RecordedFact said, ClusterAnswer answer)
    {
        if (answer.Joins != JoinAnswers.No && IsLate(said) && !AllDeclined)
        {
            return Verdict.Later(RefusalReasons.DeadlineOver);
        }

        // One that waited for a later deadline does not take the place of what was said since.
        if (!answers.TryGetValue(said.Cluster, out var known) || known.Said.Position <= said.Position)
        {
            answers[said.Cluster] = new GivenAnswer(said, answer);
        }

        return Verdict.Counted;
    }

    private Verdict Suggest(RecordedFact said, string start) =>
        chosen is not null ? Verdict.Refused(RefusalReasons.SlotGone)
        : IsLate(said) && !AllDeclined ? Verdict.Later(RefusalReasons.DeadlineOver)
        : Keep(() => slots.TryAdd(start, new CandidateSlot(start, said.Cluster)));

    private Verdict Choose(RecordedFact said, string start)
    {
        if (chosen is not null)
        {
            // The same choice twice is one choice.
            return chosen.Fact.Slot == start ? Verdict.Counted : Verdict.Refused(RefusalReasons.SlotGone);
        }

        return slots.ContainsKey(start) ? Keep(() => chosen = said) : Verdict.Later(null);
    }

    /// <summary>To one that takes part. It is no use to wait until another does: the lead chooses anew.</summary>
    private Verdict HandOver(RecordedFact said, string to)
    {
        if (said.Cluster != lead)
        {
            return Verdict.Refused(RefusalReasons.NotTheLead);
        }

        return !Asked.Contains(to) || !Joined(to) ? Verdict.Refused(RefusalReasons.NotJoined) : Keep(() =>
        {
            if (to != lead)
            {
                formerLeads.Remove(to);
                formerLeads.Add(lead);
                lead = to;
            }
        });
    }

    /// <summary>Once the webinar has ended, by the clock of who gives the replay.</summary>
    private Verdict Show(RecordedFact said, Replay given) =>
        announcements.Count == 0 || chosen is null ? Verdict.Later(null)
        : ParisDay.Of(said.SaidAt) < Dossier.TimeOf(chosen.Fact.Slot!).AddMinutes(proposal!.Minutes)
            ? Verdict.Later(RefusalReasons.NotHeld)
        : Keep(() => replay = given);

    /// <summary>Of what only makes sense once a slot is chosen: it waits for that.</summary>
    private Verdict Once(Action keep) => chosen is null ? Verdict.Later(null) : Keep(keep);

    private static Verdict Keep(Action keep)
    {
        keep();
        return Verdict.Counted;
    }

    /// <summary>By its origin's clock: an answer that was given in time counts however late it arrives.</summary>
    private bool IsLate(RecordedFact said) =>
        string.CompareOrdinal(ParisDay.Of(said.SaidAt).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        proposal!.Deadline) > 0;

    private bool Joined(string cluster) => answers.TryGetValue(cluster, out var given)
        ? given.Answer.Joins != JoinAnswers.No : cluster == lead || formerLeads.Contains(cluster);

    private IReadOnlyList<string> Asked => [.. formerLeads.Concat(proposal?.Invited ?? []).Prepend(lead).Distinct()];

    /// <summary>All clusters that are asked beside the lead have said no, and nothing was announced.</summary>
    private bool AllDeclined => announcements.Count == 0 && Asked is { Count: > 1 } asked && asked.Skip(1)
        .All(code => answers.TryGetValue(code, out var given) && given.Answer.Joins == JoinAnswers.No);

    private Dossier? Result() => proposal is null ? null : new Dossier
    {
        Id = id,
        Lead = lead,
        FormerLeads = formerLeads,
        Proposal = proposal,
        Opened = opened!,
        AskedAnew = askedAnew,
        State = State(),
        Slots = [.. slots.Values],
        Answers = answers,
        Chosen = chosen,
        Before = before,
        Run = [.. run.Values.Where(line => !line.Removed).OrderBy(line => line.Minute).ThenBy(line => line.Id, StringComparer.Ordinal)],
        Tasks = [.. tasks.Values.Where(task => !task.Removed).OrderBy(task => task.DueOn ?? "9", StringComparer.Ordinal)
            .ThenBy(task => task.Id, StringComparer.Ordinal)],
        Participations = participations,
        Announcements = announcements,
        Replay = replay,
        SheetDrafts = drafts,
        Sheets = [.. sheets.Distinct()],
        Reason = reason,
        Counted = counted,
        Refused = [.. refused, .. waiting.Where(late => late.Reason is not null).Select(late => (late.Said, late.Reason!))],
        Waiting = [.. waiting.Where(late => late.Reason is null).Select(late => late.Said)],
    };

    private string State() => ending
        ?? (AllDeclined ? JointWebinarStates.Declined
        : chosen is null ? (before is not null ? JointWebinarStates.Postponed : answers.Count > 0
            ? JointWebinarStates.Answering : JointWebinarStates.Proposed)
        : replay is not null ? JointWebinarStates.ReplayOnline
        : announcements.Count > 0 ? JointWebinarStates.Announced
        : run.Count + tasks.Count + participations.Count > 0 ? JointWebinarStates.Preparing
        : JointWebinarStates.SlotChosen);

    /// <summary>What becomes of a fact. One that waits with a reason does not count for that reason unless something changes.</summary>
    private sealed record Verdict(bool Counts, bool Waits, string? Reason)
    {
        public static Verdict Counted { get; } = new(true, false, null);

        public static Verdict Later(string? reason) => new(false, true, reason);

        public static Verdict Refused(string reason) => new(false, false, reason);
    }
}
