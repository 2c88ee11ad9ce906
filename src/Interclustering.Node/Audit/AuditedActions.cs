using Interclustering.Accounts;

namespace Interclustering.Node.Audit;

/// <summary>What the list of actions tells of.</summary>
public static class AuditedActions
{
    public const string Published = "published", Saved = "saved", Scheduled = "scheduled", Withdrawn = "withdrawn",
        Cancelled = "cancelled", Rescheduled = "rescheduled", Restored = "restored", Erased = "erased", Archived = "archived",
        Unarchived = "unarchived", HoldPlaced = "hold-placed", HoldChanged = "hold-changed", Recovered = "recovered",
        Invited = "invited", InvitationRevoked = "invitation-revoked", Joined = "joined", RoleChanged = "role-changed",
        Removed = "removed", PasswordAsked = "password-asked", SourceChanged = "source-changed", SourceStopped = "source-stopped",
        PublishedByToken = "published-by-token", WithdrawnByToken = "withdrawn-by-token", TokenMade = "token-made",
        TokenRevoked = "token-revoked", JointWebinarMoved = "joint-webinar-moved", SecondFactorReset = "second-factor-reset",
        CalendarMade = "calendar-made", CalendarRemoved = "calendar-removed", LetterSent = "letter-sent",
        CoOrganisationAgreed = "co-organisation-agreed", CoOrganisationDeclined = "co-organisation-declined",
        CorrectionsProposed = "corrections-proposed", SaidSame = "said-same", SaidDifferent = "said-different";

    public static string InWords(string action, string what) => action switch
    {
        Published => T["a publié « {0} »", what],
        Saved => T["a enregistré le brouillon « {0} »", what],
        Scheduled => T["a programmé « {0} »", what],
        Withdrawn => T["a retiré « {0} »", what],
        Cancelled => T["a annulé « {0} »", what],
        Rescheduled => T["a reporté « {0} »", what],
        Restored => T["a rétabli « {0} »", what],
        Erased => T["a effacé définitivement une publication ou une personne"],
        Archived => T["a archivé « {0} »", what],
        Unarchived => T["a remis « {0} » dans les listes", what],
        HoldPlaced => T["a posé l’option « {0} »", what],
        HoldChanged => T["a prolongé ou libéré l’option « {0} »", what],
        Recovered => T["a lancé la reprise du journal"],
        Invited => T["a invité {0}", what],
        InvitationRevoked => T["a annulé l’invitation de {0}", what],
        Joined => T["a rejoint l’équipe"],
        RoleChanged => T["a changé le rôle de {0}", what],
        Removed => T["a retiré {0} de l’équipe", what],
        PasswordAsked => T["a demandé un nouveau mot de passe"],
        SourceChanged => T["a réglé la source « {0} »", what],
        SourceStopped => T["a arrêté la source « {0} »", what],
        PublishedByToken => T["publié par le jeton {0}", what],
        WithdrawnByToken => T["retiré par le jeton {0}", what],
        TokenMade => T["a créé le jeton « {0} »", what],
        TokenRevoked => T["a révoqué le jeton « {0} »", what],
        JointWebinarMoved => T["a fait avancer le webinaire commun « {0} »", what],
        SecondFactorReset => T["a retiré le second facteur et les clés d’accès de {0}", what],
        CalendarMade => T["a créé ou remplacé l’adresse de son calendrier privé"],
        CalendarRemoved => T["a supprimé son calendrier privé"],
        LetterSent => T["a marqué la lettre « {0} » comme envoyée", what],
        CoOrganisationAgreed => T["a accepté ou demandé que le cluster figure à « {0} »", what],
        CoOrganisationDeclined => T["a décliné, ou retiré, la place du cluster à « {0} »", what],
        CorrectionsProposed => T["a proposé des corrections à « {0} »", what],
        SaidSame => T["a dit que « {0} » et un autre sont le même événement", what],
        SaidDifferent => T["a dit que « {0} » et un autre ne sont pas le même événement", what],
        _ => AccountActions.InWords(action, what) ?? action,
    };
}
