using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Plain text of others as Markdown that reads the same: nothing in it is a mark, its lines stay lines, its addresses become links
/// (CommonMark §6.1 backslash escapes, §6.4 autolinks, §6.7 hard line breaks).
/// </summary>
internal static partial class PlainText
{
    public static string ToMarkdown(string text)
    {
        var lines = WebUtility.HtmlDecode(text).Split('\n');
        var markdown = new StringBuilder(text.Length + (text.Length / 8));
        for (var index = 0; index < lines.Length; index++)
        {
            var line = Escaped(lines[index].Trim());
            var isLast = index + 1 == lines.Length || string.IsNullOrWhiteSpace(lines[index + 1]);
            markdown.Append(line).Append(line.Length == 0 || isLast ? "\n" : "  \n");
        }

        return markdown.ToString();
    }

    /// <summary>Whether a text without a declared form is HTML: only its lines and lists are never meant as plain text.</summary>
    public static bool LooksLikeHtml(string text) => Structure().IsMatch(text);

    private static string Escaped(string line)
    {
        var (escaped, from) = (new StringBuilder(), 0);
        foreach (Match link in Link().Matches(line))
        {
            var address = link.Groups["address"].Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', '’', '\'', '»', '"');
            if (CleanText.Address(address) is null)
            {
                continue;
            }

            var isBracketed = link.Value[0] == '<' && line.AsSpan(link.Index + 1 + address.Length) is ['>', ..];
            escaped.Append(Marks().Replace(line[from..link.Index], @"\$0")).Append(isBracketed || link.Value[0] != '<' ? "" : @"\<");
            escaped.Append('<').Append(address).Append('>');
            from = link.Index + (link.Value[0] == '<' ? 1 : 0) + address.Length + (isBracketed ? 1 : 0);
        }

        escaped.Append(Marks().Replace(line[from..], @"\$0"));
        return Beginning().Replace(escaped.ToString(), match => match.Groups["number"].Value + @"\" + match.Groups["mark"].Value);
    }

    [GeneratedRegex(@"<?(?<address>https?://[^\s<>\\]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[\\`*_\[<]|&(?=#?\w{1,31};)")]
    private static partial Regex Marks();

    /// <summary>What makes a list, a heading or a rule by standing at the beginning; the other marks are escaped anywhere.</summary>
    [GeneratedRegex(@"^(?<number>\d{0,9})(?<mark>(?<=^)(?:[-+=](?=\s|$|[-=])|[#>~])|(?<=\d)[.)](?=\s|$))")]
    private static partial Regex Beginning();

    [GeneratedRegex("<(?:br|p|div|ul|ol|li|table|h[1-6])(?:\\s[^<>]*)?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Structure();
}
