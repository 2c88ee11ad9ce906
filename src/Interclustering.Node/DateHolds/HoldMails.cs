using Interclustering.Node.Mail;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;

namespace Interclustering.Node.DateHolds;

/// <summary>What the workspace writes to the members who hold a date.</summary>
internal static class HoldMails
{
    public static MailTemplate HoldExpired(NodeInstance node, string name, string title, DateOnly day) => new(
        T["Votre option du {0} a expiré", DateWords.InFull(day)],
        [
            T["Bonjour {0},", name],
            T["L’option « {0} » que {1} gardait le {2} a expiré : la date est de nouveau libre pour tous les clusters.", title,
                node.Cluster.Name, DateWords.InFull(day)],
            T["Si la rencontre a lieu, publiez-la, ou posez une nouvelle option dans votre espace."],
        ]);

    public static MailTemplate DateShared(NodeInstance node, string name, OwnHold own, Engagement other) => new(
        T["{0} garde aussi le {1}", other.Who, DateWords.InFull(own.Time.Day)],
        [
            T["Bonjour {0},", name],
            T["{0} a une option le même jour que la vôtre, « {1} » : « {2} ».", other.Who, own.Hold.Title, other.Title],
            T["Parlez-vous, ou choisissez un autre jour dans l’espace de {0}, sous « Options sur une date ».", node.Cluster.Name],
        ]);
}
