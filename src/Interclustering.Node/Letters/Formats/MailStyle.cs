using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Interclustering.Node.Letters.Formats;

/// <summary>
/// What a mail looks like, in inline styles that the common mail programs show alike. The list of what may be used, with its sources, is
/// in docs/letters.md; a test compares it with what is written.
/// </summary>
internal static class MailStyle
{
    /// <summary>Pixels: what fits into the reading pane of Outlook.</summary>
    public const int Width = 600;

    // Lengths of lines in percent, as Outlook reads pixels oddly; white by its name, as Orange and GMX know no other colour of a ground; a
    // blank before !important, without which Orange and Outlook drop it (caniemail: line-height, background-color, !important).
    public const string Ink = $"font-family:{Font};color:#16202a",
        Paragraph = $"margin:0 0 12px 0;{Ink};font-size:16px;line-height:150%",
        Heading = $"margin:0 0 12px 0;{Ink};font-size:20px;line-height:130%;font-weight:bold",
        Headline = $"margin:0 0 16px 0;{Ink};font-size:28px;line-height:120%;font-weight:bold",
        Title = $"margin:0 0 6px 0;{Ink};font-size:18px;line-height:150%;font-weight:bold",
        Soft = $"margin:0 0 4px 0;font-family:{Font};color:#55636e;font-size:14px;line-height:140%",
        Fact = $"margin:0 0 4px 0;{Ink};font-size:16px;line-height:150%;font-weight:bold",
        List = $"margin:0 0 12px 0;{Ink};font-size:16px;line-height:150%",
        ListItem = "margin:0 0 4px 0",
        Quotation = "margin:0 0 12px 24px",
        Mark = $"font-family:{Font};color:#8a3b12;font-weight:bold",
        Link = "color:#0b5c6b;text-decoration:underline",
        Paper = "background-color:white",
        PictureRoom = "margin:0 0 12px 0",
        Picture = "width:100%;max-width:552px;height:auto";

    /// <summary>A program that drops it shows the light colours, or turns them by itself.</summary>
    public const string Dark = "@media (prefers-color-scheme:dark){.paper{background-color:#10161c !important}"
        + ".ink{color:#e8edf0 !important}.soft{color:#9fb0bb !important}.link{color:#6cc5d3 !important}.mark{color:#f0a882 !important}"
        + ".line{border-color:#2b3742 !important}}";

    private const string Font = "Arial,Helvetica,sans-serif";

    /// <summary>Letters stay letters: as numbers, accents would take three times the room.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>For text and for attributes in double quotes.</summary>
    public static string Encoded(string text) => Encoder.Encode(text);
}
