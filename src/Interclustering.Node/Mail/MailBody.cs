using System.Text;
using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>What a mail holds: text, HTML, and an entry for the reader's calendar where there is one.</summary>
internal static class MailBody
{
    /// <summary>The whole mail.</summary>
    /// <param name="mail">What it says, and to whom.</param>
    /// <param name="domain">The part of its <c>Message-ID</c> behind the @.</param>
    /// <param name="from">The name that readers see.</param>
    /// <param name="sender">The address that it comes from.</param>
    /// <exception cref="ParseException">The address that it goes to is none.</exception>
    public static MimeMessage Message(MailRow mail, string domain, string from, MailSender sender)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            MessageId = $"{mail.Id:N}@{domain}",
            Date = new DateTimeOffset(mail.CreatedAt, TimeSpan.Zero),
            Body = Of(mail),
        };
        message.From.Add(new MailboxAddress(from, sender.Address));
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MimeEntity Of(MailRow mail)
    {
        var body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html };
        if (mail.Calendar.Length == 0)
        {
            return body.ToMessageBody();
        }

        // RFC 6047 §2.4: a form of the mail, with its method. Programs that look at files only find it as one.
        var alternative = (MultipartAlternative)body.ToMessageBody();
        alternative.Add(Entry(mail.Calendar, MethodOf(mail.Calendar)));
        var file = Entry(mail.Calendar, method: null);
        file.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "invite.ics" };
        file.ContentType.Name = "invite.ics";
        return new Multipart("mixed") { alternative, file };
    }

    private static MimePart Entry(string calendar, string? method)
    {
        var part = new MimePart("text", "calendar")
        {
            Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(calendar))),
            // Its line ends are part of it.
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        part.ContentType.Charset = "utf-8";
        if (method is not null)
        {
            part.ContentType.Parameters.Add("method", method);
        }

        return part;
    }

    private static string MethodOf(string calendar) => calendar.Split("\r\n")
        .First(line => line.StartsWith("METHOD:", StringComparison.Ordinal))["METHOD:".Length..];
}
