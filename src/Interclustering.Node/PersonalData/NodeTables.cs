using Interclustering.Accounts.PersonalData;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Interclustering.Node.ActivityReports;
using Interclustering.Node.Audit;
using Interclustering.Node.Files;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Letters;
using Interclustering.Node.Mail;
using Interclustering.Node.MemberCalendars;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Registrations;
using Interclustering.Node.Sources;
using Interclustering.Node.Team;
using Interclustering.Node.Tokens;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.PersonalData;

/// <summary>Every table of a node: with rows of persons, or with the reason why it has none that are told apart.</summary>
internal static class NodeTables
{
    private const string NamedElsewhere = "it is another's text that names the person: their record is erased, which the text names";

    /// <summary>In the order in which an erasure goes through them: the account comes last.</summary>
    public static IReadOnlyList<PersonalTable> All { get; } =
    [
        new PersonalTable<WorkingCopy>("Fiche de personne (intervenant, contact)", [nameof(WorkingCopy.Subject)],
            [nameof(WorkingCopy.Subject), nameof(WorkingCopy.State), nameof(WorkingCopy.Data), nameof(WorkingCopy.CreatedAt),
                nameof(WorkingCopy.EditedAt)],
            "the record was erased before, by a withdrawal that every participant follows") { Only = row => row.Kind == Kinds.Person },
        new PersonalTable<WorkingCopy>("Publications et brouillons écrits en dernier",
            [nameof(WorkingCopy.EditedBy), nameof(WorkingCopy.Owner)],
            [nameof(WorkingCopy.Subject), nameof(WorkingCopy.Kind), nameof(WorkingCopy.Title), nameof(WorkingCopy.State),
                nameof(WorkingCopy.EditedAt)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(row => row.SetProperty(each => each.EditedBy, PersonalTable.Nameless)
                .SetProperty(each => each.Owner, (string?)null), cancellation),
        },
        new PersonalTable<WorkingCopy>("Publications et brouillons qui nomment la personne", [nameof(WorkingCopy.Data)],
            [nameof(WorkingCopy.Subject), nameof(WorkingCopy.Kind), nameof(WorkingCopy.Title), nameof(WorkingCopy.State)], NamedElsewhere)
        { Names = true, Only = row => row.Kind != Kinds.Person },
        new PersonalTable<EditRow>("Versions écrites", [nameof(EditRow.By)],
            [nameof(EditRow.Subject), nameof(EditRow.Version), nameof(EditRow.State), nameof(EditRow.At)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(
                row => row.SetProperty(each => each.By, PersonalTable.Nameless), cancellation),
        },
        new PersonalTable<PendingChange>("Modifications préparées", [nameof(PendingChange.EditedBy), nameof(PendingChange.Owner)],
            [nameof(PendingChange.Subject), nameof(PendingChange.Title), nameof(PendingChange.EditedAt)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(row => row.SetProperty(each => each.EditedBy, PersonalTable.Nameless)
                .SetProperty(each => each.Owner, (string?)null), cancellation),
        },
        new PersonalTable<DraftReview>("Relectures", [nameof(DraftReview.By)],
            [nameof(DraftReview.Subject), nameof(DraftReview.State), nameof(DraftReview.At)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(
                row => row.SetProperty(each => each.By, PersonalTable.Nameless), cancellation),
        },
        new PersonalTable<DraftComment>("Commentaires écrits", [nameof(DraftComment.Member), nameof(DraftComment.By)],
            [nameof(DraftComment.Subject), nameof(DraftComment.At), nameof(DraftComment.Text)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(row => row.SetProperty(each => each.By, PersonalTable.Nameless)
                .SetProperty(each => each.Member, ""), cancellation),
        },
        new PersonalTable<UnsavedText>("Textes tapés et non enregistrés", [nameof(UnsavedText.Member)],
            [nameof(UnsavedText.Form), nameof(UnsavedText.Kind), nameof(UnsavedText.Title), nameof(UnsavedText.Fields),
                nameof(UnsavedText.SavedAt)]),
        new PersonalTable<AccessLink>("Invitations et liens", [nameof(AccessLink.Email)],
            [nameof(AccessLink.Purpose), nameof(AccessLink.Email), nameof(AccessLink.Name), nameof(AccessLink.Role),
                nameof(AccessLink.CreatedAt), nameof(AccessLink.ExpiresAt), nameof(AccessLink.UsedAt)]),
        new PersonalTable<SourceRow>("Sources ajoutées", [nameof(SourceRow.CreatedBy)],
            [nameof(SourceRow.Name), nameof(SourceRow.Address), nameof(SourceRow.CreatedAt)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(
                row => row.SetProperty(each => each.CreatedBy, PersonalTable.Nameless), cancellation),
        },
        new PersonalTable<MailRow>("Mails reçus de l’espace", [nameof(MailRow.Member), nameof(MailRow.To)],
            [nameof(MailRow.To), nameof(MailRow.Subject), nameof(MailRow.Group), nameof(MailRow.CreatedAt), nameof(MailRow.SentAt),
                nameof(MailRow.Failure)]) { Erase = MailRow.ForgetAsync, Only = row => row.To != "" },
        new PersonalTable<MailChoice>("Choix des mails", [nameof(MailChoice.Member)], [nameof(MailChoice.Group), nameof(MailChoice.Time)]),
        new PersonalTable<SlotInvitation>("Créneaux envoyés à l’agenda", [nameof(SlotInvitation.Member)],
            [nameof(SlotInvitation.Dossier), nameof(SlotInvitation.Slot), nameof(SlotInvitation.Day), nameof(SlotInvitation.Status)]),
        new PersonalTable<ApiToken>("Jetons créés", [nameof(ApiToken.CreatedBy)],
            [nameof(ApiToken.Name), nameof(ApiToken.Scope), nameof(ApiToken.CreatedAt), nameof(ApiToken.LastUsedAt)],
            "a token is the cluster's: revoke it under « Jetons » where it should end"),
        new PersonalTable<MemberCalendar>("Calendrier privé", [nameof(MemberCalendar.Member)],
            [nameof(MemberCalendar.CreatedAt), nameof(MemberCalendar.LastUsedAt)]),
        new PersonalTable<Letter>("Lettres envoyées", [nameof(Letter.SentBy)], [nameof(Letter.Title), nameof(Letter.SentAt)])
        {
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(
                row => row.SetProperty(each => each.SentBy, ""), cancellation),
        },
        new PersonalTable<Letter>("Lettres qui nomment la personne", [nameof(Letter.Title), nameof(Letter.Introduction)],
            [nameof(Letter.Title), nameof(Letter.SentAt)], "what a member has written freely: look at it under « Lettres »")
        { Names = true },
        new PersonalTable<Registration>("Inscriptions à des événements", [nameof(Registration.AddressKey)],
            [nameof(Registration.Event), nameof(Registration.Session), nameof(Registration.State), nameof(Registration.Seats),
                nameof(Registration.AskedAt), nameof(Registration.ConfirmedAt), nameof(Registration.Present)]),
        new PersonalTable<DossierVisit>("Webinaires communs regardés", [nameof(DossierVisit.Member)],
            [nameof(DossierVisit.Dossier), nameof(DossierVisit.At)]),
        new PersonalTable<AuditRow>("Actions faites", [nameof(AuditRow.Member)],
            [nameof(AuditRow.At), nameof(AuditRow.Action), nameof(AuditRow.What), nameof(AuditRow.Reason)],
            "the list of actions is kept for a year, by the account's id; it has no name once the account is gone"),
        new PersonalTable<AuditRow>("Actions qui nomment la personne", [nameof(AuditRow.What)],
            [nameof(AuditRow.At), nameof(AuditRow.Action), nameof(AuditRow.What)])
        {
            Names = true,
            Erase = (rows, cancellation) => rows.ExecuteUpdateAsync(
                row => row.SetProperty(each => each.What, PersonalTable.Nameless), cancellation),
        },
        new PersonalTable<PublicationRow>("Ce que la fédération publie et qui nomme la personne", [nameof(PublicationRow.Data)],
            [nameof(PublicationRow.Subject), nameof(PublicationRow.Kind), nameof(PublicationRow.Cluster),
                nameof(PublicationRow.PublishedAt)],
            "what was published is signed in the journal: own records are withdrawn, and a tombstone stays; another cluster erases its own")
        { Names = true },
        .. AccountTables.Of<StaffMember>(nameof(StaffMember.Role)),
    ];

    /// <summary>Tables without rows of their own of a person, and why.</summary>
    public static IReadOnlyDictionary<Type, string> Without { get; } = new Dictionary<Type, string>
    {
        [typeof(ClusterSetting)] = "settings of the cluster",
        [typeof(SourceRun)] = "counts and failures of looks at a source",
        [typeof(SourceItem)] = "what a public address says, read again each time; nothing tells a person apart in it",
        [typeof(RegistrationPool)] = "counts and locks",
        [typeof(RegistrationGift)] = "counts",
        [typeof(RegistrationNotice)] = "which mails were due for a registration: they go with it",
        [typeof(LetterItem)] = "publications that stood in a letter",
        [typeof(ClosedQuarter)] = "counts",
        [typeof(FileRow)] = "digests of files",
        [typeof(JournalRow)] = "the signed entries of what the table of publications has",
        [typeof(JournalHead)] = "a position",
        [typeof(ReceiptRow)] = "positions of readers",
        [typeof(ReplicaEntry)] = "the hub's signed entries of what the table of publications has",
        [typeof(ReplicaCursor)] = "positions",
        [typeof(QuarantineRow)] = "ids and reasons",
        [typeof(OperationRow)] = "recoveries",
    };
}
