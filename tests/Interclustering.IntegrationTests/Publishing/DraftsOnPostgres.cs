using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Interclustering.Node;
using Interclustering.Node.Mail;
using Interclustering.Node.MemberCalendars;
using Interclustering.Node.Publishing.Comments;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.List;
using Interclustering.Node.Publishing.PendingChanges;
using Interclustering.Node.Publishing.Reviews;
using Interclustering.Node.Publishing.Scheduling;
using Interclustering.Node.Retention;
using Interclustering.Node.ToDo;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Testing.Containers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>Drafts of changes, reviews and comments by the migrations and the queries of the other database.</summary>
public sealed class DraftsOnPostgres(AvailablePostgres postgres) : IClassFixture<AvailablePostgres>
{
    private static readonly DateTime Now = DateTime.UtcNow;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_kept_read_scheduled_published_and_erased()
    {
        var options = new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(await postgres.CreateDatabaseAsync()).Options;
        await using var db = new PostgresNodeContext(options);
        await db.Database.MigrateAsync(Cancellation);
        var node = new NodeInstance(Directories.Two.Find("bsc")!, () => new PostgresNodeContext(options),
            new Journal("bsc", TimeProvider.System), new ContentStore(Path.GetTempPath()));
        await node.Journal.OpenAsync(db, Cancellation);
        db.AddRange(MemberOf("anne"), MemberOf("zoe"));
        await ReviewRule.SetAsync(db, ReviewRule.Required, Cancellation);
        await db.SaveChangesAsync(Cancellation);
        var editor = new PublicationEditor(db, node.Journal, TimeProvider.System);
        var visit = new Event { Nonce = "", Title = "Visite", Sessions = [new("1", $"{Now.AddDays(9):yyyy-MM-dd}T09:00:00")] };
        var subject = (await editor.PublishAsync(null, visit, "Anne", Cancellation)).Subject;
        var written = new WrittenChange(BasedOn: 1, "Anne", "anne", Now, Now.AddMinutes(-1));
        var first = await ChangeStore.KeepAsync(db, subject, visit with { Title = "Visite de nuit" }, written, 0, Cancellation);
        await Assert.ThrowsAsync<EditedMeanwhileException>(() => ChangeStore.KeepAsync(db, subject, visit, written, 0, Cancellation));

        var draft = (await DraftText.FindAsync(db, subject, Cancellation))!;
        await Reviewing.AskAsync(db, node, draft, Now, link: null, Cancellation);
        await CommentThread.TellAsync(db, draft, "zoe", "Zoé", "Bien.", "https://espace.example/", Now, Cancellation);
        CommentThread.Add(db, subject, "zoe", "Zoé", "Bien.", Now);
        await db.SaveChangesAsync(Cancellation);
        Assert.Equal(["anne@bsc.example", "zoe@bsc.example"], await db.Mails.Select(mail => mail.To).Order().ToListAsync(Cancellation));
        Assert.Single(await CommentThread.ReadAsync(db, subject, Cancellation));
        Assert.Single(await DraftTasks.ReadAsync(db, "zoe", Now, Cancellation));
        Assert.Empty(await DraftTasks.ReadAsync(db, "anne", Now, Cancellation));
        Assert.Equal(2, (await ListedDraft.ReadAsync(db, [subject], Now, Cancellation))[subject].Count());
        var today = DateOnly.FromDateTime(Now);
        Assert.True(Assert.Single(await new PublicationIndex().ReadAsync(db, "bsc", today, Cancellation)).IsChanging);
        Assert.Single(await new CalendarContents("bsc", Directories.Two, "https://espace.example", Now).ReadAsync(db, Cancellation));
        using (var purge = new PurgeExpired(new Nodes([node]), TimeProvider.System, NullLogger<PurgeExpired>.Instance))
        {
            await purge.RunAsync(node, Cancellation);
        }

        // Not without the second pair of eyes; then with it.
        var mails = new MemberMails(PublicAddress.Unknown, new UnsubscribeLinks(new EphemeralDataProtectionProvider()),
            new MailSender("ne-pas-repondre@cluster.example"));
        using var job = new PublishScheduled(new Nodes([node]), mails, TimeProvider.System, NullLogger<PublishScheduled>.Instance);
        await job.RunAsync(node, Cancellation);
        Assert.Equal(ScheduleFailure.Unreviewed,
            (await db.PendingChanges.AsNoTracking().SingleAsync(row => row.Subject == subject, Cancellation)).Failure);
        await ChangeStore.KeepAsync(db, subject, visit with { Title = "Visite de nuit" }, written, first.Version, Cancellation);
        draft = (await DraftText.FindAsync(db, subject, Cancellation))!;
        await Reviewing.PutAsync(db, draft, ReviewState.Approved, "Zoé", Now, Cancellation);
        await job.RunAsync(node, Cancellation);
        Assert.Equal("Visite de nuit",
            (await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.Subject == subject, Cancellation)).Title);
        Assert.False(await db.PendingChanges.AnyAsync(Cancellation) || await db.DraftReviews.AnyAsync(Cancellation)
            || await db.DraftComments.AnyAsync(Cancellation));

        await ChangeStore.KeepAsync(db, subject, visit, written with { BasedOn = 2, PublishAt = null }, 0, Cancellation);
        CommentThread.Add(db, subject, "zoe", "Zoé", "Encore.", Now);
        await db.SaveChangesAsync(Cancellation);
        Assert.True(await editor.EraseAsync(subject, Cancellation));
        Assert.False(await db.PendingChanges.AnyAsync(Cancellation) || await db.DraftComments.AnyAsync(Cancellation));
    }

    private static StaffMember MemberOf(string id) => new()
    {
        Id = id,
        Name = id,
        Role = StaffRoles.Editor,
        Email = $"{id}@bsc.example",
        UserName = $"{id}@bsc.example",
    };
}
