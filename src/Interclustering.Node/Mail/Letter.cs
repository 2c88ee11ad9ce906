using System.Net;
using System.Text;

namespace Interclustering.Node.Mail;

/// <summary>What a mail says, paragraph by paragraph: as plain text and as HTML.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">In order.</param>
/// <param name="Link">What it asks to open; null without.</param>
/// <param name="LinkLabel">What that does.</param>
public sealed record Letter(string Subject, IReadOnlyList<string> Paragraphs, string? Link = null, string? LinkLabel = null)
{
    /// <summary>Queues it with <paramref name="db"/>'s next save.</summary>
    /// <param name="db">The team's own.</param>
    /// <param name="to">An address.</param>
    /// <param name="now">UTC.</param>
    /// <param name="id">Of a mail that is sent once whatever happens; a new one for null.</param>
    public void Queue(NodeContext db, string to, DateTime now, Guid? id = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Add(new MailRow { Id = id ?? Guid.CreateVersion7(), To = OneLine(to), Subject = OneLine(Subject), Text = Text(), Html = Html(), CreatedAt = now, DueAt = now });
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

        return (Link is null ? html : html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(Link)).Append("\">").Append(WebUtility.HtmlEncode(LinkLabel)).Append("</a></p>"))
            .Append("</body></html>").ToString();
    }
}
