using Interclustering.Node.Mail;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Mail is queued with what it tells of, retried, and sent once.</summary>
public sealed class MailTests : TeamVisit
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_mail_is_sent_once_and_its_words_are_forgotten()
    {
        await QueueAsync("claire@bsc.example", "Bonjour");
        var transport = new ListTransport();
        await SendMailAsync(transport, clock);
        await SendMailAsync(transport, clock);
        var taken = Assert.Single(transport.Taken);
        Assert.Contains("claire@bsc.example", taken.To, StringComparison.Ordinal);
        Assert.Contains("Bonjour", taken.Text, StringComparison.Ordinal);
        await using var db = Open();
        var row = await db.Mails.SingleAsync(Cancellation);
        Assert.Equal(("", ""), (row.Text, row.Html));
        Assert.NotNull(row.SentAt);
    }

    [Fact]
    public async Task A_mail_that_was_refused_is_tried_again_later_under_the_same_id()
    {
        await QueueAsync("claire@bsc.example", "Bonjour");
        var transport = new ListTransport(refusals: 1);
        await SendMailAsync(transport, clock);
        await SendMailAsync(transport, clock);
        Assert.Empty(transport.Taken);
        await using (var db = Open())
        {
            Assert.Equal("421 later", (await db.Mails.SingleAsync(Cancellation)).Failure);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        await SendMailAsync(transport, clock);
        Assert.Single(transport.Taken);
    }

    [Fact]
    public async Task Two_processes_never_hand_over_one_mail_twice()
    {
        for (var letter = 0; letter < 10; letter++)
        {
            await QueueAsync($"m{letter}@bsc.example", "Bonjour");
        }

        var transports = new[] { new ListTransport(), new ListTransport() };
        await Task.WhenAll(transports.Select(transport => Task.Run(() => SendMailAsync(transport, clock), Cancellation)));
        await SendMailAsync(transports[0], clock);
        Assert.Equal(10, transports.SelectMany(transport => transport.Taken).Select(taken => taken.Id).Distinct().Count());
        Assert.Equal(10, transports.Sum(transport => transport.Taken.Count));
    }

    [Fact]
    public async Task A_line_break_in_a_subject_begins_no_header()
    {
        await using (var db = Open())
        {
            new MailTemplate("Bonjour\r\nBcc: x@y.example", ["Texte"]).Queue(db, "claire@bsc.example", clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(Cancellation);
        }

        var folder = Directory.CreateTempSubdirectory("ic-mail-").FullName;
        try
        {
            await SendMailAsync(new FileTransport(folder), clock);
            using var message = await MimeMessage.LoadAsync(Directory.EnumerateFiles(folder, "*.eml").Single(), Cancellation);
            Assert.Empty(message.Bcc);
            Assert.Equal("claire@bsc.example", message.To.Mailboxes.Single().Address);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_mail_goes_over_smtp_with_what_it_says_in_two_forms()
    {
        await QueueAsync("claire@bsc.example", "Réunion du comité à Saint-Brieuc");
        await using var server = new TemporaryMailServer();
        await SendMailAsync(new SmtpTransport(new SmtpSettings("127.0.0.1", server.Port, Tls: false, null, null)), clock);
        var message = Assert.Single(server.Received);
        Assert.Contains("Réunion du comité", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("<p>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("ne-pas-repondre@cluster.example", message.From.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_mail_that_must_be_encrypted_waits_where_the_server_offers_no_encryption()
    {
        await QueueAsync("claire@bsc.example", "Bonjour");
        await using var server = new TemporaryMailServer();
        await SendMailAsync(new SmtpTransport(new SmtpSettings("127.0.0.1", server.Port, Tls: true, "user", "a-password")), clock);

        Assert.Empty(server.Received);
        Assert.DoesNotContain("AUTH", server.Verbs);
        Assert.DoesNotContain("MAIL", server.Verbs);
        await using var db = Open();
        var row = await db.Mails.SingleAsync(Cancellation);
        Assert.Null(row.SentAt);
        Assert.Contains("STARTTLS", row.Failure, StringComparison.Ordinal);
        Assert.Contains("Bonjour", row.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(465, true, SecureSocketOptions.SslOnConnect)]
    [InlineData(587, true, SecureSocketOptions.StartTls)]
    [InlineData(25, true, SecureSocketOptions.StartTls)]
    [InlineData(2525, true, SecureSocketOptions.StartTls)]
    [InlineData(25, false, SecureSocketOptions.None)]
    public void Encryption_is_never_left_to_what_the_mail_server_offers(int port, bool tls, SecureSocketOptions expected) =>
        Assert.Equal(expected, new SmtpSettings("mail.example", port, tls, null, null).Security);

    [Fact]
    public async Task A_mail_server_that_is_away_only_delays()
    {
        await QueueAsync("claire@bsc.example", "Bonjour");
        int port;
        await using (var server = new TemporaryMailServer())
        {
            port = server.Port;
        }

        await SendMailAsync(new SmtpTransport(new SmtpSettings("127.0.0.1", port, Tls: false, null, null)), clock);
        await using var db = Open();
        var row = await db.Mails.SingleAsync(Cancellation);
        Assert.Null(row.SentAt);
        Assert.True(row.DueAt > clock.GetUtcNow().UtcDateTime);
        Assert.False(string.IsNullOrEmpty(row.Failure));
    }

    private async Task QueueAsync(string to, string text)
    {
        await using var db = Open();
        new MailTemplate("Objet", [text], "https://bsc.example/x", "Ouvrir").Queue(db, to, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(Cancellation);
    }
}
