using System.Globalization;
using System.Text;

namespace Interclustering.Node.Demonstration;

/// <summary>Writes a PDF of plain lines (ISO 32000-1: Helvetica, WinAnsiEncoding, A4). The same lines give the same bytes.</summary>
public static class PlainPdf
{
    private const int LinesPerPage = 46;
    private const int Columns = 84;
    private static readonly Encoding WinAnsi =
        CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)!;

    /// <param name="title">In large letters on the first page.</param>
    /// <param name="paragraphs">Wrapped between words; an empty one is a blank line.</param>
    public static byte[] Write(string title, IEnumerable<string> paragraphs)
    {
        ArgumentNullException.ThrowIfNull(paragraphs);
        var pages = paragraphs.SelectMany(Wrap).Chunk(LinesPerPage).DefaultIfEmpty([]).ToList();
        const int BeforePages = 3;
        var kids = string.Join(' ', pages.Select((_, index) => Text($"{BeforePages + 1 + (2 * index)} 0 R")));
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>",
            Text($"<< /Type /Pages /Kids [{kids}] /Count {pages.Count} >>"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        foreach (var (index, lines) in pages.Index())
        {
            var content = Content(index == 0 ? title : null, lines);
            objects.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
                + Text($"/Contents {BeforePages + 2 + (2 * index)} 0 R >>"));
            objects.Add(Text($"<< /Length {WinAnsi.GetByteCount(content)} >>\nstream\n{content}\nendstream"));
        }

        return Assemble(objects);
    }

    private static byte[] Assemble(List<string> objects)
    {
        using var file = new MemoryStream();
        Add(file, "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        var table = new StringBuilder(Text($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var (index, text) in objects.Index())
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Position:D10} 00000 n \n");
            Add(file, Text($"{index + 1} 0 obj\n{text}\nendobj\n"));
        }

        var start = file.Position;
        Add(file, table.ToString());
        Add(file, Text($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }

    private static string Content(string? title, string[] lines)
    {
        var content = new StringBuilder("BT\n");
        if (title is not null)
        {
            content.Append(CultureInfo.InvariantCulture, $"/F1 16 Tf 56 780 Td ({Escape(title)}) Tj 0 -32 Td\n");
        }

        content.Append("/F1 11 Tf 15 TL").Append(title is null ? " 56 780 Td\n" : "\n");
        foreach (var line in lines)
        {
            content.Append(CultureInfo.InvariantCulture, $"({Escape(line)}) Tj T*\n");
        }

        return content.Append("ET").ToString();
    }

    private static IEnumerable<string> Wrap(string paragraph)
    {
        var line = new StringBuilder();
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length > 0 && line.Length + word.Length >= Columns)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    /// <summary>The narrow no-break space is not in the font.</summary>
    private static string Escape(string text) => text.Replace('\u202f', '\u00a0').Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Add(Stream file, string text) => file.Write(WinAnsi.GetBytes(text));
}
