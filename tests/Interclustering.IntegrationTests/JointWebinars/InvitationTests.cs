using System.Globalization;
using System.Text.Json;
using Ical.Net.CalendarComponents;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.JointWebinars;
using Interclustering.Node.Demonstration;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.Mail;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Calendar = Ical.Net.Calendar;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>What calendars of members are told by mail of a joint webinar's date, as another reader of calendars reads it.</summary>
public sealed class InvitationTests : DossierPagesVisit
{
    private const string Platform = "https://visio.example/canicules";

    [Fact]
    public async Task A_chosen_slot_comes_with_an_invitation_once_also_after_a_restart()
    {
        var id = await AgreedAsync();
        await TellAsync();
        await TellAsync();
        var (method, entry) = Assert.Single(await InvitationsAsync());
        var start = DateTime.ParseExact(SlotIn(6), "s", CultureInfo.InvariantCulture);
        Assert.Equal(("REQUEST", $"{id}@interclustering", 0, "CONFIRMED"), (method, entry.Uid, entry.Sequence, entry.Status));
        Assert.Equal((start, start.AddHours(1), "Europe/Paris"), (entry.Start!.Value, entry.End!.Value, entry.Start.TzId));
        Assert.Equal(("Canicules", "En ligne"), (entry.Summary, entry.Location));
        Assert.Equal($"https://espace.bsc.example/espace/bsc/webinaires-communs/{id}", entry.Url!.AbsoluteUri);
        Assert.Equal("mailto:ne-pas-repondre@cluster.example", entry.Organizer!.Value!.OriginalString);
        var attendee = Assert.Single(entry.Attendees);
        Assert.Equal(($"mailto:{DemonstrationAccounts.EmailOf("bsc")}", false, "NEEDS-ACTION"),
            (attendee.Value!.OriginalString, attendee.Rsvp, attendee.ParticipationStatus));
    }

    [Fact]
    public async Task It_leaves_as_a_form_of_the_mail_with_its_method_and_as_a_file()
    {
        await AgreedAsync();
        await TellAsync();
        var folder = Directory.CreateTempSubdirectory("ic-mail-").FullName;
        try
        {
            using (var sending = new SendMails(new Nodes([Node]), new FileTransport(folder),
                new MailSender("ne-pas-repondre@cluster.example"), TimeProvider.System, NullLogger<SendMails>.Instance))
            {
                await sending.RunAsync(Node, Cancellation);
            }

            var messages = new List<MimeMessage>();
            foreach (var file in Directory.EnumerateFiles(folder, "*.eml"))
            {
                messages.Add(await MimeMessage.LoadAsync(file, Cancellation));
            }

            var message = messages.Single(each => each.Subject!.Contains("c’est le", StringComparison.Ordinal));
            var parts = message.BodyParts.ToList();
            Assert.Equal(["text/plain", "text/html", "text/calendar", "text/calendar"], parts.Select(part => part.ContentType.MimeType));
            Assert.Equal(("REQUEST", "utf-8"), (parts[2].ContentType.Parameters["method"], parts[2].ContentType.Charset));
            Assert.Equal("invite.ics", ((MimePart)Assert.Single(message.Attachments)).FileName);
            var text = await BytesOfAsync(parts[2]);
            Assert.Equal(text, await BytesOfAsync(parts[3]));
            Assert.StartsWith("BEGIN:VCALENDAR\r\n", text, StringComparison.Ordinal);
            Assert.Equal("mailto:" + message.From.Mailboxes.Single().Address, EntryOf(text).Organizer!.Value!.OriginalString);
            // As RFC 8058 has them, byte for byte: an address that is cut or encoded is no address.
            var raw = await File.ReadAllTextAsync(Path.Combine(folder, message.MessageId!.Split('@')[0] + ".eml"), Cancellation);
            Assert.Matches(@"(?m)^List-Unsubscribe:\s+<https://espace\.bsc\.example/espace/bsc/desabonnement/[\w-]{40,}>\r?$", raw);
            Assert.Matches(@"(?m)^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$", raw);
            await using var db = Open();
            Assert.DoesNotContain(await db.Mails.ToListAsync(Cancellation), mail => mail.Calendar.Length + mail.Unsubscribe.Length > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_postponement_a_new_slot_and_a_link_change_the_same_entry()
    {
        var id = await AgreedAsync();
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Postponed) with { Text = "Intervenant souffrant" });
        await TellAsync();
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(7) });
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with
        {
            Announcement = new Announcement("Canicules") { PlatformUrl = Platform },
        });
        await TellAsync();
        await TellAsync();

        var told = await InvitationsAsync();
        Assert.Equal(["CONFIRMED", "TENTATIVE", "CONFIRMED", "CONFIRMED"], told.Select(each => each.Entry.Status));
        Assert.Equal([SlotIn(6), SlotIn(6), SlotIn(7), SlotIn(7)], told.Select(each => Dossier.SlotOf(each.Entry.Start!.Value)));
        Assert.All(told, each => Assert.Equal(("REQUEST", $"{id}@interclustering"), (each.Method, each.Entry.Uid)));
        Assert.True(told.Zip(told.Skip(1)).All(pair => pair.First.Entry.Sequence < pair.Second.Entry.Sequence));
        Assert.Equal(["En ligne", "En ligne", "En ligne", Platform], told.Select(each => each.Entry.Location));
    }

    [Theory]
    [InlineData("lsn")]
    [InlineData("bsc")]
    public async Task A_cancellation_takes_it_back_from_those_who_had_it_and_no_other(string by)
    {
        var id = await AgreedAsync();
        var leaving = await JoinAsync("part@bsc.example");
        await TellAsync();
        await using (var db = Open())
        {
            await db.Users.Where(member => member.Id == leaving).ExecuteDeleteAsync(Cancellation);
        }

        await JoinAsync("nouveau@bsc.example");
        await HearAsync(by, Fact(id, JointWebinarFacts.Cancelled) with { Text = "Plus d’intervenants" });
        await TellAsync();
        await TellAsync();

        await using var after = Open();
        var mails = (await after.Mails.ToListAsync(Cancellation))
            .Where(mail => mail.Subject.Contains("est annulé", StringComparison.Ordinal)).ToLookup(mail => mail.To);
        var entry = Assert.Single(mails[DemonstrationAccounts.EmailOf("bsc")]);
        Assert.Contains("METHOD:CANCEL\r\n", entry.Calendar, StringComparison.Ordinal);
        Assert.Contains("Plus d’intervenants", entry.Text, StringComparison.Ordinal);
        var cancelled = EntryOf(entry.Calendar);
        Assert.Equal(("CANCELLED", $"{id}@interclustering", SlotIn(6)),
            (cancelled.Status, cancelled.Uid, Dossier.SlotOf(cancelled.Start!.Value)));
        Assert.InRange(cancelled.Sequence, 1, 9);
        Assert.Empty(mails["part@bsc.example"]);
        Assert.Equal(by == "lsn" ? 1 : 0, mails["nouveau@bsc.example"].Count());
        Assert.All(mails["nouveau@bsc.example"], mail => Assert.Equal("", mail.Calendar));
    }

    [Fact]
    public async Task A_cluster_that_leaves_takes_it_out_of_its_members_calendars_and_hears_nothing_more()
    {
        var id = await AgreedAsync();
        await TellAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.No, []) });
        await TellAsync();
        Assert.Equal(["REQUEST", "CANCEL"], (await InvitationsAsync()).Select(each => each.Method));
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Announced) with
        {
            Announcement = new Announcement("Canicules") { PlatformUrl = Platform },
        });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Cancelled) with { Text = "Plus d’intervenants" });
        await TellAsync();
        await using var db = Open();
        var mails = await db.Mails.ToListAsync(Cancellation);
        Assert.Equal(2, mails.Count(mail => mail.Calendar.Length > 0));
        Assert.DoesNotContain(mails, mail => (mail.Text + mail.Calendar).Contains(Platform, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dossier_that_is_ended_before_its_date_takes_it_back()
    {
        var id = await AgreedAsync();
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Closed));
        await TellAsync();
        await TellAsync();
        Assert.Equal(["REQUEST", "CANCEL"], (await InvitationsAsync()).Select(each => each.Method));
    }

    [Fact]
    public async Task A_choice_that_the_hub_has_not_confirmed_is_in_no_calendar_yet()
    {
        var id = await InvitedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await using (var db = Open())
        {
            db.Add(new PublicationRow
            {
                Journal = "bsc",
                Subject = $"bsc-{Guid.CreateVersion7()}",
                Cluster = "bsc",
                Kind = Kinds.JointWebinarFact,
                Revision = 1,
                Digest = "",
                Data = JsonSerializer.Serialize(
                    Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(6) }, ContractJson.Options),
                Position = 1,
                PublishedAt = DateTime.UtcNow,
                RevisedAt = DateTime.UtcNow,
            });
            await db.SaveChangesAsync(Cancellation);
        }

        await TellAsync();
        Assert.Empty(await InvitationsAsync());
        await ReturnAsync();
        await TellAsync();
        Assert.Single(await InvitationsAsync());
    }

    [Fact]
    public async Task What_a_lost_database_has_forgotten_is_told_with_no_lower_number()
    {
        var id = await AgreedAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Postponed) with { Text = "Grève" });
        await HearAsync("lsn", Fact(id, JointWebinarFacts.SlotChosen) with { Slot = SlotIn(7) });
        await TellAsync();
        Assert.Equal(2, Assert.Single(await InvitationsAsync()).Entry.Sequence);
    }

    [Theory]
    [InlineData(MailTimes.InDigest, true)]
    [InlineData(MailTimes.Never, false)]
    public async Task Who_does_not_want_it_at_once_gets_no_invitation(string time, bool waits)
    {
        await PreferAsync(MailGroups.Dates, time);
        var id = await AgreedAsync();
        await TellAsync();
        await HearAsync("lsn", Fact(id, JointWebinarFacts.Cancelled) with { Text = "Plus d’intervenants" });
        await TellAsync();
        await TellAsync();
        await using var db = Open();
        Assert.Empty(await db.SlotInvitations.ToListAsync(Cancellation));
        var mails = await db.Mails.Where(mail => mail.Group == MailGroups.Dates).ToListAsync(Cancellation);
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail => Assert.Equal((waits, "", ""), (mail.Waits, mail.Calendar, mail.Text)));
        Assert.Equal(waits, mails.Exists(mail => mail.Subject.Contains("est annulé", StringComparison.Ordinal)));
    }

    private static async Task<string> BytesOfAsync(MimeEntity part)
    {
        using var bytes = new MemoryStream();
        await ((MimePart)part).Content!.DecodeToAsync(bytes, Cancellation);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static CalendarEvent EntryOf(string calendar) => Assert.Single(Calendar.Load(calendar)!.Events);

    private async Task<List<(string? Method, CalendarEvent Entry)>> InvitationsAsync()
    {
        await using var db = Open();
        return [.. (await db.Mails.AsNoTracking().Where(mail => mail.Calendar != "").ToListAsync(Cancellation))
            .Select(mail => Calendar.Load(mail.Calendar)!).Select(calendar => (calendar.Method, Assert.Single(calendar.Events)))
            .OrderBy(each => each.Item2.Sequence)];
    }

    private async Task<string> JoinAsync(string email)
    {
        await using var db = Open();
        var member = db.Add(new StaffMember { Name = "Claire", Email = email, UserName = email, Role = StaffRoles.Editor }).Entity;
        await db.SaveChangesAsync(Cancellation);
        return member.Id;
    }

    /// <summary>As after a restart: nothing but the database is known.</summary>
    private async Task TellAsync()
    {
        using var telling = new NotifyOfDossiers(
            new Nodes([Node]), Directories.Two, Mails, TimeProvider.System, NullLogger<NotifyOfDossiers>.Instance);
        await telling.RunAsync(Node, Cancellation);
    }
}
