using Interclustering.Accounts;
using Interclustering.Accounts.Sessions;
using Interclustering.Accounts.SignIn;
using Interclustering.Contracts;
using Interclustering.Hub.Operators;
using Interclustering.IntegrationTests.Hub;
using Interclustering.Node;
using Interclustering.Node.Audit;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Retention;
using Interclustering.Node.Team;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Node;

/// <summary>
/// Each rule of « How long it is kept »: the row is there a minute before its time is over, and gone a minute after. Sessions' two ends
/// are in <c>SessionTests</c>.
/// </summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 11, 0, 0, TimeSpan.Zero);
    private static readonly DateTime At = Start.UtcDateTime;
    private static readonly TimeSpan Little = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What, how many days, what is added at the start, and whether it is there.</summary>
    public static TheoryData<string, double, Action<NodeContext>, Func<NodeContext, Task<bool>>> Rules => new()
    {
        { "list of actions", 365, db => db.Add(new AuditRow { Action = AuditedActions.Saved, At = At }), db => db.Audit.AnyAsync() },
        { "texts that were typed and not saved", 30,
            db => db.Add(new UnsavedText { Member = "bsc/x", Form = "x", Kind = Kinds.Event, Fields = "[]", SavedAt = At }),
            db => db.UnsavedTexts.AnyAsync() },
        { "address, subject and failure of a mail", 90, db => new MailTemplate("x", ["x"]).Queue(db, "x@bsc.example", At, "dossier/1"),
            db => db.Mails.AnyAsync(row => row.To != "" || row.Subject != "" || row.About != "" || row.Text != "") },
        { "that there was a mail", 730, db => db.Add(new MailRow
            { Id = Guid.CreateVersion7(), To = "", Subject = "", Text = "", Html = "", CreatedAt = At }), db => db.Mails.AnyAsync() },
        { "links and invitations", 30,
            db => db.Add(new AccessLink { Purpose = AccessLink.Invitation, Hash = "x", Email = "x@bsc.example", ExpiresAt = At }),
            db => db.AccessLinks.AnyAsync() },
        { "networks that tried", 30, db => db.Add(new SignInAttempts { Account = "x", Network = "192.0.2.0", At = At }),
            db => db.Set<SignInAttempts>().AnyAsync() },
        { "steps of signing in", 10.0 / (24 * 60), db => db.Add(new ChallengeRow
            { Hash = "x", Purpose = ChallengeRow.Passkey, ExpiresAt = At + ChallengeRow.Life }), db => db.Set<ChallengeRow>().AnyAsync() },
    };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public async Task A_row_is_there_until_its_time_is_over(
        string what, double days, Action<NodeContext> add, Func<NodeContext, Task<bool>> isThere)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(isThere);
        await using var node = await TemporaryNode.CreateAsync();
        await using (var db = node.Open())
        {
            add(db);
            await db.SaveChangesAsync(Cancellation);
        }

        foreach (var (moved, expected) in new[] { (-Little, true), (Little, false) })
        {
            await ForgetAsync(node, Start + TimeSpan.FromDays(days) + moved);
            await using var db = node.Open();
            Assert.True(await isThere(db) == expected, $"{what}, {moved} after {days} days");
        }
    }

    /// <summary>By the day in Paris.</summary>
    [Theory]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public async Task What_a_calendar_was_told_of_a_slot_ends_90_days_after_it(int days, bool expected)
    {
        await using var node = await TemporaryNode.CreateAsync();
        await using (var db = node.Open())
        {
            db.Users.Add(new StaffMember { Id = "x", Name = "x" });
            db.Add(new SlotInvitation { Dossier = "bsc-x", Member = "x", Day = new DateOnly(2026, 11, 23) });
            await db.SaveChangesAsync(Cancellation);
        }

        await ForgetAsync(node, Start.AddDays(days));
        await using var left = node.Open();
        Assert.Equal(expected, await left.SlotInvitations.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_mail_as_a_file_goes_with_its_words()
    {
        await using var node = await TemporaryNode.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("ic-mails-");
        try
        {
            await using (var db = node.Open())
            {
                new MailTemplate("x", ["x"]).Queue(db, "x@bsc.example", At, "dossier/1");
                await db.SaveChangesAsync(Cancellation);
            }

            foreach (var (moved, expected) in new[] { (-Little, 1), (Little, 0) })
            {
                var clock = new FakeTimeProvider(Start.AddDays(90) + moved);
                await ForgetAsync(node, clock.GetUtcNow());
                using var sending = new SendMails(new Nodes([node.Instance]), new FileTransport(folder.FullName),
                    new MailSender("ne-pas-repondre@cluster.example"), clock, NullLogger<SendMails>.Instance);
                await sending.RunAsync(node.Instance, Cancellation);
                Assert.Equal(expected, folder.GetFiles("*.eml").Length);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Actions_of_operators_end_after_a_year()
    {
        await using var hub = await TemporaryHub.CreateAsync();
        var databases = hub.Opening;
        await using (var db = await databases.CreateDbContextAsync(Cancellation))
        {
            db.Add(new OperatorAction { Action = OperatorAction.Recovery, At = At });
            await db.SaveChangesAsync(Cancellation);
        }

        foreach (var (moved, expected) in new[] { (-Little, 1), (Little, 0) })
        {
            using var forgetting = new Interclustering.Hub.Operators.PurgeEndedSessions(databases,
                new FakeTimeProvider(Start.AddDays(365) + moved), NullLogger<Interclustering.Hub.Operators.PurgeEndedSessions>.Instance);
            await forgetting.RunAsync(Cancellation);
            await using var db = await databases.CreateDbContextAsync(Cancellation);
            Assert.Equal(expected, await db.OperatorActions.CountAsync(Cancellation));
        }
    }

    /// <summary>Both jobs of a node.</summary>
    private static async Task ForgetAsync(TemporaryNode node, DateTimeOffset now)
    {
        var (nodes, clock) = (new Nodes([node.Instance]), new FakeTimeProvider(now));
        using var expired = new PurgeExpired(nodes, clock, NullLogger<PurgeExpired>.Instance);
        await expired.RunAsync(node.Instance, Cancellation);
        using var ended = new Interclustering.Node.Team.PurgeEndedSessions(
            nodes, clock, NullLogger<Interclustering.Node.Team.PurgeEndedSessions>.Instance);
        await ended.RunAsync(node.Instance, Cancellation);
    }
}
