using Interclustering.Node.DateHolds;
using Interclustering.Node.Mail;
using Interclustering.Node.Radar;
using Interclustering.Ui.Words;

namespace Interclustering.Node.People;

/// <summary>What the workspace writes to members of staff.</summary>
internal static class StaffLetters
{
    public static Letter Invitation(NodeInstance node, string name, string by, string link) => new(
        T["Vous êtes invité(e) dans l’espace de {0}", node.Cluster.Name],
        [
            T["Bonjour {0},", name],
            T["{0} vous invite dans l’espace de {1}, où son équipe publie ses événements, ses webinaires et ses fiches pour tous les clusters.", by, node.Cluster.Name],
            T["Le lien sert une fois, pendant 7 jours. Si vous ne l’attendiez pas, laissez-le expirer."],
        ],
        link, T["Rejoindre l’équipe"]);

    public static Letter NewPassword(NodeInstance node, string name, string link) => new(
        T["Choisir un nouveau mot de passe"],
        [
            T["Bonjour {0},", name],
            T["Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour l’espace de {0}.", node.Cluster.Name],
            T["Le lien sert une fois, pendant une heure. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même."],
        ],
        link, T["Choisir un nouveau mot de passe"]);

    public static Letter HoldExpired(NodeInstance node, string name, string title, DateOnly day) => new(
        T["Votre option du {0} a expiré", DateWords.InFull(day)],
        [
            T["Bonjour {0},", name],
            T["L’option « {0} » que {1} gardait le {2} a expiré : la date est de nouveau libre pour tous les clusters.", title, node.Cluster.Name, DateWords.InFull(day)],
            T["Si la rencontre a lieu, publiez-la, ou posez une nouvelle option dans votre espace."],
        ]);

    public static Letter DateShared(NodeInstance node, string name, OwnHold own, Engagement other) => new(
        T["{0} garde aussi le {1}", other.Who, DateWords.InFull(own.Time.Day)],
        [
            T["Bonjour {0},", name],
            T["{0} a une option le même jour que la vôtre, « {1} » : « {2} ».", other.Who, own.Hold.Title, other.Title],
            T["Parlez-vous, ou choisissez un autre jour dans l’espace de {0}, sous « Options sur une date ».", node.Cluster.Name],
        ]);

    public static Letter Locked(NodeInstance node, string name) => new(
        T["Votre compte est bloqué pour {0} minutes", StaffAccounts.LockoutMinutes],
        [
            T["Bonjour {0},", name],
            T["Plusieurs mots de passe faux ont été essayés avec votre adresse dans l’espace de {0}. Le compte est bloqué pendant {1} minutes, puis s’ouvre de lui-même.", node.Cluster.Name, StaffAccounts.LockoutMinutes],
            T["Si ce n’était pas vous, prévenez l’administration de votre équipe. Votre mot de passe n’a pas été trouvé."],
        ]);
}
