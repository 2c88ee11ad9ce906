using Interclustering.Files;
using Interclustering.Hub.Search.Attachments;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Search;

/// <summary>Office documents: what a reader sees in them is found, what is hidden is not, and what is broken is said to be.</summary>
public sealed class OfficeTextTests : IDisposable
{
    private const string Text = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string Table = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-office-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_letter_is_read_without_what_was_deleted_and_once_where_it_stands_twice() => Assert.Equal(
        "Le tri des palettes\ncommence ici\nDans un cadre\fEn-tête\fNote", Read(Samples.Zip(
            ("[Content_Types].xml", Types("wordprocessingml.document")),
            ("word/document.xml", $"""
                <w:document xmlns:w="{Text}" xmlns:mc="urn:mc"><w:body>
                <w:p><w:r><w:t>Le tri</w:t></w:r><w:r><w:t xml:space="preserve"> des </w:t></w:r><w:r><w:t>palettes</w:t></w:r></w:p>
                <w:p><w:del><w:r><w:delText>jamais vu</w:delText></w:r></w:del><w:r><w:t>commence</w:t><w:tab/><w:t>ici</w:t></w:r></w:p>
                <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Dans un cadre</w:t></w:r></w:p></mc:Choice>
                <mc:Fallback><w:p><w:r><w:t>Dans un cadre</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>
                </w:body></w:document>
                """),
            ("word/comments.xml", $"<w:comments xmlns:w=\"{Text}\"><w:p><w:r><w:t>à vérifier</w:t></w:r></w:p></w:comments>"),
            ("word/footnotes.xml", $"<w:footnotes xmlns:w=\"{Text}\"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnotes>"),
            ("word/header1.xml", $"<w:hdr xmlns:w=\"{Text}\"><w:p><w:r><w:t>En-tête</w:t></w:r></w:p></w:hdr>"))));

    [Fact]
    public void Slides_are_read_in_order_and_the_speaker_s_notes_are_left_out() => Assert.Equal(
        "Deux\fDix", Read(Samples.Zip(
            ("[Content_Types].xml", Types("presentationml.presentation")),
            ("ppt/slides/slide10.xml", Slide("Dix")), ("ppt/slides/slide2.xml", Slide("Deux")),
            ("ppt/notesSlides/notesSlide1.xml", Slide("Ne pas oublier")))));

    [Fact]
    public void Words_of_a_workbook_are_read() => Assert.Equal(
        "Quai nord\fÀ la main", Read(Samples.Zip(
            ("[Content_Types].xml", Types("spreadsheetml.sheet")),
            ("xl/sharedStrings.xml",
                $"<sst xmlns=\"{Table}\"><si><r><t>Quai</t></r><r><t xml:space=\"preserve\"> nord</t></r><rPh><t>kai</t></rPh></si></sst>"),
            ("xl/worksheets/sheet1.xml", $"""
                <worksheet xmlns="{Table}"><c t="n"><v>12</v></c><c t="inlineStr"><is><t>À la main</t></is></c></worksheet>
                """))));

    [Theory]
    [InlineData("text", "Le quai nord\nfermé")]
    [InlineData("spreadsheet", "Le quai nord\nfermé")]
    [InlineData("presentation", "Le quai nord\nfermé")]
    public void An_open_document_is_read_without_comments_and_notes(string kind, string expected) => Assert.Equal(
        expected, Read(Samples.Zip(
            ("mimetype", "application/vnd.oasis.opendocument." + kind),
            ("content.xml", """
                <office:document-content xmlns:office="urn:office" xmlns:text="urn:text" xmlns:p="urn:presentation"><office:body>
                <text:p>Le<text:s/>quai <text:span>nord</text:span><office:annotation><text:p>à voir</text:p></office:annotation></text:p>
                <text:h>fermé</text:h><p:notes><text:p>Ne pas oublier</text:p></p:notes>
                </office:body></office:document-content>
                """))));

    [Theory]
    [InlineData("<not xml")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x><t>&a;</t></x>")]
    public void A_broken_or_hostile_one_is_called_damaged(string document) => Assert.Equal(
        new AttachmentText("", AttachmentText.Damaged), AttachmentText.Read(Keep(Samples.Zip(
            ("[Content_Types].xml", Types("wordprocessingml.document")), ("word/document.xml", document)))));

    [Fact]
    public void A_long_one_is_read_from_its_beginning() => Assert.Equal(
        AttachmentText.Cut, AttachmentText.Read(Keep(Samples.Zip(
            ("[Content_Types].xml", Types("wordprocessingml.document")),
            ("word/document.xml", $"<w:document xmlns:w=\"{Text}\"><w:t>{new string('a', 400_000)}</w:t></w:document>")))).Note);

    [Fact]
    public void Every_office_kind_is_read() => Assert.All(
        FileKind.Office, kind => Assert.Contains(kind, AttachmentText.Readable));

    private static string Types(string kind) =>
        """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"""
        + $"""<Override PartName="/any" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>""";

    private static string Slide(string text) =>
        $"<p:sld xmlns:p=\"urn:p\" xmlns:a=\"{Drawing}\"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>";

    private string Read(byte[] content)
    {
        var read = AttachmentText.Read(Keep(content));
        Assert.Null(read.Note);
        return read.Text.Replace("\n\f", "\f", StringComparison.Ordinal);
    }

    private string Keep(byte[] content)
    {
        var path = Path.Combine(folder, "file");
        File.WriteAllBytes(path, content);
        return path;
    }
}
