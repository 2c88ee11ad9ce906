using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>What a mail says, paragraph by paragraph: as plain text and as HTML.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">In order.</param>
/// <param name="Link">What it asks to open; null without.</param>
/// <param name="LinkLabel">What that does.</param>
public sealed record MailTemplate(string Subject, IReadOnlyList<string> Paragraphs, string? Link = null, string? LinkLabel = null)
{
    /// <summary>Queues it with <paramref name="db"/>'s next save.</summary>
    public void Queue(NodeContext db, string to, DateTime now, string about = "") => Queue(db, to, now, about, Guid.CreateVersion7());

    /// <summary>Queues it at once, unless it was queued before: by whichever process, and however long ago.</summary>
    /// <param name="db">The team's own.</param>
    /// <param name="to">An address.</param>
    /// <param name="now">UTC.</param>
    /// <param name="about">See <see cref="MailRow.About"/>.</param>
    /// <param name="news">What it tells to whom: the same is one mail.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public async Task QueueOnceAsync(NodeContext db, string to, DateTime now, string about, string news, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(news)).AsSpan(0, 16));
        if (!await db.Mails.AnyAsync(row => row.Id == id, cancellation))
        {
            Queue(db, to, now, about, id);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private void Queue(NodeContext db, string to, DateTime now, string about, Guid id)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Add(new MailRow
        {
            Id = id,
            To = OneLine(to),
            Subject = OneLine(Subject),
            About = about,
            Text = Text(),
            Html = Html(),
            CreatedAt = now,
            DueAt = now
        });
    }

    /// <summary>A line break in a header would begin another header.</summary>
    private static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var paragraph in Paragraphs)
        {
            text.AppendLine(paragraph).AppendLine();
        }

        return (Link is null ? text : text.Append(LinkLabel).AppendLine(" :").AppendLine(Link)).ToString();
    }

    private string Html()
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.5\">");
        foreach (var paragraph in Paragraphs)
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(paragraph)).Append("</p>");
        }

        return (Link is null ? html : html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(Link)).Append("\">")
            .Append(WebUtility.HtmlEncode(LinkLabel)).Append("</a></p>"))
            .Append("</body></html>").ToString();
    }
}
