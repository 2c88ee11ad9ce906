using Interclustering.Accounts.SignIn;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;

namespace Interclustering.Node.Team;

/// <summary>What the workspace writes to members of staff.</summary>
internal static class StaffMails
{
    public static MailTemplate Invitation(NodeInstance node, string name, string by, string link) => new(
        T["Vous êtes invité(e) dans l’espace de {0}", node.Cluster.Name],
        [
            T["Bonjour {0},", name],
            T["{0} vous invite dans l’espace de {1}, où son équipe publie ses événements, ses webinaires et ses fiches pour tous les "
                + "clusters.", by, node.Cluster.Name],
            T["Le lien sert une fois, pendant 7 jours. Si vous ne l’attendiez pas, laissez-le expirer."],
        ],
        link, T["Rejoindre l’équipe"]);

    public static MailTemplate NewPassword(NodeInstance node, string name, string link) => new(
        T["Choisir un nouveau mot de passe"],
        [
            T["Bonjour {0},", name],
            T["Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour l’espace de {0}.", node.Cluster.Name],
            T["Le lien sert une fois, pendant une heure. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même."],
        ],
        link, T["Choisir un nouveau mot de passe"]);

    public static MailTemplate Joined(NodeInstance node, string name, StaffMember joined) => new(
        T["{0} a rejoint votre équipe", joined.Name],
        [
            T["Bonjour {0},", name],
            T["{0} ({1}) a accepté l’invitation dans l’espace de {2}, en {3}.", joined.Name, joined.Email, node.Cluster.Name,
                StaffRoles.InWords(joined.Role)],
            T["Si vous ne l’attendiez pas, retirez ce membre sous « Équipe » et prévenez votre équipe."],
        ]);

    public static MailTemplate TokenMade(NodeInstance node, string name, string by, string token) => new(
        T["Un jeton a été créé pour l’espace de {0}", node.Cluster.Name],
        [
            T["Bonjour {0},", name],
            T["{0} a créé le jeton « {1} », par lequel un site peut publier au nom de {2}.", by, token, node.Cluster.Name],
            T["Si ce n’était pas prévu, révoquez-le sous « Jetons pour votre site » et prévenez votre équipe."],
        ]);

    public static MailTemplate SecondFactorReset(NodeInstance node, string name, string by) => new(
        T["Votre second facteur a été retiré"],
        [
            T["Bonjour {0},", name],
            T["{0} a retiré votre second facteur et vos clés d’accès dans l’espace de {1}. Votre mot de passe reste le même.", by,
                node.Cluster.Name],
            IfNotYou(),
        ]);

    /// <summary>What changed about who gets in with this account.</summary>
    public static MailTemplate Of(NodeInstance node, string name, AccountNews news) => news == AccountNews.Locked
        ? Locked(node, name) : new(
        news switch
        {
            AccountNews.PasswordChanged => T["Votre mot de passe a été changé"],
            AccountNews.PasskeyAdded => T["Une clé d’accès a été ajoutée à votre compte"],
            AccountNews.TotpAdded => T["Une application d’authentification a été ajoutée à votre compte"],
            _ => T["De nouveaux codes de secours ont été faits pour votre compte"],
        },
        [
            T["Bonjour {0},", name],
            T["Cela vient d’être fait dans l’espace de {0}. Si c’était vous, il n’y a rien à faire.", node.Cluster.Name],
            IfNotYou(),
        ]);

    private static MailTemplate Locked(NodeInstance node, string name) => new(
        T["Des mots de passe faux ont été essayés avec votre adresse"],
        [
            T["Bonjour {0},", name],
            T["Plusieurs mots de passe ou codes faux ont été essayés avec votre adresse dans l’espace de {0}. Là d’où ils viennent, votre "
                + "compte est bloqué pendant {1} minutes, puis s’ouvre de lui-même.", node.Cluster.Name, SignInLocks.LockoutMinutes],
            T["Si ce n’était pas vous, prévenez l’administration de votre équipe. Votre mot de passe n’a pas été trouvé."],
        ]);

    private static string IfNotYou() => T["Si ce n’était pas vous, changez votre mot de passe par « Mot de passe oublié », mettez fin à "
        + "vos autres sessions sous « Mon compte », et prévenez l’administration de votre équipe."];
}
