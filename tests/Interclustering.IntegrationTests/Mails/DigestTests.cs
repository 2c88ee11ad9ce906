using System.Net;
using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Digests;
using Interclustering.Node.Mail;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Radar;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Mails;

/// <summary>One mail a morning of what waits: on working days in Paris, once for each member and day.</summary>
public sealed class DigestTests : WorkspaceVisit
{
    /// <summary>A Tuesday in winter, an hour behind Paris.</summary>
    private static readonly DateTimeOffset Tuesday = new(2026, 12, 8, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_lists_what_waits_with_links_and_what_was_left_for_it()
    {
        await DraftAsync("Matinée du port");
        await LeaveAsync("Une remarque sur « Canicules »", "https://espace.bsc.example/espace/bsc/webinaires-communs/x");
        await WriteAsync(Tuesday);
        var mail = Assert.Single(await DigestsAsync());
        Assert.Equal(DemonstrationAccounts.EmailOf("bsc"), mail.To);
        Assert.All([mail.Text, WebUtility.HtmlDecode(mail.Html)], text =>
        {
            Assert.Contains("Matinée du port", text, StringComparison.Ordinal);
            Assert.Contains("https://espace.bsc.example/espace/bsc/evenements/", text, StringComparison.Ordinal);
            Assert.Contains("https://espace.bsc.example/espace/bsc/webinaires-communs/x", text, StringComparison.Ordinal);
            Assert.Contains("https://espace.bsc.example/espace/bsc/desabonnement/", text, StringComparison.Ordinal);
        });
        Assert.Contains("Une remarque sur", mail.Text, StringComparison.Ordinal);

        await using (var db = Open())
        {
            await db.Mails.ExecuteUpdateAsync(row => row.SetProperty(each => each.Failure, "421 later"), Cancellation);
        }

        await SignInAsync();
        Assert.Contains("421 later", await WordsOfAsync(await GetAsync("/espace/bsc/mes-mails")), StringComparison.Ordinal);

        // The next morning it is no news any more; the draft still waits.
        await WriteAsync(Tuesday.AddDays(1));
        var next = (await DigestsAsync())[^1];
        Assert.Contains("Matinée du port", next.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Une remarque sur", next.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-08T06:59:00Z", 0, "before eight")]
    [InlineData("2026-12-08T07:00:00Z", 1, "eight")]
    [InlineData("2026-12-08T10:59:00Z", 1, "a server that was down at eight")]
    [InlineData("2026-12-08T11:00:00Z", 0, "noon")]
    [InlineData("2026-12-12T08:00:00Z", 0, "Saturday")]
    [InlineData("2026-12-13T08:00:00Z", 0, "Sunday")]
    [InlineData("2026-12-25T08:00:00Z", 0, "Christmas")]
    [InlineData("2027-03-29T08:00:00Z", 0, "Easter Monday")]
    [InlineData("2027-07-13T05:59:00Z", 0, "before eight in summer")]
    [InlineData("2027-07-13T06:00:00Z", 1, "eight in summer")]
    [InlineData("2027-07-14T06:00:00Z", 0, "the national holiday")]
    public async Task It_is_written_on_working_mornings_in_Paris_only(string at, int written, string when)
    {
        await DraftAsync("Matinée du port");
        await WriteAsync(At(at));
        Assert.True(written == (await DigestsAsync()).Count, when);
    }

    [Fact]
    public async Task It_is_written_once_a_day_by_whatever_process_and_not_where_nothing_waits()
    {
        await WriteAsync(Tuesday);
        Assert.Empty(await DigestsAsync());
        await DraftAsync("Plus tard dans la matinée");
        await WriteAsync(Tuesday.AddHours(1));
        Assert.Empty(await DigestsAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteAsync(Tuesday.AddDays(1)), Cancellation)));
        await WriteAsync(Tuesday.AddDays(1).AddHours(2));
        Assert.Single(await DigestsAsync());
        await WriteAsync(Tuesday.AddDays(2));
        Assert.Equal(2, (await DigestsAsync()).Count);
    }

    [Theory]
    [InlineData("2026-12-07T07:00:00Z", 1)]
    [InlineData("2026-12-08T07:00:00Z", 0)]
    [InlineData("2027-03-29T06:00:00Z", 0)]
    [InlineData("2027-03-30T06:00:00Z", 1)]
    public async Task Once_a_week_is_on_Monday_or_the_day_after_a_Monday_off(string at, int written)
    {
        await DraftAsync("Matinée du port");
        await PreferAsync(MailGroups.Digest, MailTimes.Weekly);
        await WriteAsync(At(at));
        Assert.Equal(written, (await DigestsAsync()).Count);
    }

    [Fact]
    public async Task Readers_and_those_who_do_not_want_it_get_none_and_a_text_of_ones_own_is_in_ones_own_alone()
    {
        var (me, other) = ((await MemberAsync()).Id, "");
        await using (var db = Open())
        {
            foreach (var (email, role) in new[] { ("lit@bsc.example", StaffRoles.Reader), ("edite@bsc.example", StaffRoles.Editor) })
            {
                other = db.Add(new StaffMember { Name = role, Email = email, UserName = email, Role = role }).Entity.Id;
            }

            db.Add(new UnsavedText
            {
                Member = $"bsc/{me}",
                Form = "f",
                Kind = Kinds.Event,
                Title = "Encore à moi",
                Fields = "[]",
                SavedAt = Tuesday.UtcDateTime,
            });
            await db.SaveChangesAsync(Cancellation);
        }

        await DraftAsync("Matinée du port");
        await WriteAsync(Tuesday);
        var written = (await DigestsAsync()).ToDictionary(mail => mail.To);
        Assert.Equal(["edite@bsc.example", DemonstrationAccounts.EmailOf("bsc")], written.Keys.Order());
        Assert.Contains("Encore à moi", written[DemonstrationAccounts.EmailOf("bsc")].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Encore à moi", written["edite@bsc.example"].Text, StringComparison.Ordinal);

        await PreferAsync(MailGroups.Digest, MailTimes.Never);
        await WriteAsync(Tuesday.AddDays(1));
        Assert.Equal(other, (await DigestsAsync())[^1].Member);
        // One's own of yesterday, which had not left yet, is not sent any more.
        Assert.Equal(2, (await DigestsAsync()).Count);
    }

    [Fact]
    public async Task What_was_left_two_weeks_ago_or_is_not_wanted_any_more_is_not_named()
    {
        await LeaveAsync("Ancienne remarque", "", Tuesday.AddDays(-15));
        await LeaveAsync("Remarque", "");
        await PreferAsync(MailGroups.Talk, MailTimes.Never);
        await WriteAsync(Tuesday);
        Assert.Empty(await DigestsAsync());
        await using var db = Open();
        Assert.DoesNotContain(await db.Mails.ToListAsync(Cancellation), mail => mail.Subject.Length > 0);
    }

    [Fact]
    public async Task What_waits_for_the_digest_does_not_leave_by_itself()
    {
        await LeaveAsync("Remarque", "");
        var transport = new Accounts.ListTransport();
        using var sending = new SendMails(new Nodes([Node]), transport, new MailSender("ne-pas-repondre@cluster.example"),
            new FakeTimeProvider(Tuesday.AddDays(1)), NullLogger<SendMails>.Instance);
        await sending.RunAsync(Node, Cancellation);
        Assert.Empty(transport.Taken);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task DraftAsync(string title)
    {
        await using var db = Open();
        await new PublicationEditor(db, Journal, TimeProvider.System).SaveDraftAsync(null, Morning(title), "Anne", 0, Cancellation);
    }

    private async Task LeaveAsync(string subject, string link, DateTimeOffset? at = null)
    {
        await using var db = Open();
        Mails.Add(Node, db, await MemberAsync(), MailGroups.Talk, MailTimes.InDigest, new MailTemplate(subject, [], link),
            (at ?? Tuesday.AddHours(-20)).UtcDateTime, "", Guid.CreateVersion7());
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task<List<MailRow>> DigestsAsync()
    {
        await using var db = Open();
        return await db.Mails.AsNoTracking().Where(mail => mail.Group == MailGroups.Digest && mail.To != "")
            .OrderBy(mail => mail.CreatedAt).ThenBy(mail => mail.To).ToListAsync(Cancellation);
    }

    private async Task WriteAsync(DateTimeOffset at)
    {
        var clock = new FakeTimeProvider(at);
        using var writing = new SendDigests(new Nodes([Node]),
            new NationalAgenda(Directories.Two, clock, NullLogger<NationalAgenda>.Instance), Directories.Two, Mails, clock,
            NullLogger<SendDigests>.Instance);
        await writing.RunAsync(Node, Cancellation);
    }
}
