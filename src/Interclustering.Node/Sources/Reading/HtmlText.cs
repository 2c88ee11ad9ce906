using System.Text;
using System.Text.RegularExpressions;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Turns HTML of other sites into Markdown or plain text; scripts, styles and unknown markup leave nothing but their words.
/// </summary>
internal static partial class HtmlText
{
    private const int LengthLimit = 200_000;

    /// <summary>Elements whose content is not for readers.</summary>
    private static readonly HashSet<string> Silent = ["script", "style", "noscript", "template", "iframe", "svg", "title", "noembed",
        "noframes"];

    /// <summary>Elements between which words don't touch.</summary>
    private static readonly HashSet<string> Apart = ["br", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6"];

    public static string ToPlain(string html) =>
        string.Concat(Spoken(html).Select(part => part.Kind == HtmlPartKind.Text ? part.Value : Apart.Contains(part.Value) ? " " : ""));

    public static string ToMarkdown(string html)
    {
        var writer = new Writer();
        foreach (var part in Spoken(html))
        {
            writer.Add(part);
        }

        return Trailing().Replace(writer.ToString(), "\n").Trim();
    }

    private static IEnumerable<HtmlPart> Spoken(string html)
    {
        var silent = 0;
        foreach (var part in new BoundedHtml(html.Length > LengthLimit ? html[..LengthLimit] : html).Read())
        {
            var isSilent = part.Kind != HtmlPartKind.Text && Silent.Contains(part.Value);
            silent += !isSilent ? 0 : part.Kind == HtmlPartKind.Start ? 1 : -1;
            if (silent == 0 && !isSilent)
            {
                yield return part;
            }
        }
    }

    /// <summary>Writes Markdown while tags come: each start is remembered until its end.</summary>
    private sealed class Writer
    {
        private readonly StringBuilder markdown = new();
        private readonly Stack<Open> open = new();
        private int letters;

        public void Add(HtmlPart part)
        {
            switch (part.Kind)
            {
                case HtmlPartKind.Text:
                    letters += part.Value.Count(letter => !char.IsWhiteSpace(letter));
                    markdown.Append(Special().Replace(White().Replace(part.Value, " "), @"\$0"));
                    break;
                case HtmlPartKind.Start:
                    Begin(part);
                    break;
                default:
                    End();
                    break;
            }
        }

        public override string ToString() => markdown.ToString();

        private void Begin(HtmlPart part)
        {
            var (before, after, needsWords) = part.Value switch
            {
                "br" => ("\n", "", false),
                "hr" => ("\n\n---\n\n", "", false),
                "p" or "div" or "section" or "article" or "table" or "ul" or "ol" => ("\n\n", "\n\n", false),
                "tr" => ("\n", "", false),
                "td" or "th" => ("", " ", false),
                "h1" or "h2" => ("\n\n## ", "\n\n", false),
                "h3" or "h4" or "h5" or "h6" => ("\n\n### ", "\n\n", false),
                "blockquote" => ("\n\n> ", "\n\n", false),
                "li" => (open.Select(outer => outer.Name).FirstOrDefault(name => name is "ul" or "ol") == "ol" ? "\n1. "
                    : "\n- ", "", false),
                "strong" or "b" => ("**", "**", true),
                "em" or "i" => ("*", "*", true),
                "a" when CleanText.Address(part.Attribute("href")) is { } address =>
                    ("[", $"]({address.Replace(")", "%29", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)})",
                        true),
                _ => ("", "", false),
            };
            open.Push(new Open(part.Value, markdown.Length, before.Length, after, needsWords ? letters : -1));
            markdown.Append(before);
        }

        private void End()
        {
            var ended = open.Pop();
            if (ended.LettersBefore == letters)
            {
                // A mark around nothing is none.
                markdown.Remove(ended.At, ended.Before);
                return;
            }

            markdown.Append(ended.After);
        }

        /// <param name="Name">Of the element.</param>
        /// <param name="At">Where it begins in what is written.</param>
        /// <param name="Before">Length of what was written for its start.</param>
        /// <param name="After">What is written at its end.</param>
        /// <param name="LettersBefore">What there was to read before it, where its marks need words; else -1.</param>
        private sealed record Open(string Name, int At, int Before, string After, int LettersBefore);
    }

    // Not \s: no-break spaces are the author's typography.
    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex White();

    [GeneratedRegex(@"[\\`*_\[\]<]")]
    private static partial Regex Special();

    [GeneratedRegex(@"[ \t]*\n[ \t]*")]
    private static partial Regex Trailing();
}
