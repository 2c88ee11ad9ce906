using Interclustering.Accounts;
using Interclustering.Federation;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Journals;
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
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node;

/// <summary>A cluster's database: its own people, its working copies, its journal, and its replica of the hub's journal.</summary>
public abstract class NodeContext(DbContextOptions options) : IdentityUserContext<StaffMember>(options)
{
    public DbSet<WorkingCopy> WorkingCopies => Set<WorkingCopy>();
    public DbSet<EditRow> Edits => Set<EditRow>();
    public DbSet<UnsavedText> UnsavedTexts => Set<UnsavedText>();
    public DbSet<PendingChange> PendingChanges => Set<PendingChange>();
    public DbSet<DraftReview> DraftReviews => Set<DraftReview>();
    public DbSet<DraftComment> DraftComments => Set<DraftComment>();
    public DbSet<ClusterSetting> Settings => Set<ClusterSetting>();
    public DbSet<AccessLink> AccessLinks => Set<AccessLink>();
    public DbSet<SourceRow> Sources => Set<SourceRow>();
    public DbSet<SourceRun> SourceRuns => Set<SourceRun>();
    public DbSet<SourceItem> SourceItems => Set<SourceItem>();
    public DbSet<MailRow> Mails => Set<MailRow>();
    public DbSet<MailChoice> MailChoices => Set<MailChoice>();
    public DbSet<SlotInvitation> SlotInvitations => Set<SlotInvitation>();
    public DbSet<ApiToken> Tokens => Set<ApiToken>();
    public DbSet<MemberCalendar> MemberCalendars => Set<MemberCalendar>();
    public DbSet<Letter> Letters => Set<Letter>();
    public DbSet<LetterItem> LetterItems => Set<LetterItem>();
    public DbSet<ClosedQuarter> ClosedQuarters => Set<ClosedQuarter>();
    public DbSet<DossierVisit> DossierVisits => Set<DossierVisit>();
    public DbSet<Registration> Registrations => Set<Registration>();
    public DbSet<RegistrationPool> RegistrationPools => Set<RegistrationPool>();
    public DbSet<RegistrationGift> RegistrationGifts => Set<RegistrationGift>();
    public DbSet<RegistrationNotice> RegistrationNotices => Set<RegistrationNotice>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<PublicationRow> Publications => Set<PublicationRow>();
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<ReceiptRow> Receipts => Set<ReceiptRow>();
    public DbSet<FileRow> Files => Set<FileRow>();
    public DbSet<ReplicaCursor> Cursors => Set<ReplicaCursor>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddFederation();
        builder.Entity<FileRow>().HasKey(row => row.Sha256);
        builder.Entity<WorkingCopy>(row =>
        {
            row.HasKey(copy => copy.Subject);
            row.HasIndex(copy => new { copy.SourceSystem, copy.SourceKey }).IsUnique();
            row.Property(copy => copy.Version).IsConcurrencyToken();
            row.HasIndex(copy => copy.PublishAt);
        });
        builder.Entity<EditRow>().HasKey(row => new { row.Subject, row.Version });
        builder.Entity<PendingChange>(row =>
        {
            row.HasKey(change => change.Subject);
            row.Property(change => change.Version).IsConcurrencyToken();
            row.HasIndex(change => change.PublishAt);
        });
        builder.Entity<DraftReview>().HasKey(row => row.Subject);
        builder.Entity<DraftComment>().HasIndex(row => row.Subject);
        builder.Entity<ClusterSetting>().HasKey(row => row.Name);
        builder.Entity<StaffMember>().Property(row => row.Role).HasDefaultValue(StaffRoles.Administrator);
        builder.AddAccounts<StaffMember>();
        builder.Entity<AccessLink>().HasIndex(row => row.Hash).IsUnique();
        builder.Entity<ApiToken>().HasIndex(row => row.Hash).IsUnique();
        builder.Entity<MemberCalendar>(row =>
        {
            row.HasKey(calendar => calendar.Member);
            row.HasIndex(calendar => calendar.Hash).IsUnique();
            row.HasOne<StaffMember>().WithOne().HasForeignKey<MemberCalendar>(calendar => calendar.Member)
                .OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Letter>().HasIndex(row => row.SentAt);
        builder.Entity<LetterItem>(row =>
        {
            row.HasKey(item => new { item.Letter, item.Subject });
            row.HasOne<Letter>().WithMany().HasForeignKey(item => item.Letter).OnDelete(DeleteBehavior.Cascade);
            row.HasIndex(item => item.LastDay);
        });
        builder.Entity<ClosedQuarter>().HasKey(row => row.Period);
        builder.Entity<SourceRow>().HasIndex(row => row.DueAt);
        builder.Entity<SourceRun>().HasIndex(row => row.Source);
        builder.Entity<SourceItem>().HasKey(row => new { row.Source, row.Key });
        builder.Entity<MailRow>(row =>
        {
            row.HasIndex(mail => new { mail.SentAt, mail.DueAt });
            row.HasIndex(mail => mail.Member);
            foreach (var added in (string[])[nameof(MailRow.Member), nameof(MailRow.Group), nameof(MailRow.Link), nameof(MailRow.Calendar),
                nameof(MailRow.Unsubscribe)])
            {
                row.Property(added).HasDefaultValue("");
            }

            row.Property(mail => mail.Waits).HasDefaultValue(false);
        });
        builder.Entity<MailChoice>(row =>
        {
            row.HasKey(choice => new { choice.Member, choice.Group });
            row.HasOne<StaffMember>().WithMany().HasForeignKey(choice => choice.Member).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SlotInvitation>(row =>
        {
            row.HasKey(sent => new { sent.Dossier, sent.Member });
            row.Property(sent => sent.Sequence).IsConcurrencyToken();
            row.HasOne<StaffMember>().WithMany().HasForeignKey(sent => sent.Member).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<AuditRow>(row =>
        {
            row.HasKey(action => action.Id);
            row.Property(action => action.Reason).HasDefaultValue("");
        });
        builder.Entity<Registration>().HasIndex(row => new { row.Event, row.Session, row.AddressKey }).IsUnique();
        builder.Entity<RegistrationPool>().HasKey(row => new { row.Event, row.Session });
        builder.Entity<RegistrationGift>().HasKey(row => new { row.Event, row.Session, row.Receiver });
        builder.Entity<RegistrationNotice>(row =>
        {
            row.HasKey(notice => new { notice.Registration, notice.Kind, notice.Revision });
            row.HasIndex(notice => new { notice.SettledAt, notice.DueAt });
            row.HasOne<Registration>().WithMany().HasForeignKey(notice => notice.Registration).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<DossierVisit>().HasKey(row => new { row.Member, row.Dossier });
        builder.Entity<UnsavedText>().HasKey(row => new { row.Member, row.Form });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.AddFederationConventions();
}

public sealed class SqliteNodeContext : NodeContext
{
    public SqliteNodeContext(DbContextOptions<SqliteNodeContext> options)
        : base(options)
    {
        // A single statement takes SQLite's lock at its end only, and does not wait for it then; a transaction takes it first, and waits.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }
}

public sealed class PostgresNodeContext(DbContextOptions<PostgresNodeContext> options) : NodeContext(options);
