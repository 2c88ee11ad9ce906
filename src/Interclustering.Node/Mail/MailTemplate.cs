using System.Net;
using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Interclustering.Node.Mail;

/// <summary>What a mail says, paragraph by paragraph: as plain text and as HTML.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Paragraphs">In order.</param>
/// <param name="Link">What it asks to open; null without.</param>
/// <param name="LinkLabel">What that does.</param>
public sealed record MailTemplate(string Subject, IReadOnlyList<string> Paragraphs, string? Link = null, string? LinkLabel = null)
{
    /// <summary>Lists, below the paragraphs.</summary>
    public IReadOnlyList<MailSection> Sections { get; init; } = [];

    /// <summary>Below everything, small.</summary>
    public IReadOnlyList<MailLine> Footer { get; init; } = [];

    /// <summary>An entry for the reader's calendar; empty without.</summary>
    public string Calendar { get; init; } = "";

    /// <summary>Queues it with <paramref name="db"/>'s next save: a mail of an account, which can't be turned off.</summary>
    public void Queue(NodeContext db, string to, DateTime now, string about = "")
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Add(Row(Guid.CreateVersion7(), to, now, about));
    }

    /// <summary>The mail itself, for one that no node keeps.</summary>
    /// <param name="domain">The part of its <c>Message-ID</c> behind the @.</param>
    /// <param name="sender">Who it comes from.</param>
    /// <param name="to">Addresses, one at least.</param>
    /// <param name="now">UTC.</param>
    public MimeMessage Message(string domain, MailSender sender, IReadOnlyList<string> to, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(to);
        var message = MailBody.Message(Row(Guid.CreateVersion7(), to[0], now, about: ""), domain, "Interclustering", sender);
        message.To.AddRange(to.Skip(1).Select(MailboxAddress.Parse));
        return message;
    }

    /// <param name="news">What it tells to whom: the same is one mail, by whichever process, and however long ago.</param>
    public static Guid IdOf(string news) => new(SHA256.HashData(Encoding.UTF8.GetBytes(news)).AsSpan(0, 16));

    internal MailRow Row(Guid id, string to, DateTime now, string about, string member = "", string group = "", string unsubscribe = "") =>
        new()
        {
            Id = id,
            To = OneLine(to),
            Subject = OneLine(Subject),
            About = about,
            Member = member,
            Group = group,
            Link = Link ?? "",
            Calendar = Calendar,
            Unsubscribe = unsubscribe,
            Text = Text(),
            Html = Html(),
            CreatedAt = now,
            DueAt = now
        };

    /// <summary>A line break in a header would begin another header.</summary>
    internal static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var paragraph in Paragraphs)
        {
            text.AppendLine(paragraph).AppendLine();
        }

        foreach (var section in Sections)
        {
            text.AppendLine(section.Heading).AppendLine();
            foreach (var line in section.Lines)
            {
                text.Append("- ").AppendLine(line.Title);
                foreach (var more in (string?[])[line.Detail, line.Link])
                {
                    text.Append(string.IsNullOrEmpty(more) ? "" : $"  {more}{Environment.NewLine}");
                }
            }

            text.AppendLine();
        }

        if (Link is not null)
        {
            text.Append(LinkLabel).AppendLine(" :").AppendLine(Link);
        }

        if (Footer.Count > 0)
        {
            text.AppendLine().AppendLine("--");
            foreach (var line in Footer)
            {
                text.AppendLine(line.Link is null ? line.Title : $"{line.Title} :{Environment.NewLine}{line.Link}");
            }
        }

        return text.ToString();
    }

    private string Html()
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.5\">");
        foreach (var paragraph in Paragraphs)
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
        }

        foreach (var section in Sections)
        {
            html.Append("<h2 style=\"font-size:1.1em;margin:1.5em 0 .3em\">").Append(WebUtility.HtmlEncode(section.Heading))
                .Append("</h2><ul style=\"margin:0;padding-left:1.2em\">");
            foreach (var line in section.Lines)
            {
                html.Append("<li style=\"margin:.5em 0\">").Append(Anchor(line.Link, line.Title))
                    .Append(string.IsNullOrEmpty(line.Detail) ? "" : $"<br>{WebUtility.HtmlEncode(line.Detail)}").Append("</li>");
            }

            html.Append("</ul>");
        }

        if (Link is not null)
        {
            html.Append("<p>").Append(Anchor(Link, LinkLabel)).Append("</p>");
        }

        foreach (var line in Footer)
        {
            html.Append("<p style=\"font-size:.85em;margin:.3em 0\">").Append(Anchor(line.Link, line.Title)).Append("</p>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static string Anchor(string? link, string? label) => link is null ? WebUtility.HtmlEncode(label) ?? ""
        : $"<a href=\"{WebUtility.HtmlEncode(link)}\">{WebUtility.HtmlEncode(label)}</a>";
}

/// <summary>A list in a mail.</summary>
public sealed record MailSection(string Heading, IReadOnlyList<MailLine> Lines);

/// <summary>A line of a list in a mail.</summary>
/// <param name="Title">In words.</param>
/// <param name="Link">Where it leads; null without.</param>
/// <param name="Detail">What is said of it; empty without.</param>
public sealed record MailLine(string Title, string? Link = null, string Detail = "");
