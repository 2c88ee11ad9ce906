using System.Globalization;
using System.Text;

namespace Interclustering.Node.Letters.Formats;

/// <summary>
/// A letter as the HTML of a mail: tables and inline styles, one column of 600 pixels at most, no script, no form, nothing that is fetched
/// but the organisers' pictures. It reads well when pictures and the style element are dropped.
/// </summary>
internal static class LetterHtml
{
    private const string Table = "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">";

    // Outlook for Windows knows no max-width before its version of 2019 (caniemail, max-width): a table of its own bounds the column.
    private const string ColumnOfOutlook = "<!--[if mso]><table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\""
        + " border=\"0\" align=\"center\"><tr><td><![endif]-->", EndOfOutlook = "<!--[if mso]></td></tr></table><![endif]-->";

    public static string Of(LetterText letter)
    {
        var html = new StringBuilder();
        var title = MailStyle.Encoded(letter.Title);
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{title}</title>
            <style>{MailStyle.Dark}</style>
            </head>
            <body class="paper" style="margin:0;padding:0;{MailStyle.Paper}">
            {Table}
            <tr><td class="paper" align="center" style="{MailStyle.Paper}">
            {ColumnOfOutlook}
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:{MailStyle.Width}px">
            <tr><td class="paper" align="left" style="padding:24px;{MailStyle.Paper}">
            {Paragraph("p", "soft", MailStyle.Soft, MailStyle.Encoded(letter.Sender))}
            {Paragraph("h1", "ink", MailStyle.Headline, title)}
            {RichText.Html(letter.Introduction)}

            """);
        foreach (var section in letter.Sections)
        {
            AppendSection(section, html);
        }

        var agenda = MailStyle.Encoded(letter.Agenda);
        var link = $"<a href=\"{agenda}\" class=\"link\" style=\"{MailStyle.Link}\">{agenda}</a>";
        html.Append(CultureInfo.InvariantCulture, $"""
            {Table}<tr><td class="line" style="padding:24px 0 0 0;border-top:1px solid #dbe2e1">
            {Paragraph("p", "soft", MailStyle.Soft, $"{MailStyle.Encoded(LetterText.Footer)} {link}")}
            </td></tr></table>
            </td></tr></table>
            {EndOfOutlook}
            </td></tr></table>
            </body>
            </html>

            """);
        return html.ToString();
    }

    private static void AppendSection(LetterSection section, StringBuilder html)
    {
        if (section.Heading is { } heading)
        {
            var inside = Paragraph("h2", "ink", MailStyle.Heading, MailStyle.Encoded(heading));
            AppendLine(html, $"{Table}<tr><td style=\"padding:24px 0 0 0\">{inside}</td></tr></table>");
        }

        foreach (var item in section.Items)
        {
            html.Append(Table).Append("<tr><td class=\"line\" style=\"padding:16px 0 16px 0;border-top:1px solid #dbe2e1\">\n");
            AppendItem(item, section.Heading is null ? "h2" : "h3", html);
            html.Append("</td></tr></table>\n");
        }
    }

    private static void AppendItem(LetterEntry item, string heading, StringBuilder html)
    {
        if (item.Picture is { } picture)
        {
            var (address, alt) = (MailStyle.Encoded(picture.Url), MailStyle.Encoded(picture.Alt));
            AppendLine(html, $"<p style=\"{MailStyle.PictureRoom}\">"
                + $"<img src=\"{address}\" alt=\"{alt}\" width=\"552\" border=\"0\" style=\"{MailStyle.Picture}\"></p>");
        }

        var title = MailStyle.Encoded(item.Title);
        var linked = item.Link is { } page
            ? $"<a href=\"{MailStyle.Encoded(page)}\" class=\"ink\" style=\"color:#16202a;text-decoration:underline\">{title}</a>" : title;
        var mark = item.Mark is { } words
            ? $"<span class=\"mark\" style=\"{MailStyle.Mark}\">{MailStyle.Encoded(words)}</span> – " : "";
        AppendLine(html, Paragraph("p", "soft", MailStyle.Soft, MailStyle.Encoded(item.Who)));
        AppendLine(html, Paragraph(heading, "ink", MailStyle.Title, mark + linked));
        foreach (var fact in item.Facts)
        {
            AppendLine(html, Paragraph("p", "ink", MailStyle.Fact, MailStyle.Encoded(fact)));
        }

        if (item.Summary is { } summary)
        {
            AppendLine(html, Paragraph("p", "ink", MailStyle.Paragraph, MailStyle.Encoded(summary)));
        }

        if (item is { Link: { } link, Call: { } call })
        {
            AppendLine(html, Paragraph("p", "ink", MailStyle.Paragraph,
                $"<a href=\"{MailStyle.Encoded(link)}\" class=\"link\" style=\"{MailStyle.Link}\">{MailStyle.Encoded(call)}</a>"));
        }
    }

    /// <summary>Line feeds only, whatever the machine.</summary>
    private static void AppendLine(StringBuilder html, string line) => html.Append(line).Append('\n');

    private static string Paragraph(string element, string dark, string style, string inside) =>
        $"<{element} class=\"{dark}\" style=\"{style}\">{inside}</{element}>";
}
