using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Interclustering.Node;
using Interclustering.Node.Digests;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Radar;
using Interclustering.Node.Retention;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Interclustering.Testing.Containers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Mails;

/// <summary>What members choose and are written, by the migrations and the locks of the other database.</summary>
public sealed class MailsOnPostgres(AvailablePostgres postgres) : IClassFixture<AvailablePostgres>
{
    private static readonly DateTimeOffset Tuesday = new(2026, 12, 8, 7, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_write_one_digest_and_a_choice_ends_with_its_member()
    {
        var options = new DbContextOptionsBuilder<PostgresNodeContext>().UseNpgsql(await postgres.CreateDatabaseAsync()).Options;
        await using var db = new PostgresNodeContext(options);
        await db.Database.MigrateAsync(Cancellation);
        var node = new NodeInstance(Directories.Two.Find("bsc")!, () => new PostgresNodeContext(options),
            new Journal("bsc", TimeProvider.System), new ContentStore(Path.GetTempPath()));
        var member = new StaffMember { Name = "Claire", Email = "claire@bsc.example", UserName = "claire", Role = StaffRoles.Editor };
        db.Add(member);
        db.Add(new WorkingCopy
        {
            Subject = "bsc-brouillon",
            Kind = Kinds.Event,
            State = PublicationState.Draft,
            Title = "Matinée du port",
            Data = "{}",
        });
        await db.SaveChangesAsync(Cancellation);
        var mails = new MemberMails(PublicAddress.Unknown, new UnsubscribeLinks(new EphemeralDataProtectionProvider()),
            new MailSender("ne-pas-repondre@cluster.example"));
        var clock = new FakeTimeProvider(Tuesday);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            using var writing = new SendDigests(new Nodes([node]),
                new NationalAgenda(Directories.Two, clock, NullLogger<NationalAgenda>.Instance), Directories.Two, mails, clock,
                NullLogger<SendDigests>.Instance);
            await writing.RunAsync(node, Cancellation);
        }, Cancellation)));
        Assert.Contains("Matinée du port", Assert.Single(await db.Mails.AsNoTracking().ToListAsync(Cancellation)).Text,
            StringComparison.Ordinal);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var other = new PostgresNodeContext(options);
            await MailChoices.SetAsync(other, member.Id, MailGroups.Talk, MailTimes.Never, Cancellation);
        }, Cancellation)));
        Assert.Equal(MailTimes.Never, (await MailChoices.OfAsync(db, member.Id, Cancellation))[MailGroups.Talk]);

        db.AddRange(new SlotInvitation { Dossier = "lsn-1", Member = member.Id, Day = new DateOnly(2020, 1, 1) },
            new SlotInvitation { Dossier = "lsn-2", Member = member.Id, Day = new DateOnly(2999, 1, 1) });
        await db.SaveChangesAsync(Cancellation);
        using var purge = new PurgeExpired(new Nodes([node]), TimeProvider.System, NullLogger<PurgeExpired>.Instance);
        await purge.RunAsync(node, Cancellation);
        Assert.Equal("lsn-2", (await db.SlotInvitations.AsNoTracking().SingleAsync(Cancellation)).Dossier);

        await db.Users.Where(row => row.Id == member.Id).ExecuteDeleteAsync(Cancellation);
        Assert.False(await db.SlotInvitations.AnyAsync(Cancellation) || await db.MailChoices.AnyAsync(Cancellation));
    }
}
