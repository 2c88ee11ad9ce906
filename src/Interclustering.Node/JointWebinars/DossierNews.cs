using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Mail;
using Interclustering.Ui.Words;

namespace Interclustering.Node.JointWebinars;

/// <summary>A word to a team about a joint webinar.</summary>
/// <param name="What">What it tells of: a team gets one of each.</param>
/// <param name="Group">One of <see cref="MailGroups"/>.</param>
/// <param name="Mail">For a member, by name.</param>
internal sealed record DossierNews(string What, string Group, Func<string, MailTemplate> Mail)
{
    private const int RemindAhead = 3, ToldFor = 14;

    /// <summary>Days after which what is said in passing is only in the dossier.</summary>
    private const int FreshFor = 2;

    private const int LongestQuote = 200;

    /// <summary>
    /// What this cluster's team has to be told now, besides the date (<see cref="DateNews"/>). Pure; what is older than two weeks is no
    /// news, so that a node that was lost does not write anew.
    /// </summary>
    /// <param name="view">The dossier as the node knows it.</param>
    /// <param name="link">Of the dossier in the team's workspace.</param>
    public static IReadOnlyList<DossierNews> Of(DossierView view, string? link)
    {
        var (dossier, own, news) = (view.Dossier, view.Own, new List<DossierNews>());
        var lead = view.NameOf(dossier.Lead);
        bool IsRecent(DateTime saidAt) => saidAt > view.Now.AddDays(-ToldFor);
        void Add(string group, string what, string subject, string sentence, string then) =>
            news.Add(new DossierNews(what, group, name => MailOf(name, subject, sentence, then, link)));

        if (!view.IsInvited || dossier.Counted.All(said => said.IsOnItsWay))
        {
            return news;
        }

        var silent = !view.IsLead && !dossier.Answers.ContainsKey(own) && view.MayAnswer;
        if (silent && IsRecent((dossier.AskedAnew ?? dossier.Opened).SaidAt))
        {
            Add(MailGroups.Questions, dossier.AskedAnew is { } anew ? $"invited {dossier.Id} {anew.Subject}" : $"invited {dossier.Id}",
                T["{0} vous invite à un webinaire commun", lead],
                T["{0} propose un webinaire commun : « {1} ». {2}", lead, view.Title,
                    T.Count("Un créneau est proposé.|{0} créneaux sont proposés.", dossier.Slots.Count)],
                T["Répondez au plus tard le {0} : votre cluster participe-t-il, et quels créneaux lui vont ?",
                    DateWords.InFull(dossier.Deadline)]);
        }

        if (silent && dossier.Deadline <= view.Today.AddDays(RemindAhead)
            && view.Today > DateOnly.FromDateTime(ParisDay.Of((dossier.AskedAnew ?? dossier.Opened).SaidAt)))
        {
            Add(MailGroups.Questions, $"reminded {dossier.Id} {dossier.Proposal.Deadline}",
                T["Rappel : répondez au plus tard le {0}", DateWords.InFull(dossier.Deadline)],
                T["Votre cluster n’a pas encore répondu à l’invitation de {0} : « {1} ».", lead, view.Title],
                    T["Un « non » aide aussi : les autres savent où ils en sont."]);
        }

        if (view.IsLead && dossier.IsDeclined && dossier.Answers.Values.Select(given => given.Said).Where(said => said.Cluster != own)
            .MaxBy(said => said.Position) is { } last && IsRecent(last.SaidAt))
        {
            Add(MailGroups.Questions, $"declined {dossier.Id} {last.Subject}",
                T["Tous les clusters invités ont décliné « {0} »", view.Title],
                T["Aucun cluster invité ne participe au webinaire commun « {0} ».", view.Title],
                T["Proposez d’autres créneaux, ou mettez fin au dossier. Chaque cluster peut encore changer d’avis."]);
        }

        if (!dossier.IsOver)
        {
            OfTalk(view, Add);
        }

        foreach (var said in dossier.Counted.Where(said =>
            said.Fact.Fact == JointWebinarFacts.LeadHandedOver && said.Cluster != own && IsRecent(said.SaidAt) && !dossier.IsOver))
        {
            var (from, to) = (view.NameOf(said.Cluster), view.NameOf(said.Fact.Lead!));
            if (said.Fact.Lead == own)
            {
                Add(MailGroups.Questions, $"leads {said.Subject}", T["Votre cluster conduit désormais « {0} »", view.Title],
                    T["{0} vous passe la main pour le webinaire commun « {1} ».", from, view.Title],
                    T["Vous seul changez désormais la proposition, les créneaux et la date limite. Le dossier dit ce qui attend."]);
            }
            else if (view.Joins)
            {
                Add(MailGroups.Talk, $"leads {said.Subject}", T["{0} conduit désormais « {1} »", to, view.Title],
                    T["{0} passe la main à {1} pour le webinaire commun « {2} ».", from, to, view.Title],
                    T["Rien d’autre ne change dans le dossier."]);
            }
        }

        return news;
    }

    /// <summary>As members are written about a dossier.</summary>
    /// <param name="name">Of the member.</param>
    /// <param name="subject">Of the mail.</param>
    /// <param name="sentence">What has happened.</param>
    /// <param name="then">What follows.</param>
    /// <param name="link">Of the dossier; null where its address is not known.</param>
    public static MailTemplate MailOf(string name, string subject, string sentence, string then, string? link) => new(
        subject,
        [
            T["Bonjour {0},", name], sentence,
            link is null ? $"{then} {T["Tout est sous « Webinaires communs », dans votre espace."]}" : then,
        ],
        link, T["Ouvrir le dossier"]);

    /// <summary>What the others say on the way to a date, and after it: answers to the lead, slots and remarks to all.</summary>
    private static void OfTalk(DossierView view, Action<string, string, string, string, string> add)
    {
        var (dossier, own) = (view.Dossier, view.Own);
        bool IsFresh(RecordedFact said) => said.Cluster != own && said.SaidAt > view.Now.AddDays(-FreshFor);
        var others = dossier.Invited.Where(code => code != own).ToList();
        if (view.IsLead && dossier is { Slot: null, IsDeclined: false })
        {
            foreach (var (code, given) in dossier.Answers.Where(given =>
                IsFresh(given.Value.Said) && given.Value.Answer.Joins == JoinAnswers.No))
            {
                add(MailGroups.Talk, $"declines {given.Said.Subject}",
                    T["{0} ne participe pas à « {1} »", view.NameOf(code), view.Title],
                    T["{0} décline l’invitation au webinaire commun « {1} ».", view.NameOf(code), view.Title],
                    T["Les autres clusters peuvent encore répondre."]);
            }

            if (others.Count > 0 && others.All(dossier.Answers.ContainsKey) && others.Exists(code => IsFresh(dossier.Answers[code].Said)))
            {
                add(MailGroups.Questions, $"answered {dossier.Id} {dossier.AskedAnew?.Subject}",
                    T["Tous ont répondu pour « {0} »", view.Title],
                    T["Tous les clusters invités ont répondu pour le webinaire commun « {0} ».", view.Title],
                    T["Le dossier dit quel créneau va au plus grand nombre : choisissez-le."]);
            }
        }

        foreach (var said in dossier.Counted.Where(said => said.Fact.Fact == JointWebinarFacts.SlotSuggested && IsFresh(said)
            && dossier.Slot is null && (view.IsLead || view.MayAnswer)))
        {
            add(MailGroups.Talk, $"slot {said.Subject}",
                T["{0} propose un autre créneau pour « {1} »", view.NameOf(said.Cluster), view.Title],
                DateWords.Capital(DossierWords.SlotWithEnd(said.Fact.Slot!, dossier.Proposal.Minutes)) + ".",
                T["Dites s’il vous va, à côté de vos autres réponses."]);
        }

        // The first of a day is told: a conversation is no series of mails.
        foreach (var day in dossier.Remarks.Where(IsFresh).GroupBy(said => DateOnly.FromDateTime(ParisDay.Of(said.SaidAt))))
        {
            var first = day.MinBy(said => said.SaidAt)!;
            add(MailGroups.Talk, $"remarks {dossier.Id} {DateWords.Iso(day.Key)}", T["Une remarque sur « {0} »", view.Title],
                T["{0} écrit : « {1} »", view.Sayer(first), FoldedText.Beginning(first.Fact.Text ?? "", LongestQuote)],
                T["Les suivantes de la journée sont dans le dossier."]);
        }
    }
}
