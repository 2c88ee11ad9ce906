using System.Diagnostics;
using System.Globalization;
using System.Text;
using Interclustering.Hub.Search.Attachments;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Interclustering.IntegrationTests.Search;

/// <summary>PDFs as they come: whatever is in one, it ends in text or in a note.</summary>
public sealed class PdfTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-pdf-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Its_text_is_read_in_a_process_of_its_own() =>
        Assert.Equal(("Le transstockeur de la page 1 Le transstockeur de la page 2", null),
            await ReadAsync(Pages(2, "Le transstockeur de la page {0}")));

    [Fact]
    public async Task Pages_without_text_are_called_scanned() => Assert.Equal(("", AttachmentText.Scanned), await ReadAsync(Pages(1, "")));

    [Fact]
    public void A_long_one_is_read_from_its_beginning() =>
        Assert.Equal(AttachmentText.Cut, AttachmentText.Read(Keep(Pages(510, "Page {0}"))).Note);

    [Fact]
    public async Task One_with_a_password_is_called_protected() => Assert.Equal(("", AttachmentText.Protected), await ReadAsync(Raw(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
        $"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('a', 64)}> /U <{new string('b', 64)}> >>")));

    [Theory]
    [InlineData("")]
    [InlineData("not a pdf")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog")]
    public async Task A_broken_one_is_called_damaged(string text) =>
        Assert.Equal(("", AttachmentText.Damaged), await ReadAsync(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public async Task One_that_exhausts_the_reader_ends_with_its_process_and_not_with_ours()
    {
        var (text, note) = await ReadAsync(
            Raw($"<< /Type /Catalog /Pages 2 0 R /Nested {new string('[', 200_000)}{new string(']', 200_000)} >>",
            "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"));
        Assert.Equal("", text);
        Assert.Contains(note, (string?[])[AttachmentText.Heavy, AttachmentText.Damaged, AttachmentText.Scanned]);
    }

    [Fact]
    public async Task The_process_that_reads_one_is_not_told_our_settings()
    {
        const string Setting = "Interclustering__Test__Secret";
        Environment.SetEnvironmentVariable(Setting, "a-password");
        try
        {
            // One line of printable characters: a JSON text as it is.
            var reading = new AttachmentProcess(
                () => new ProcessStartInfo("sh", ["-c", """printf '{"text":"%s"}' "$(env | cut -d= -f1 | tr '\n' ' ')" """]),
                    TimeSpan.FromSeconds(30));
            var names = (await reading.ReadAsync("any.pdf", Cancellation)).Text.Split(' ');
            Assert.Contains("PATH", names);
            Assert.DoesNotContain(Setting, names);
            Assert.DoesNotContain("HOME", names);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Setting, null);
        }
    }

    [Fact]
    public async Task One_that_takes_too_long_is_given_up()
    {
        var reading = new AttachmentProcess(() => new ProcessStartInfo("sh", ["-c", "sleep 60"]), TimeSpan.FromMilliseconds(200));
        Assert.Equal(new AttachmentText("", AttachmentText.Heavy), await reading.ReadAsync("any.pdf", Cancellation));
    }

    private static byte[] Pages(int count, string text)
    {
        using var document = new PdfDocumentBuilder();
        var font = document.AddStandard14Font(Standard14Font.Helvetica);
        for (var number = 1; number <= count; number++)
        {
            var page = document.AddPage(PageSize.A4);
            if (text.Length > 0)
            {
                page.AddText(string.Format(CultureInfo.InvariantCulture, text, number), 12, new PdfPoint(50, 700), font);
            }
        }

        return document.Build();
    }

    /// <summary>A file of these objects; the third, if any, encrypts it.</summary>
    private static byte[] Raw(params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        foreach (var (index, text) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{text}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R /ID [<00><00>] "
            + $"{(objects.Length > 2 ? "/Encrypt 3 0 R" : "")} >>\nstartxref\n{table}\n%%EOF");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private async Task<(string Text, string? Note)> ReadAsync(byte[] content)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "Interclustering.Server.dll");
        var read = await new AttachmentProcess(() => new ProcessStartInfo("dotnet", [server, "attachment-text"]), TimeSpan.FromSeconds(120))
            .ReadAsync(Keep(content), Cancellation);
        return (string.Join(' ', read.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), read.Note);
    }

    private string Keep(byte[] content)
    {
        var path = Path.Combine(folder, "file.pdf");
        File.WriteAllBytes(path, content);
        return path;
    }
}
