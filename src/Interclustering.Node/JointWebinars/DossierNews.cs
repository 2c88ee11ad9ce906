using Interclustering.Contracts;
using Interclustering.Node.Mail;
using Interclustering.Ui.Words;

namespace Interclustering.Node.JointWebinars;

/// <summary>A word to a team about a joint webinar.</summary>
/// <param name="What">What it tells of: a team gets one of each.</param>
/// <param name="Mail">For a member, by name.</param>
internal sealed record DossierNews(string What, Func<string, MailTemplate> Mail)
{
    private const int RemindAhead = 3, ToldFor = 14;

    /// <summary>
    /// What this cluster's team has to be told now. Pure; what is older than two weeks is no news, so that a node that was lost does not
    /// write anew.
    /// </summary>
    /// <param name="view">The dossier as the node knows it.</param>
    /// <param name="link">Of the dossier in the team's workspace.</param>
    public static IReadOnlyList<DossierNews> Of(DossierView view, string? link)
    {
        var (dossier, own, news) = (view.Dossier, view.Own, new List<DossierNews>());
        var lead = view.NameOf(dossier.Lead);
        bool IsRecent(DateTime saidAt) => saidAt > view.Now.AddDays(-ToldFor);
        void Add(string what, string subject, string sentence, string then) =>
            news.Add(
                new DossierNews(what, name =>
                new MailTemplate(subject, [T["Bonjour {0},", name], sentence, link is null
                ? $"{then} {T["Tout est sous « Webinaires communs », dans votre espace."]}" : then], link, T["Ouvrir le dossier"])));

        if (!view.IsInvited || dossier.Counted.All(said => said.IsOnItsWay))
        {
            return news;
        }

        var silent = !view.IsLead && !dossier.Answers.ContainsKey(own) && view.MayAnswer;
        if (silent && IsRecent((dossier.AskedAnew ?? dossier.Opened).SaidAt))
        {
            Add(dossier.AskedAnew is { } anew ? $"invited {dossier.Id} {anew.Subject}" : $"invited {dossier.Id}",
                T["{0} vous invite à un webinaire commun", lead],
                T["{0} propose un webinaire commun : « {1} ». {2}", lead, view.Title,
                    T.Count("Un créneau est proposé.|{0} créneaux sont proposés.", dossier.Slots.Count)],
                T["Répondez au plus tard le {0} : votre cluster participe-t-il, et quels créneaux lui vont ?",
                    DateWords.InFull(dossier.Deadline)]);
        }

        if (silent && dossier.Deadline <= view.Today.AddDays(RemindAhead)
            && view.Today > DateOnly.FromDateTime(ParisDay.Of((dossier.AskedAnew ?? dossier.Opened).SaidAt)))
        {
            Add($"reminded {dossier.Id} {dossier.Proposal.Deadline}",
                T["Rappel : répondez au plus tard le {0}", DateWords.InFull(dossier.Deadline)],
                T["Votre cluster n’a pas encore répondu à l’invitation de {0} : « {1} ».", lead, view.Title],
                    T["Un « non » aide aussi : les autres savent où ils en sont."]);
        }

        if (view.IsLead && dossier.IsDeclined && dossier.Answers.Values.Select(given => given.Said).Where(said => said.Cluster != own)
            .MaxBy(said => said.Position) is { } last && IsRecent(last.SaidAt))
        {
            Add($"declined {dossier.Id} {last.Subject}", T["Tous les clusters invités ont décliné « {0} »", view.Title],
                T["Aucun cluster invité ne participe au webinaire commun « {0} ».", view.Title],
                T["Proposez d’autres créneaux, ou mettez fin au dossier. Chaque cluster peut encore changer d’avis."]);
        }

        if (view.Joins && dossier.Chosen is { } chosen && IsRecent(chosen.SaidAt) && !view.IsHeld && !dossier.IsOver)
        {
            Add($"chosen {dossier.Id} {dossier.Slot}",
                T["« {0} » : c’est le {1}", view.Title, DossierWords.SlotWithEnd(dossier.Slot!, dossier.Proposal.Minutes)],
                T["Le créneau du webinaire commun « {0} » est choisi : {1}.", view.Title,
                    DossierWords.SlotWithEnd(dossier.Slot!, dossier.Proposal.Minutes)],
                T["La date est gardée pour tous les participants. Donnez le lien d’inscription de vos adhérents, "
                    + "et complétez le déroulé."]);
        }

        foreach (var said in dossier.Counted.Where(said =>
            said.Fact.Fact == JointWebinarFacts.LeadHandedOver && said.Cluster != own && IsRecent(said.SaidAt) && !dossier.IsOver))
        {
            var (from, to) = (view.NameOf(said.Cluster), view.NameOf(said.Fact.Lead!));
            if (said.Fact.Lead == own)
            {
                Add($"leads {said.Subject}", T["Votre cluster conduit désormais « {0} »", view.Title],
                    T["{0} vous passe la main pour le webinaire commun « {1} ».", from, view.Title],
                    T["Vous seul changez désormais la proposition, les créneaux et la date limite. Le dossier dit ce qui attend."]);
            }
            else if (view.Joins)
            {
                Add($"leads {said.Subject}", T["{0} conduit désormais « {1} »", to, view.Title],
                    T["{0} passe la main à {1} pour le webinaire commun « {2} ».", from, to, view.Title],
                    T["Rien d’autre ne change dans le dossier."]);
            }
        }

        foreach (var said in dossier.Counted.Where(said => said.Fact.Fact is JointWebinarFacts.Postponed or JointWebinarFacts.Cancelled
            && said.Cluster != own && IsRecent(said.SaidAt) && view.Joins))
        {
            Add($"{said.Fact.Fact} {said.Subject}", said.Fact.Fact == JointWebinarFacts.Cancelled
                ? T["« {0} » est annulé", view.Title] : T["« {0} » est reporté", view.Title],
                T["{0} écrit : « {1} »", view.NameOf(said.Cluster), said.Fact.Text],
                    T["Prévenez vos adhérents si vous l’aviez annoncé ailleurs que dans l’agenda commun."]);
        }

        return news;
    }
}
