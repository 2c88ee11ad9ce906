using System.Text;
using CsCheck;
using Interclustering.Files;
using Interclustering.Node.Demonstration;
using static Interclustering.Testing.Samples;

namespace Interclustering.Tests.Files;

public sealed class FileSniffingTests
{
    public static TheoryData<string, byte[]> Accepted => new()
    {
        { ".pdf", Pdf }, { ".png", Png }, { ".jpg", Jpeg }, { ".webp", WebP },
        { ".docx", Office() }, { ".xlsx", Office(FileKind.Office[1].MediaType) }, { ".pptx", Office(FileKind.Office[2].MediaType) },
        { ".odt", OpenDocument(FileKind.Office[3].MediaType) }, { ".ods", OpenDocument(FileKind.Office[4].MediaType) },
        { ".odp", OpenDocument(FileKind.Office[5].MediaType) },
    };

    public static TheoryData<string, string, byte[]> Refused => new()
    {
        { "nothing", FileRefusals.Empty, [] },
        { "a page", FileRefusals.Kind, "<!doctype html><script>alert(1)</script>"u8.ToArray() },
        { "a drawing", FileRefusals.Kind, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray() },
        { "a program", FileRefusals.Kind, "MZ\u0090"u8.ToArray() },
        { "an old document", FileRefusals.Kind, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
        { "an archive", FileRefusals.Kind, Zip(("notes.txt", "x")) },
        { "a program in an archive", FileRefusals.Kind, Zip(("META-INF/MANIFEST.MF", "Main-Class: X")) },
        { "a PDF without an end", FileRefusals.Kind, "%PDF-1.7\n1 0 obj"u8.ToArray() },
        { "a PDF behind something", FileRefusals.Kind, [.. "x"u8, .. Pdf] },
        { "a picture cut off", FileRefusals.Kind, Png[..^8] },
        { "a WebP of another size", FileRefusals.Kind, [.. WebP, 0] },
        { "a document cut off", FileRefusals.Kind, Office()[..^30] },
        { "macros in a document", FileRefusals.Macros, Office(FileKind.Office[0].MediaType, ("word/vbaProject.bin", "x")) },
        { "a document that may have macros", FileRefusals.Macros, Zip(
            ("[Content_Types].xml", "<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>")) },
        { "controls that run", FileRefusals.Macros, Office(FileKind.Office[1].MediaType, ("xl/activeX/activeX1.bin", "x")) },
        { "macros of the sheets before VBA", FileRefusals.Macros,
            Office(FileKind.Office[1].MediaType, ("xl/macrosheets/sheet1.xml", "x")) },
        { "macros in an OpenDocument", FileRefusals.Macros,
            OpenDocument(FileKind.Office[3].MediaType, ("Basic/Standard/Module1.xml", "x")) },
        { "scripts in an OpenDocument", FileRefusals.Macros, OpenDocument(FileKind.Office[3].MediaType, ("Scripts/python/x.py", "x")) },
        { "two documents in one", FileRefusals.Mixed, Zip(("mimetype", FileKind.Office[3].MediaType),
            ("[Content_Types].xml", $"<Types><Override ContentType=\"{FileKind.Office[0].MediaType}.main+xml\"/></Types>")) },
        { "two parts of one name", FileRefusals.Mixed, Office(FileKind.Office[0].MediaType, ("word/document.xml", "<other/>")) },
        { "a picture that is an archive", FileRefusals.Mixed, [.. Jpeg, .. Zip(("a.txt", "x"))] },
        { "a PDF that is an archive", FileRefusals.Mixed, [.. Pdf, .. Zip(("%%EOF", ""))] },
        { "a picture that is a page", FileRefusals.Mixed, [.. Jpeg[..20], .. "<HTML><body>"u8, 0xFF, 0xD9] },
        { "a picture that is a PDF", FileRefusals.Mixed, [.. Jpeg[..20], .. Pdf] },
        { "a document that is a PDF", FileRefusals.Mixed,
            Zip(("%PDF-1.4", ""),
            ("[Content_Types].xml", $"<Types><Override ContentType=\"{FileKind.Office[0].MediaType}.main+xml\"/></Types>")) },
        { "types that are a bomb of entities", FileRefusals.Kind,
            Zip(("[Content_Types].xml", "<!DOCTYPE t [<!ENTITY a \"aaaa\">]><Types>&a;</Types>")) },
        { "types that are huge", FileRefusals.Kind, Zip(("[Content_Types].xml", new string(' ', 2_000_000))) },
    };

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void A_kind_that_sheets_may_have_is_recognised_by_its_bytes(string extension, byte[] file)
    {
        var verdict = Judge(file);
        Assert.Null(verdict.Refusal);
        Assert.Equal(extension, verdict.Kind!.Extension);
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_is_something_else_or_more_is_refused(string what, string refusal, byte[] file) =>
        Assert.Equal((what, refusal), (what, Judge(file).Refusal));

    [Fact]
    public void Any_bytes_get_a_verdict()
    {
        byte[][] starts = [[], Pdf[..8], Png[..16], WebP[..12], Office()[..40], Office()];
        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.Byte.Array[0, 200]).Sample(sample =>
        {
            var verdict = Judge([.. starts[sample.Item1], .. sample.Item2]);
            Assert.NotEqual(verdict.Kind is null, verdict.Refusal is null);
        });
    }

    [Fact]
    public void A_plain_pdf_says_where_each_of_its_objects_begins()
    {
        var text = Encoding.Latin1.GetString(
            PlainPdf.Write("Titre", Enumerable.Repeat(
            "Une ligne (assez longue) d’un document de démonstration, répétée sur plusieurs pages entières.", 60)));
        var table = text[(text.LastIndexOf("xref\n0 ", StringComparison.Ordinal))..].Split('\n');
        Assert.Equal($"startxref\n{text.LastIndexOf("xref\n0 ", StringComparison.Ordinal)}\n%%EOF\n",
            text[text.LastIndexOf("startxref", StringComparison.Ordinal)..]);
        var offsets = table.Skip(3).TakeWhile(line => line.EndsWith(" n ", StringComparison.Ordinal))
            .Select(line => int.Parse(line[..10], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(offsets.Count > 7);
        Assert.All(offsets.Index(), entry => Assert.StartsWith($"{entry.Index + 1} 0 obj\n", text[entry.Item..], StringComparison.Ordinal));
        Assert.Contains("\\(assez longue\\) d\u0092un", text, StringComparison.Ordinal);
    }

    private static FileVerdict Judge(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return FileSniffing.Judge(stream);
    }
}
