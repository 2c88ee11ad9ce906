using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Files;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Files;

public sealed class FilePushTests : PushVisit
{
    private const int Mebibyte = 1024 * 1024;
    private static readonly byte[] Large = Samples.PdfOf((2 * Mebibyte) + 1000);

    [Fact]
    public async Task A_file_that_was_interrupted_goes_on_where_the_hub_stands_and_is_whole()
    {
        await PublishAsync(Visibility.Public, Large);
        var completed = new List<string>();
        Hub.Files.Completed += completed.Add;
        Wire.Before = (number, _) => number == 3 ? throw new HttpRequestException("The line is cut.") : Task.CompletedTask;
        await Push.RunOnceAsync(Cancellation);
        Assert.Null(Hub.Files.Find(Samples.HashOf(Large)));
        await PushLaterAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["HEAD", "PATCH 0", "PATCH 1048576", "HEAD", "PATCH 1048576", "PATCH 2097152"], Wire.Seen);
        Assert.Equal(Large, await File.ReadAllBytesAsync(Hub.Files.Find(Samples.HashOf(Large))!, Cancellation));
        Assert.Equal([Samples.HashOf(Large)], completed);
        Assert.Equal(1, Hub.Files.Completions);
        Assert.NotNull((await RowAsync(Large)).ArrivedAt);
    }

    [Fact]
    public async Task Of_a_chunk_that_was_cut_nothing_is_kept()
    {
        await PublishAsync(Visibility.Public, Large);
        Wire.Before = async (number, request) =>
        {
            if (number == 3)
            {
                request.Content = new ByteArrayContent((await request.Content!.ReadAsByteArrayAsync(Cancellation))[..1000]);
            }
        };
        await Push.RunOnceAsync(Cancellation);
        await PushLaterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("PATCH 1048576", Wire.Seen[4]);
        Assert.Equal(Large, await File.ReadAllBytesAsync(Hub.Files.Find(Samples.HashOf(Large))!, Cancellation));
    }

    [Fact]
    public async Task What_has_arrived_is_sent_again_only_where_the_hub_has_lost_it()
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        await Push.RunOnceAsync(Cancellation);
        await Push.RunOnceAsync(Cancellation);
        Assert.Equal(["HEAD", "PATCH 0"], Wire.Seen);
        await PushLaterAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(["HEAD", "PATCH 0", "HEAD"], Wire.Seen);

        File.Delete(Hub.Files.Find(Samples.HashOf(Samples.Pdf))!);
        await PushLaterAsync(TimeSpan.FromMinutes(15));
        Assert.NotNull(Hub.Files.Find(Samples.HashOf(Samples.Pdf)));
    }

    [Fact]
    public async Task A_hub_that_is_away_is_asked_less_and_less_and_stops_nothing()
    {
        await PublishAsync(Visibility.Public, Samples.Pdf);
        Wire.Before = (_, _) => throw new HttpRequestException("The hub is away.");
        await Push.RunOnceAsync(Cancellation);
        await PushLaterAsync(TimeSpan.FromSeconds(1));
        await PushLaterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Wire.Seen.Count);
        await PushLaterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(3, Wire.Seen.Count);
        Wire.Before = null;
        await PushLaterAsync(TimeSpan.FromMinutes(10));
        Assert.NotNull(Hub.Files.Find(Samples.HashOf(Samples.Pdf)));
    }

    [Theory]
    [InlineData(Visibility.Members)]
    [InlineData(Visibility.Staff)]
    public async Task Files_of_members_and_of_staff_never_leave_the_node(string visibility)
    {
        await PublishAsync(visibility, Samples.Pdf);
        await Push.RunOnceAsync(Cancellation);
        Assert.Empty(Wire.Seen);
        using var answer = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf);
        Assert.Equal((HttpStatusCode.NotFound, "not-referenced"), (answer.StatusCode, await ProblemAsync(answer)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/fichiers/{Samples.HashOf(Samples.Pdf)}/liste.pdf"));
    }

    [Fact]
    public async Task A_file_on_whose_disk_something_else_stands_is_discarded_and_staff_are_told()
    {
        var subject = await PublishAsync(Visibility.Public, Samples.Pdf);
        var changed = (byte[])Samples.Pdf.Clone();
        changed[^20] ^= 1;
        await File.WriteAllBytesAsync(Node.Instance.Files.Find(Samples.HashOf(Samples.Pdf))!, changed, Cancellation);
        await Push.RunOnceAsync(Cancellation);

        Assert.Null(Hub.Files.Find(Samples.HashOf(Samples.Pdf)));
        await using var db = Node.Open();
        var told =
            Assert.Single(
            (await FileDelivery.OfAsync(db, [await db.WorkingCopies.SingleAsync(copy => copy.Subject == subject, Cancellation)],
            Cancellation))[subject]);
        Assert.Equal(("aside", FileRefusals.Hash), (told.Mark, told.Refusal));
        Assert.Contains("refusé par le site national", told.InWords(Hub.Clock.GetUtcNow().UtcDateTime), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_sheet_says_are_discarded_with_their_reason()
    {
        var docm = Samples.Office(FileKind.Office[0].MediaType, ("word/vbaProject.bin", "x"));
        await AssertRefusedAsync(Samples.Named(docm, mediaType: FileKind.Office[0].MediaType), docm, FileRefusals.Macros);
        await AssertRefusedAsync(Samples.Named(Samples.Png), Samples.Png, FileRefusals.Kind);
        await AssertRefusedAsync(Samples.Named(Samples.Pdf) with { Sha256 = new string('a', 64) }, Samples.Pdf, FileRefusals.Hash);
        await AssertRefusedAsync(Samples.Named(Samples.Jpeg) with { Size = 3 }, Samples.Jpeg, FileRefusals.Hash);
    }

    [Fact]
    public async Task Another_clusters_file_a_file_too_large_and_too_many_beginnings_are_refused()
    {
        var large = Samples.Named(Samples.Pdf) with { Size = (3 * Mebibyte) + 1, Sha256 = new string('b', 64) };
        var begun = Enumerable.Range(0, 5).Select(number =>
            Samples.Named(Large) with { Size = 3 * Mebibyte, Sha256 = new string((char)('c' + (number % 4)), 63) + number }).ToList();
        await Hub.ShowAsync(Samples.Sheet([Samples.Named(Samples.Pdf), large, .. begun]));
        using var foreign = await SendAsync(Samples.Named(Samples.Pdf), 0, Samples.Pdf, OtherKey, "lsn");
        Assert.Equal("not-referenced", await ProblemAsync(foreign));
        using var tooLarge = await SendAsync(large, 0, Samples.Pdf);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (tooLarge.StatusCode, await ProblemAsync(tooLarge)));

        var chunk = Samples.PdfOf((3 * Mebibyte) - 1);
        foreach (var (number, file) in begun.Index())
        {
            using var answer = await SendAsync(file, 0, chunk);
            Assert.Equal(number < 4 ? HttpStatusCode.NoContent : HttpStatusCode.InsufficientStorage, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_chunk_from_elsewhere_than_the_end_is_told_where_the_end_is()
    {
        await PublishAsync(Visibility.Public, Large);
        var file = Samples.Named(Large);
        using var first = await SendAsync(file, 0, Large[..500]);
        using var ahead = await SendAsync(file, 600, Large[600..700]);
        using var twice = await SendAsync(file, 0, Large[..500]);
        Assert.Equal("500", first.Headers.GetValues(UploadProtocol.Offset).Single());
        Assert.All([ahead, twice], answer =>
            Assert.Equal((HttpStatusCode.Conflict, "500"), (answer.StatusCode, answer.Headers.GetValues(UploadProtocol.Offset).Single())));
    }

    [Fact]
    public async Task A_node_that_knows_no_hub_has_nothing_to_come_back_for()
    {
        await PublishAsync(Visibility.Public, Large);
        var push = new FilePush(Node.Instance, Key, new HubClient(() => null, new HttpClient(Wire)) { LeadsNowhere = true }, Hub.Clock,
            NullLogger<FilePush>.Instance);
        await push.RunOnceAsync(Cancellation);
        Assert.Null(push.Next);
    }

    private async Task AssertRefusedAsync(Attachment named, byte[] bytes, string reason)
    {
        await Hub.ShowAsync(Samples.Sheet(named));
        using var answer = await SendAsync(named, 0, bytes);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(("urn:interclustering:problem:file-refused", reason),
            (problem.GetProperty("type").GetString(), problem.GetProperty("reason").GetString()));
        Assert.Null(Hub.Files.Find(named.Sha256));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/fichiers/{named.Sha256}/{named.Name}"));
    }

    private async Task<FileRow> RowAsync(byte[] file)
    {
        await using var db = Node.Open();
        return await db.Files.AsNoTracking().SingleAsync(row => row.Sha256 == Samples.HashOf(file), Cancellation);
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("type")
            .GetString()![UploadProtocol.Problem.Length..];
}
