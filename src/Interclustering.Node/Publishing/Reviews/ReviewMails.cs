using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Reviews;

/// <summary>What the workspace writes about drafts that are read by a second member, or were not published at their time.</summary>
internal static class ReviewMails
{
    private const int LongestQuote = 300;

    public static MailTemplate Asked(NodeInstance node, string name, DraftText draft, string? link) => new(
        T["À relire : « {0} »", draft.Title],
        [
            T["Bonjour {0},", name],
            draft.Change is null
                ? T["{0} demande une relecture de « {1} » avant sa publication par {2}.", draft.EditedBy, draft.Title, node.Cluster.Name]
                : T["{0} demande une relecture d’une modification de « {1} », que {2} a publié.", draft.EditedBy, draft.Title,
                    node.Cluster.Name],
            T["Publiez le texte, ou rendez-le avec un commentaire."],
        ],
        link, T["Relire"]);

    public static MailTemplate Returned(string name, string by, DraftText draft, string comment, string? link) => new(
        T["« {0} » vous revient avec un commentaire", draft.Title],
        [
            T["Bonjour {0},", name],
            T["{0} a relu « {1} » et écrit : « {2} »", by, draft.Title, FoldedText.Beginning(comment, LongestQuote)],
            T["Corrigez le texte, puis demandez une nouvelle relecture."],
        ],
        link, T["Ouvrir le brouillon"]);

    public static MailTemplate NotPublished(NodeInstance node, string name, DraftText draft, string failure) => new(
        T["« {0} » n’a pas paru à l’heure prévue", draft.Title],
        [
            T["Bonjour {0},", name],
            failure switch
            {
                ScheduleFailure.Moved => T["La modification programmée de « {0} » n’a pas été publiée : la version publiée a changé "
                    + "entre-temps.", draft.Title],
                ScheduleFailure.Unreviewed => T["« {0} » était programmé, mais n’a pas été relu à temps.", draft.Title],
                _ => T["« {0} » était programmé, mais ne peut pas être publié tel quel.", draft.Title],
            },
            T["Rien n’est perdu : le brouillon vous attend dans l’espace de {0}, sous « À faire ».", node.Cluster.Name],
        ]);
}
