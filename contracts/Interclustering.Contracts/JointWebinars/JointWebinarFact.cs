using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// One thing that a cluster says about a joint webinar. Facts are never revised: a later one counts instead. The hub folds them in the
/// order of its journal, and says in <see cref="JointWebinar"/> what came of it. For the teams of all clusters: nothing public shows them.
/// </summary>
public sealed record JointWebinarFact : Publication
{
    /// <summary>
    /// Id of the dossier, <c>&lt;code of the lead&gt;-&lt;UUIDv7&gt;</c>: the cluster that proposes it mints it. No publication has this
    /// id.
    /// </summary>
    public required string Dossier { get; init; }

    /// <summary>One of <see cref="JointWebinarFacts"/>: it says which of the other fields is there.</summary>
    public required string Fact { get; init; }

    /// <summary>Id of the <see cref="Person"/> who said it for the cluster.</summary>
    public string? By { get; init; }

    /// <summary>
    /// Id of the fact that this one corrects, which its writer has seen: of what a later fact replaces. Absent for the first, and in facts
    /// of earlier versions; an announcement and a draft name it themselves.
    /// </summary>
    public string? Corrects { get; init; }

    /// <summary>Of <c>proposed</c>.</summary>
    public WebinarProposal? Proposal { get; init; }

    /// <summary>Of <c>answered</c>.</summary>
    public ClusterAnswer? Answer { get; init; }

    /// <summary>Of <c>slot-suggested</c> and <c>slot-chosen</c>: its start, local time in Paris, e.g. <c>2027-01-14T11:00:00</c>.</summary>
    public string? Slot { get; init; }

    /// <summary>Of <c>line-written</c>.</summary>
    public RunLine? Line { get; init; }

    /// <summary>Of <c>task-written</c>.</summary>
    public PreparationTask? Task { get; init; }

    /// <summary>Of <c>link-shared</c>: a document that the teams work on.</summary>
    public Link? Link { get; init; }

    /// <summary>Of <c>participation-set</c>.</summary>
    public Participation? Participation { get; init; }

    /// <summary>Of <c>announced</c>.</summary>
    public Announcement? Announcement { get; init; }

    /// <summary>Of <c>replay-published</c>.</summary>
    public Replay? Replay { get; init; }

    /// <summary>Of <c>sheet-drafted</c>: the text of a best-practice sheet that the co-organisers write together.</summary>
    public SheetDraft? Draft { get; init; }

    /// <summary>Of <c>lead-handed-over</c>: code of the cluster that leads from then on.</summary>
    public string? Lead { get; init; }

    /// <summary>Of <c>sheet-linked</c>: id of a best-practice sheet written from it.</summary>
    public string? Sheet { get; init; }

    /// <summary>Of <c>remark-made</c>; the reason of <c>postponed</c> and <c>cancelled</c>. Plain text, at most 4,000 characters.</summary>
    public string? Text { get; init; }
}

/// <summary>What can be said about a joint webinar.</summary>
public static class JointWebinarFacts
{
    /// <summary>By the lead; again, with other slots or another deadline, until a slot is chosen.</summary>
    public const string Proposed = "proposed";
    public const string Answered = "answered";
    public const string SlotSuggested = "slot-suggested";
    public const string SlotChosen = "slot-chosen";
    public const string LineWritten = "line-written";
    public const string TaskWritten = "task-written";
    public const string LinkShared = "link-shared";
    public const string RemarkMade = "remark-made";
    public const string ParticipationSet = "participation-set";

    /// <summary>Published in the joint calendar; again for every correction.</summary>
    public const string Announced = "announced";

    /// <summary>Once the webinar was held; again for every correction.</summary>
    public const string ReplayPublished = "replay-published";

    /// <summary>The replay is taken back.</summary>
    public const string ReplayWithdrawn = "replay-withdrawn";

    /// <summary>Again for every correction.</summary>
    public const string SheetDrafted = "sheet-drafted";
    public const string SheetLinked = "sheet-linked";

    /// <summary>The chosen slot is let go: others are to be found.</summary>
    public const string Postponed = "postponed";
    public const string Cancelled = "cancelled";
    public const string Closed = "closed";

    /// <summary>By the lead: another cluster that takes part leads from then on.</summary>
    public const string LeadHandedOver = "lead-handed-over";

    public static IReadOnlyList<string> All { get; } =
    [
        Proposed, Answered, SlotSuggested, SlotChosen, LineWritten, TaskWritten, LinkShared, RemarkMade, ParticipationSet, Announced,
            ReplayPublished, ReplayWithdrawn,
        SheetDrafted, SheetLinked, Postponed, Cancelled, Closed, LeadHandedOver,
    ];
}

/// <summary>What the lead proposes.</summary>
/// <param name="Title">Working title, 1 to 200 characters.</param>
/// <param name="Minutes">How long it lasts, 15 to 480.</param>
/// <param name="Invited">Codes of the clusters asked; the lead takes part anyway.</param>
/// <param name="Slots">Candidate starts, in the form of <see cref="JointWebinarFact.Slot"/>; 1 to 20.</param>
/// <param name="Deadline">The last day for answers, in Paris, e.g. <c>2026-12-11</c>.</param>
public sealed record WebinarProposal(string Title, int Minutes, IReadOnlyList<string> Invited, IReadOnlyList<string> Slots, string Deadline)
{
    /// <summary>What it is about, CommonMark, at most 4,000 characters.</summary>
    public string? Pitch { get; init; }

    /// <summary>Slugs of themes, the main one first.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Slugs of audiences, see <see cref="Audiences"/>.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>What is looked for, see <see cref="WebinarRoles"/>.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>What a cluster can bring to a joint webinar.</summary>
public static class WebinarRoles
{
    public const string Speaker = "speaker";
    public const string Moderator = "moderator";
    public const string Platform = "platform";
    public const string Promotion = "promotion";
    public const string Evaluation = "evaluation";
    public static IReadOnlyList<string> All { get; } = [Speaker, Moderator, Platform, Promotion, Evaluation];
}

/// <summary>A cluster's answer to a proposal; its last one counts.</summary>
/// <param name="Joins">One of <see cref="JoinAnswers"/>.</param>
/// <param name="Slots">What it says of each slot; a slot left out is not answered.</param>
public sealed record ClusterAnswer(string Joins, IReadOnlyList<SlotAnswer> Slots)
{
    /// <summary>Of <c>if</c>: on what it depends.</summary>
    public string? Condition { get; init; }

    public IReadOnlyList<Contribution> Brings { get; init; } = [];

    /// <summary>Plain text, at most 4,000 characters.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>Whether a cluster joins.</summary>
public static class JoinAnswers
{
    public const string Yes = "yes";
    public const string If = "if";
    public const string No = "no";
    public static IReadOnlyList<string> All { get; } = [Yes, If, No];
}

/// <summary>What a cluster says of a slot.</summary>
/// <param name="Slot">Its start.</param>
/// <param name="Answer">One of <see cref="SlotAnswers"/>.</param>
public sealed record SlotAnswer(string Slot, string Answer)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>What can be said of a slot.</summary>
public static class SlotAnswers
{
    public const string Yes = "yes";
    public const string IfNeedBe = "if-need-be";
    public const string No = "no";
    public static IReadOnlyList<string> All { get; } = [Yes, IfNeedBe, No];
}

/// <summary>What a cluster brings.</summary>
/// <param name="Role">One of <see cref="WebinarRoles"/>.</param>
/// <param name="People">Ids of <see cref="Person"/> entries.</param>
public sealed record Contribution(string Role, IReadOnlyList<string> People)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A line of the run of show; the last one written with an id counts.</summary>
/// <param name="Id">Short key, unique in the dossier.</param>
/// <param name="Minute">When it begins, in minutes after the start; negative before it.</param>
/// <param name="What">Plain text, at most 500 characters.</param>
public sealed record RunLine(string Id, int Minute, string What)
{
    /// <summary>Code of the cluster that sees to it.</summary>
    public string? Cluster { get; init; }

    /// <summary>Id of the <see cref="Person"/> who does.</summary>
    public string? Person { get; init; }

    /// <summary>When it has begun on the day, local time in Paris, e.g. <c>2027-01-14T11:03:20</c>; absent while it has not.</summary>
    public string? BegunAt { get; init; }

    /// <summary>It is taken out.</summary>
    public bool Removed { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>Something to be done before or after the webinar; the last one written with an id counts.</summary>
/// <param name="Id">Short key, unique in the dossier.</param>
/// <param name="What">Plain text, at most 500 characters.</param>
public sealed record PreparationTask(string Id, string What)
{
    /// <summary>Code of the cluster that sees to it.</summary>
    public string? Cluster { get; init; }

    /// <summary>The last day for it, in Paris.</summary>
    public string? DueOn { get; init; }
    public bool Done { get; init; }

    /// <summary>It is taken out.</summary>
    public bool Removed { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>How a cluster takes part: each sets its own.</summary>
public sealed record Participation
{
    /// <summary>Its logo for the announcement, https.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Where its members register, https.</summary>
    public string? RegistrationUrl { get; init; }

    /// <summary>How they do, where that is its own node.</summary>
    public RegistrationTerms? Registration { get; init; }

    /// <summary>How many places it has, where they register elsewhere; told, never enforced.</summary>
    public int? Places { get; init; }

    /// <summary>It has no place left.</summary>
    public bool Full { get; init; }

    /// <summary>For a newsletter, at most 4,000 characters.</summary>
    public string? LongText { get; init; }

    /// <summary>For a list, at most 500 characters.</summary>
    public string? ShortText { get; init; }

    /// <summary>For a social network, at most 500 characters.</summary>
    public string? SocialText { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>What the joint calendar says.</summary>
/// <param name="Title">1 to 200 characters.</param>
public sealed record Announcement(string Title)
{
    /// <inheritdoc cref="PublishedItem.Summary"/>
    public string? Summary { get; init; }

    /// <inheritdoc cref="PublishedItem.Text"/>
    public string? Text { get; init; }

    /// <inheritdoc cref="Webinar.PlatformUrl"/>
    public string? PlatformUrl { get; init; }
    public Picture? Image { get; init; }

    /// <inheritdoc cref="Event.Speakers"/>
    public IReadOnlyList<string> Speakers { get; init; } = [];

    /// <summary>Id of the fact with the announcement that this one corrects; absent for the first.</summary>
    public string? Corrects { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>What stays of a webinar.</summary>
/// <param name="Url">Where to see it again, https.</param>
public sealed record Replay(string Url)
{
    public IReadOnlyList<Link> Slides { get; init; } = [];

    /// <summary>Questions and answers, CommonMark, at most 20,000 characters.</summary>
    public string? Questions { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A best-practice sheet before one of the co-organisers publishes it.</summary>
/// <param name="Title">1 to 200 characters.</param>
public sealed record SheetDraft(string Title)
{
    /// <inheritdoc cref="PublishedItem.Summary"/>
    public string? Summary { get; init; }

    /// <inheritdoc cref="PublishedItem.Text"/>
    public string? Text { get; init; }

    /// <summary>Id of the fact with the draft that this one corrects; absent for the first.</summary>
    public string? Corrects { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
