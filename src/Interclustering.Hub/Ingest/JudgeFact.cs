using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;

namespace Interclustering.Hub.Ingest;

/// <summary>Whether what a cluster says about a joint webinar is whole. Whether it counts is another question: see <c>DossierFold</c>.</summary>
internal static class JudgeFact
{
    private const int Line = 500, Paragraphs = 4000, MostSlots = 20;

    /// <summary>Null when it is; else what is wrong, in English.</summary>
    public static string? Refuse(JointWebinarFact? fact) => fact switch
    {
        null => "An object is expected.",
        _ when Subjects.OwnerOf(fact.Dossier).Length == 0 => "A dossier has an id.",
        _ when fact.Text?.Length > Paragraphs => $"A remark has at most {Paragraphs} characters.",
        _ => fact.Fact switch
        {
            JointWebinarFacts.Proposed => Refuse(fact.Proposal),
            JointWebinarFacts.Answered => Refuse(fact.Answer),
            JointWebinarFacts.SlotSuggested or JointWebinarFacts.SlotChosen => IsSlot(fact.Slot) ? null : "A slot is a local date and time.",
            JointWebinarFacts.LineWritten => fact.Line is { Id.Length: > 0, What.Length: > 0 and <= Line, Minute: >= -600 and <= 600 } ? null : "A line has an id, a minute and a text.",
            JointWebinarFacts.TaskWritten => fact.Task is { Id.Length: > 0, What.Length: > 0 and <= Line } task && (task.DueOn is null || IsDay(task.DueOn)) ? null : "A task has an id and a text.",
            JointWebinarFacts.LinkShared => fact.Link is { Label.Length: > 0 } link && IsWebAddress(link.Url) ? null : "A link has a label and an address.",
            JointWebinarFacts.RemarkMade => string.IsNullOrWhiteSpace(fact.Text) ? "A remark has a text." : null,
            JointWebinarFacts.ParticipationSet => fact.Participation is { } part && Addresses(part.LogoUrl, part.RegistrationUrl) && !(part.Places <= 0) ? null : "A participation has addresses of the web, and some places.",
            JointWebinarFacts.Announced => fact.Announcement is { Title.Length: > 0 and <= 200 } said && Addresses(said.PlatformUrl, said.Image?.Url) ? null : "An announcement has a title and addresses of the web.",
            JointWebinarFacts.ReplayPublished => fact.Replay is { } replay && Addresses([replay.Url, .. replay.Slides.Select(slides => slides.Url)]) ? null : "A replay has an address of the web.",
            JointWebinarFacts.SheetDrafted => fact.Draft is { Title.Length: > 0 and <= 200 } ? null : "A draft of a sheet has a title.",
            JointWebinarFacts.SheetLinked => Subjects.OwnerOf(fact.Sheet ?? "").Length > 0 ? null : "A sheet has an id.",
            _ => null,
        },
    };

    private static string? Refuse(WebinarProposal? proposal) => proposal switch
    {
        not { Title.Length: > 0 and <= 200, Minutes: >= 15 and <= 480 } => "A proposal has a title, and lasts 15 to 480 minutes.",
        { Slots.Count: 0 or > MostSlots } => $"A proposal has 1 to {MostSlots} slots.",
        _ when !proposal.Slots.All(IsSlot) => "A slot is a local date and time.",
        _ => IsDay(proposal.Deadline) ? null : "A proposal has a last day for answers.",
    };

    private static string? Refuse(ClusterAnswer? answer) =>
        answer is null || !JoinAnswers.All.Contains(answer.Joins) ? "An answer says whether the cluster joins."
        : answer.Slots.All(each => IsSlot(each.Slot) && SlotAnswers.All.Contains(each.Answer)) ? null : "An answer to a slot is yes, if-need-be, or no.";

    private static bool IsSlot(string? text) => DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 2000 and < 2200;

    private static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool Addresses(params string?[] addresses) => addresses.OfType<string>().All(IsWebAddress);

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}
