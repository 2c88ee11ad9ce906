using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>Who mail comes from.</summary>
/// <param name="Address">Of the sender.</param>
public sealed record MailSender(string Address)
{
    /// <summary>As readers see it.</summary>
    public static string NameFor(NodeInstance node) => $"Interclustering, {node?.Cluster.Name}";
}

/// <summary>
/// Sends what the hosted nodes have queued. A mail is claimed in the database before it is handed over, so two processes never send one; a
/// process that dies between handing over and noting it sends it again ten minutes later, under the same <c>Message-ID</c>.
/// </summary>
public sealed partial class SendMails(Nodes nodes, IMailTransport transport, MailSender sender, TimeProvider clock,
    ILogger<SendMails> logger) : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(2), logger, quiet: TimeSpan.FromSeconds(15))
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10), FirstWait = TimeSpan.FromSeconds(30),
        LongestWait = TimeSpan.FromHours(6);

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            await using var db = node.Open();
            var now = Clock.GetUtcNow().UtcDateTime;
            var due = await db.Mails.AsNoTracking().Where(row => row.SentAt == null && row.To != "" && !row.Waits
                && row.Attempts < MailRow.MostAttempts && row.DueAt <= now).OrderBy(row => row.Id).Take(AtOnce).ToListAsync(cancellation);
            await ForgetAsync(db, cancellation);
            foreach (var mail in due)
            {
                var claimed = await db.Mails.Where(row => row.Id == mail.Id && row.SentAt == null && row.Attempts == mail.Attempts)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.Attempts, mail.Attempts + 1)
                        .SetProperty(each => each.DueAt, now + Claim), cancellation);
                if (claimed == 1)
                {
                    await SendAsync(node, db, mail, cancellation);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back: the next round finds the same mails.
            LogFailed(exception, node.Code);
        }
    }

    private async Task ForgetAsync(NodeContext db, CancellationToken cancellation)
    {
        foreach (var id in await db.Mails.Where(row => row.FileToDelete).Select(row => row.Id).ToListAsync(cancellation))
        {
            transport.Forget(id);
            await db.Mails.Where(row => row.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.FileToDelete, false), cancellation);
        }
    }

    private async Task SendAsync(NodeInstance node, NodeContext db, MailRow mail, CancellationToken cancellation)
    {
        var (sent, due, failure) = ((DateTime?)null, mail.DueAt, (string?)null);
        try
        {
            using var message = MessageOf(node, mail);
            await transport.SendAsync(message, cancellation);
            sent = Clock.GetUtcNow().UtcDateTime;
        }
        catch (Exception exception) when (exception is MailRefusedException or ParseException)
        {
            failure = exception.Message;
            due = Clock.GetUtcNow().UtcDateTime + TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << mail.Attempts));
            LogRefused(node.Code, mail.Id, mail.Attempts + 1, failure);
        }

        // The text of a sent mail is erased; that it was sent is kept.
        await db.Mails.Where(row => row.Id == mail.Id).ExecuteUpdateAsync(
            row => row.SetProperty(each => each.SentAt, sent).SetProperty(each => each.DueAt, due)
                .SetProperty(each => each.Failure, failure)
                .SetProperty(each => each.Text, each => sent == null ? each.Text : "")
                .SetProperty(each => each.Html, each => sent == null ? each.Html : "")
                .SetProperty(each => each.Link, each => sent == null ? each.Link : "")
                .SetProperty(each => each.Calendar, each => sent == null ? each.Calendar : "")
                .SetProperty(each => each.Unsubscribe, each => sent == null ? each.Unsubscribe : ""),
            CancellationToken.None);
    }

    private MimeMessage MessageOf(NodeInstance node, MailRow mail)
    {
        var message = MailBody.Message(mail, $"{node.Code}.interclustering", MailSender.NameFor(node), sender);
        if (mail.Unsubscribe.StartsWith("https:", StringComparison.Ordinal))
        {
            // RFC 8058 §3.1: over https alone, and taken off without a visit.
            message.Headers.Add("List-Unsubscribe", $"<{mail.Unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", OneClick.Field + "=" + OneClick.Value);
        }

        return message;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: mail {Id} was not taken at attempt {Attempt}; it is tried again: {Reason}")]
    private partial void LogRefused(string code, Guid id, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: the mails could not be looked at; they are again in two seconds")]
    private partial void LogFailed(Exception exception, string code);
}
