using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Calendars;

namespace Interclustering.Node.JointWebinars;

/// <summary>A word to one member about the date of a joint webinar, with what their calendar is told.</summary>
/// <param name="What">What it tells of: a member gets one of each.</param>
/// <param name="Subject">Of the mail.</param>
/// <param name="Sentence">What has happened.</param>
/// <param name="Then">What follows from it.</param>
internal sealed record DateNews(string What, string Subject, string Sentence, string Then)
{
    private const int ToldFor = 14;

    /// <summary>What decides about a date. While the hub has not said whether one of them counts, calendars wait.</summary>
    private static readonly string[] Deciding = [
        JointWebinarFacts.Proposed, JointWebinarFacts.Answered, JointWebinarFacts.SlotChosen, JointWebinarFacts.Announced,
        JointWebinarFacts.Postponed, JointWebinarFacts.Cancelled, JointWebinarFacts.Closed,
    ];

    /// <summary>Null for words alone.</summary>
    public CalendarEntry? Entry { get; private init; }

    /// <summary>
    /// What a member has to be told now, who was last told <paramref name="sent"/>. Pure. Without an invitation, what is older than two
    /// weeks is no news, so that a node that was lost does not write anew. An invitation is kept up to date until its slot is over.
    /// </summary>
    /// <param name="view">The dossier as the node knows it.</param>
    /// <param name="sent">The invitation that the member has; null without one.</param>
    /// <param name="address">Of the dossier in the team's workspace; empty where none is known.</param>
    public static DateNews? Of(DossierView view, SlotInvitation? sent, string address)
    {
        if (!view.IsInvited || view.Dossier.Counted.Any(said => said.IsOnItsWay && Deciding.Contains(said.Fact.Fact)))
        {
            return null;
        }

        var entry = DossierEntry.Of(view, address);
        return entry?.Status switch
        {
            EntryStatus.Confirmed => Chosen(view, sent, entry),
            EntryStatus.Tentative => Postponed(view, sent, entry),
            _ => CalledOff(view, sent, address),
        };
    }

    /// <summary>Higher than what was sent, also where a lost database has forgotten it: each choice and each change counts.</summary>
    public static int SequenceOf(Dossier dossier, SlotInvitation? sent) => Math.Max(
        sent is null ? 0 : sent.Sequence + 1,
        dossier.Counted.Count(said => said.Fact.Fact is JointWebinarFacts.SlotChosen or JointWebinarFacts.Announced
            or JointWebinarFacts.Postponed or JointWebinarFacts.Cancelled) - 1);

    public static string ContentOf(CalendarEntry entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', entry.Status, DateOf(entry), entry.Time.End, entry.Summary, entry.Location))));

    /// <summary>Start of its slot.</summary>
    public static string DateOf(CalendarEntry entry) => Dossier.SlotOf(entry.Time.Day.ToDateTime(entry.Time.Start ?? default));

    private static DateNews? Chosen(DossierView view, SlotInvitation? sent, CalendarEntry entry)
    {
        var dossier = view.Dossier;
        var (content, chosen) = (ContentOf(entry), dossier.Chosen!);
        if (dossier.EndsAt <= view.NowInParis || sent?.Content == content || (sent is null && !IsRecent(view, chosen)))
        {
            return null;
        }

        var when = DossierWords.SlotWithEnd(dossier.Slot!, dossier.Proposal.Minutes);
        return sent is { Status: EntryStatus.Confirmed } && sent.Slot == dossier.Slot
            ? new(Next(dossier, sent, content), T["« {0} » : l’invitation a changé", view.Title],
                T["Le titre, la durée ou le lien du webinaire commun « {0} » a changé. Il a toujours lieu le {1}.", view.Title, when],
                T["Votre agenda peut prendre l’invitation jointe : elle remplace la précédente."])
            { Entry = entry }
            : new(sent is null ? $"dated {chosen.Subject}" : Next(dossier, sent, content), T["« {0} » : c’est le {1}", view.Title, when],
                T["Le créneau du webinaire commun « {0} » est choisi : {1}.", view.Title, when],
                T["La date est gardée pour tous les participants. Donnez le lien d’inscription de vos adhérents, et complétez le "
                    + "déroulé. L’invitation jointe la met dans votre agenda."])
            { Entry = entry };
    }

    private static DateNews? Postponed(DossierView view, SlotInvitation? sent, CalendarEntry entry)
    {
        var dossier = view.Dossier;
        if (dossier.Counted.LastOrDefault(said => said.Fact.Fact == JointWebinarFacts.Postponed) is not { } said)
        {
            return null;
        }

        var isInvited = IsAhead(view, sent);
        return isInvited && sent!.Status == EntryStatus.Tentative ? null
            : isInvited ? InWords(view, said, Next(dossier, sent!, ContentOf(entry))) with { Entry = entry }
            : sent is null && Concerns(view, said) ? InWords(view, said, $"{said.Fact.Fact} {said.Subject}") : null;
    }

    private static DateNews? CalledOff(DossierView view, SlotInvitation? sent, string address)
    {
        var dossier = view.Dossier;
        var said = dossier.Counted.LastOrDefault(said => said.Fact.Fact == JointWebinarFacts.Cancelled);
        if (!IsAhead(view, sent))
        {
            return sent is null && said is not null && Concerns(view, said)
                ? InWords(view, said, $"{said.Fact.Fact} {said.Subject}") : null;
        }

        // Of what their calendar has.
        var entry = DossierEntry.At(view, sent!.Slot, address, EntryStatus.Cancelled);
        var key = Next(dossier, sent, ContentOf(entry));
        return said is not null ? InWords(view, said, key) with { Entry = entry }
            : new(key, T["« {0} » quitte votre agenda", view.Title],
                view.Joins ? T["Le créneau du webinaire commun « {0} » est rendu.", view.Title]
                    : T["Votre cluster ne participe plus au webinaire commun « {0} ».", view.Title],
                T["Le dossier dit ce qui suit."])
            { Entry = entry };
    }

    private static DateNews InWords(DossierView view, RecordedFact said, string what) => new(what,
        said.Fact.Fact == JointWebinarFacts.Cancelled ? T["« {0} » est annulé", view.Title] : T["« {0} » est reporté", view.Title],
        T["{0} écrit : « {1} »", view.NameOf(said.Cluster), said.Fact.Text],
        T["Prévenez vos adhérents si vous l’aviez annoncé ailleurs que dans l’agenda commun."]);

    /// <summary>Of the state that the invitation is to be in next.</summary>
    private static string Next(Dossier dossier, SlotInvitation sent, string content) =>
        $"invitation {dossier.Id} {sent.Sequence} {content}";

    private static bool IsRecent(DossierView view, RecordedFact said) => said.SaidAt > view.Now.AddDays(-ToldFor);

    /// <summary>A team that takes part hears it from another one.</summary>
    private static bool Concerns(DossierView view, RecordedFact said) => said.Cluster != view.Own && view.Joins && IsRecent(view, said);

    /// <summary>Whether their calendar holds a slot that is still to come.</summary>
    private static bool IsAhead(DossierView view, SlotInvitation? sent) => sent is { Status: not EntryStatus.Cancelled }
        && Dossier.TimeOf(sent.Slot).AddMinutes(view.Dossier.Proposal.Minutes) > view.NowInParis;
}
