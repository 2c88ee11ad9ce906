using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search.Attachments;

/// <summary>
/// Reads the text of office documents: Office Open XML (ECMA-376 part 1) and OpenDocument (1.3 part 3). Both are zip archives of XML in
/// which words stand in few places; what a reader does not see at first (comments, notes of a speaker, what was deleted) is left out.
/// </summary>
internal static class OfficeText
{
    /// <summary>Characters of XML that are read of one part: an archive can hold a thousand times its size.</summary>
    private const long MostOfPart = 64 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostOfPart };

    // OpenDocument's text stands in paragraphs and headings. Office Open XML has it in runs, all of whose names end in t.
    private static readonly string[] Paragraphs = ["p", "h"], Runs = ["t"];
    private static readonly string[] Ends = ["p", "h", "si", "is"], Pages = ["page", "table"];
    private static readonly string[] Spaces = ["s", "tab", "line-break", "br", "cr"];

    /// <summary>A second form of the same, and what readers do not see.</summary>
    private static readonly string[] Hidden = ["Fallback", "rPh", "annotation", "tracked-changes", "notes", "forms"];

    public static AttachmentText Read(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var text = new StringBuilder();
            var isOpenDocument = archive.GetEntry("mimetype") is not null;
            foreach (var part in isOpenDocument ? archive.Entries.Where(entry => entry.FullName == "content.xml") : PartsOf(archive))
            {
                using var stream = part.Open();
                using var reader = XmlReader.Create(stream, Settings);
                Append(text, reader, isOpenDocument ? Paragraphs : Runs);
                text.Append(AttachmentText.PageBreak);
                if (text.Length > AttachmentText.MostLetters)
                {
                    break;
                }
            }

            var whole = text.ToString().TrimEnd();
            return new AttachmentText(FoldedText.Beginning(whole, AttachmentText.MostLetters),
                whole.Length > AttachmentText.MostLetters ? AttachmentText.Cut : null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a parser throws at bytes of strangers, the answer is the same: it can't be read.
            return new AttachmentText("", AttachmentText.Damaged);
        }
    }

    /// <summary>The parts in which readers find words, by their numbers: <c>slide2.xml</c> before <c>slide10.xml</c>.</summary>
    private static IEnumerable<ZipArchiveEntry> PartsOf(ZipArchive archive) => archive.Entries.Where(entry =>
        entry.FullName is "word/document.xml" or "word/footnotes.xml" or "word/endnotes.xml" or "xl/sharedStrings.xml"
        || IsNumbered(entry.FullName, "ppt/slides/slide") || IsNumbered(entry.FullName, "xl/worksheets/sheet")
        || IsNumbered(entry.FullName, "word/header") || IsNumbered(entry.FullName, "word/footer"))
        .OrderBy(entry => entry.FullName != "word/document.xml")
        .ThenBy(entry => entry.FullName.Length).ThenBy(entry => entry.FullName, StringComparer.Ordinal);

    private static bool IsNumbered(string name, string beginning) =>
        name.StartsWith(beginning, StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(beginning.Length, name.Length - beginning.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture,
            out _);

    private static void Append(StringBuilder text, XmlReader reader, string[] holders)
    {
        var within = 0;
        while (!reader.EOF && text.Length <= AttachmentText.MostLetters)
        {
            if (reader.NodeType == XmlNodeType.Element && Hidden.Contains(reader.LocalName))
            {
                reader.Skip();
                continue;
            }

            var name = reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement ? reader.LocalName : "";
            var holds = holders.Contains(name);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when holds && !reader.IsEmptyElement:
                    within++;
                    break;
                case XmlNodeType.Element when Spaces.Contains(name):
                    text.Append(' ');
                    break;
                case XmlNodeType.EndElement when holds:
                    within--;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA when within > 0:
                    text.Append(reader.Value.Replace(AttachmentText.PageBreak, ' '));
                    break;
            }

            if (reader.NodeType == XmlNodeType.EndElement && (Ends.Contains(name) || Pages.Contains(name)))
            {
                text.Append(Pages.Contains(name) ? AttachmentText.PageBreak : '\n');
            }

            reader.Read();
        }
    }
}
