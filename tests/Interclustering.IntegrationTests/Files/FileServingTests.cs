using System.Net;
using System.Net.Http.Headers;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.IntegrationTests.Hub;
using Interclustering.Node.Files;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Files;

public sealed class FileServingTests : PushVisit
{
    private static readonly string Hash = Samples.HashOf(Samples.Pdf);
    private static readonly string Address = $"/fichiers/{Hash}/liste.pdf";

    [Fact]
    public async Task A_file_is_shown_and_can_run_nothing()
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        await Push.RunOnceAsync(Cancellation);
        using var answer = await Hub.Http.GetAsync(Address, Cancellation);
        Assert.Equal(Samples.Pdf, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(("application/pdf", "inline"),
            (answer.Content.Headers.ContentType!.ToString(), answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal((true, $"\"{Hash}\""), (answer.Headers.CacheControl!.NoCache, answer.Headers.ETag!.Tag));
    }

    [Fact]
    public async Task Who_has_it_gets_nothing_and_who_wants_a_part_gets_that()
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        await Push.RunOnceAsync(Cancellation);
        using var again = await AskAsync(request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{Hash}\"")));
        using var part = await AskAsync(request => request.Headers.Range = new RangeHeaderValue(5, 7));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Samples.Pdf[5..8], await part.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_office_document_is_saved_under_its_name_and_never_shown()
    {
        var document = Samples.Office();
        var named = Samples.Named(document, "Modèle « été ».docx", FileKind.Office[0].MediaType);
        await Hub.ShowAsync(Samples.Sheet(named));
        using var sent = await SendAsync(named, 0, document);
        using var answer = await Hub.Http.GetAsync($"/fichiers/{named.Sha256}/{Uri.EscapeDataString(named.Name)}", Cancellation);
        Assert.Equal(("attachment", named.Name),
            (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
        using var renamed = await Hub.Http.GetAsync($"/fichiers/{named.Sha256}/autre.html", Cancellation);
        Assert.EndsWith(".docx", renamed.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_says_of_a_file_that_it_has_not_arrived_and_then_links_it()
    {
        var subject = await PublishAsync(Visibility.Public, Samples.Pdf);
        var before = await SitePage.OpenAsync(Hub, $"/ressources/{subject}/quai");
        Assert.Matches("liste.pdf PDF, 8?[0-9,]+ (octets|Ko) — pas encore arrivé sur le site national", before.Words);
        using var early = await Hub.Http.GetAsync($"/ressources/{subject}/quai", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Address));

        await Push.RunOnceAsync(Cancellation);
        using var late = await Hub.Http.GetAsync($"/ressources/{subject}/quai", Cancellation);
        Assert.NotEqual(early.Headers.ETag, late.Headers.ETag);
        var after = await SitePage.OpenAsync(Hub, $"/ressources/{subject}/quai");
        Assert.Equal(Address, after.Target("liste.pdf"));

        Assert.False(before.Thing("Article").ContainsKey("hasPart"), "what is not served is no document yet");
        var document = after.Thing("Article")["hasPart"]!;
        Assert.Equal(
            ("DigitalDocument", "liste.pdf", "application/pdf", "http://localhost" + Address),
            ((string?)document["@type"], (string?)document["name"], (string?)document["encodingFormat"], (string?)document["url"]));
    }

    [Fact]
    public async Task What_is_withdrawn_is_gone_at_once_and_deleted_and_what_another_sheet_names_stays()
    {
        var subject = await PublishAsync(Visibility.Public, Samples.Pdf, Samples.Png);
        var other = await Hub.ShowAsync(Samples.Sheet(Samples.Named(Samples.Png, "liste.png", "image/png")));
        await Push.RunOnceAsync(Cancellation);
        await Hub.ShowAsync(null, subject, revision: 2);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(Address));
        Hub.Files.Sweep();
        Assert.Null(Hub.Files.Find(Hash));
        Assert.NotNull(Hub.Files.Find(Samples.HashOf(Samples.Png)));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(Address));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/fichiers/{Samples.HashOf(Samples.Png)}/liste.png"));

        await Hub.ShowAsync(Samples.Sheet(Samples.Named(Samples.Png, "liste.png", "image/png")) with { Visibility = Visibility.Staff },
            other, revision: 2);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync($"/fichiers/{Samples.HashOf(Samples.Png)}/liste.png"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/fichiers/{new string('a', 64)}/liste.pdf"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/fichiers/..%2f..%2fhub.db/liste.pdf"));
    }

    [Fact]
    public async Task A_beginning_that_is_not_continued_is_deleted()
    {
        var named = Samples.Named(Samples.Pdf);
        var subject = await Hub.ShowAsync(Samples.Sheet(named));
        using var begun = await SendAsync(named, 0, Samples.Pdf[..100]);
        await Hub.ShowAsync(null, subject, revision: 2);
        Hub.Files.Sweep();
        Assert.Empty(Directory.GetFiles(Path.Combine(Hub.Folder, "files", "incoming")));
    }

    /// <summary>By the clock of the file system, which tells when something last arrived.</summary>
    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    public async Task An_incomplete_upload_is_kept_for_a_day(int minutes, int expected)
    {
        var named = Samples.Named(Samples.Pdf);
        await Hub.ShowAsync(Samples.Sheet(named));
        using var begun = await SendAsync(named, 0, Samples.Pdf[..100]);
        var written = Assert.Single(Directory.GetFiles(Path.Combine(Hub.Folder, "files", "incoming")));
        File.SetLastWriteTimeUtc(written, Hub.Clock.GetUtcNow().UtcDateTime);
        Hub.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(minutes));
        Hub.Files.Sweep();
        Assert.Equal(expected, Directory.GetFiles(Path.Combine(Hub.Folder, "files", "incoming")).Length);
    }

    [Fact]
    public async Task An_event_shows_its_picture_and_its_files_once_they_have_arrived()
    {
        var subject = await PublishEventAsync(Visibility.Public);
        var page = $"/evenements/{subject}/quai";
        using var early = await Hub.Http.GetAsync(page, Cancellation);
        var before = await early.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("<img", before, StringComparison.Ordinal);
        Assert.Contains("pas encore arrivé sur le site national", before, StringComparison.Ordinal);

        await Push.RunOnceAsync(Cancellation);
        Assert.Equal(3, Hub.Files.Completions);
        using var late = await Hub.Http.GetAsync(page, Cancellation);
        var after = await late.Content.ReadAsStringAsync(Cancellation);
        Assert.NotEqual(early.Headers.ETag, late.Headers.ETag);
        var jpeg = Samples.HashOf(ReencodedPicture.Of(Samples.Jpeg).Content);
        Assert.Contains($"<img src=\"/fichiers/{Samples.HashOf(Samples.Png)}/quai.png\" alt=\"Un quai\"", after, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"/fichiers/{jpeg}/cour.jpg\" alt=\"Une cour\"", after, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Address}\"", after, StringComparison.Ordinal);
        Assert.DoesNotContain(">cour.jpg<", after, StringComparison.Ordinal);
        Assert.Contains("DigitalDocument", after, StringComparison.Ordinal);
        using var picture = await Hub.Http.GetAsync($"/fichiers/{jpeg}/cour.jpg", Cancellation);
        Assert.Equal("cross-origin", picture.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Fact]
    public async Task Files_of_an_event_for_members_stay_at_the_node_and_go_with_the_event()
    {
        var subject = await PublishEventAsync(Visibility.Members);
        await Push.RunOnceAsync(Cancellation);
        Assert.Equal(0, Hub.Files.Completions);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Address));
        await using var db = Node.Open();
        var unnamed = new UnnamedFiles(Node.Instance, db, TimeProvider.System);
        await unnamed.SweepAsync(Cancellation);
        Assert.NotNull(Node.Instance.Files.Find(Hash));
        await Node.Editor(db).EraseAsync(subject, Cancellation);
        await unnamed.SweepAsync(Cancellation);
        Assert.Empty(Node.Instance.Files.All());
    }

    private async Task<string> PublishEventAsync(string visibility)
    {
        await using var db = Node.Open();
        async Task<Attachment> KeepAsync(string name, byte[] bytes)
        {
            using var content = new MemoryStream(bytes);
            return (await Node.Files(db).KeepAsync(content, name, Cancellation)).File!;
        }

        var image = await KeepAsync("quai.png", Samples.Png);
        var happening = new Event
        {
            Nonce = "",
            Title = "Quai",
            Visibility = visibility,
            Sessions = [new Session("1", "2026-12-10T09:00:00")],
            Image = new Picture($"https://site.example{PublishedFiles.PathOf(image.Sha256, image.Name)}", "Un quai") { File = image },
            Files = [await KeepAsync("liste.pdf", Samples.Pdf), await KeepAsync("cour.jpg", Samples.Jpeg) with { Alt = "Une cour" }],
        };
        var subject = (await Node.Editor(db).PublishAsync(null, happening, "Anne", Cancellation)).Subject;
        return await Hub.ShowAsync(happening, subject);
    }

    [Fact]
    public async Task At_the_node_a_file_goes_with_the_last_sheet_that_names_it()
    {
        var (first, second) = (await PublishAsync(Visibility.Public, Samples.Pdf), await PublishAsync(Visibility.Staff, Samples.Pdf));
        await using var db = Node.Open();
        await new UnnamedFiles(Node.Instance, db, TimeProvider.System).SweepAsync(Cancellation);
        await Node.Editor(db).EraseAsync(first, Cancellation);
        await new UnnamedFiles(Node.Instance, db, TimeProvider.System).SweepAsync(Cancellation);
        Assert.NotNull(Node.Instance.Files.Find(Hash));
        await Node.Editor(db).EraseAsync(second, Cancellation);
        await new UnnamedFiles(Node.Instance, db, TimeProvider.System).SweepAsync(Cancellation);
        Assert.Null(Node.Instance.Files.Find(Hash));
        Assert.Equal(0, await db.Files.CountAsync(Cancellation));
    }

    private async Task<HttpResponseMessage> AskAsync(Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        change(request);
        return await Hub.Http.SendAsync(request, Cancellation);
    }
}
