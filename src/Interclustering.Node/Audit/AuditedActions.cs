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
        ChangeKept = "change-kept", ChangeScheduled = "change-scheduled", ChangeUnscheduled = "change-unscheduled",
        ChangeDiscarded = "change-discarded", ReviewAsked = "review-asked", ReviewReturned = "review-returned",
        ReviewPublished = "review-published", ReviewApproved = "review-approved", ReviewBypassed = "review-bypassed",
        ReviewRuleSet = "review-rule-set", SubmittedByToken = "submitted-by-token";

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
        ChangeKept => T["a enregistré un brouillon de modification de « {0} »", what],
        ChangeScheduled => T["a programmé une modification de « {0} »", what],
        ChangeUnscheduled => T["a déprogrammé la modification de « {0} »", what],
        ChangeDiscarded => T["a abandonné le brouillon de modification de « {0} »", what],
        ReviewAsked => T["a demandé une relecture de « {0} »", what],
        ReviewReturned => T["a rendu « {0} » avec un commentaire", what],
        ReviewPublished => T["a relu et publié « {0} »", what],
        ReviewApproved => T["a relu « {0} », qui paraîtra à l’heure prévue", what],
        ReviewBypassed => T["a publié « {0} » sans relecture", what],
        SubmittedByToken => T["remis à relire par le jeton {0}", what],
        ReviewRuleSet => T["a réglé la relecture avant publication : {0}", what],
        _ => AccountActions.InWords(action, what) ?? action,
    };
}
