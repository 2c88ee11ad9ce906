using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Hub.SharePictures;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>Pictures beside shared links, and the site's icons.</summary>
public sealed class SharePictureTests : IAsyncLifetime
{
    private TemporaryHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await TemporaryHub.CreateAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    /// <summary>Every page names a picture that is there, in the size that it says.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/agenda/2026-12")]
    [InlineData("/ressources")]
    [InlineData("/clusters/bsc")]
    [InlineData("/themes/logistique-urbaine")]
    [InlineData("/qui-sommes-nous")]
    [InlineData("/recherche?q=quai")]
    [InlineData("/en/abonnement")]
    [InlineData("{event}")]
    [InlineData("{sheet}")]
    public async Task Every_page_has_a_picture_to_share(string path)
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00", title: "Une visite 🚚 à Brest, " + new string('o', 300)));
        var sheet = await hub.ShowAsync(new BestPractice { Nonce = "n", Title = "Aires de livraison" });
        var page = await SitePage.OpenAsync(hub, path.Replace("{event}", hub.Shown.Items[id].Path, StringComparison.Ordinal)
            .Replace("{sheet}", hub.Shown.Items[sheet].Path, StringComparison.Ordinal));
        string Said(string property) => page.Document.QuerySelector($"meta[property='{property}']")!.GetAttribute("content")!;
        var answer = await hub.Http.GetAsync(Said("og:image"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal((1200, 630), SizeOf(await answer.Content.ReadAsByteArrayAsync(Cancellation)));
        Assert.Equal(("1200", "630"), (Said("og:image:width"), Said("og:image:height")));
        Assert.NotEmpty(Said("og:image:alt"));
    }

    [Fact]
    public async Task It_changes_with_what_the_page_says_and_only_then()
    {
        var happening = Happening.On("2026-12-10T09:00:00", title: "Une visite");
        var id = await hub.ShowAsync(happening);
        var (first, again) = (await TagAsync($"/partage/publications/{id}.png"), await TagAsync($"/partage/publications/{id}.png"));
        Assert.Equal(first, again);
        Assert.NotEqual(first, await TagAsync($"/en/partage/publications/{id}.png"));
        await hub.ShowAsync(happening with { Status = EventStatus.Cancelled }, id, revision: 2);
        Assert.NotEqual(first, await TagAsync($"/partage/publications/{id}.png"));
        await hub.ShowAsync(null, id, revision: 3);
        Assert.Equal(HttpStatusCode.Gone, (await hub.GetAsync($"/partage/publications/{id}.png")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/partage/publications/none.png")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/partage/clusters/none.png")).Status);
    }

    [Fact]
    public async Task Of_a_members_item_it_says_what_its_page_says()
    {
        var id = await hub.ShowAsync(new Webinar
        {
            Nonce = "n",
            Title = "Club des adhérents",
            Visibility = Visibility.Members,
            Sessions = [new Session("1", "2026-12-10T09:17:00")],
            Full = true,
            MovedOnline = true,
            ReplayUrl = "https://secret.example/",
        });
        var picture = PicturesOfPages.Of(hub.Shown.Items[id], hub.Shown.Agenda.TimesOf(id), new DateOnly(2026, 11, 23));
        Assert.Equal(new SharePicture("Club des adhérents", hub.Shown.Items[id].Owner.Colour.Light, "Bretagne Supply Chain")
        {
            Kind = "Réservé aux adhérents",
            Day = new DateOnly(2026, 12, 10),
        }, picture);
    }

    [Fact]
    public async Task The_picture_that_a_cluster_gave_goes_before_ours()
    {
        var id = await hub.ShowAsync(Happening.On("2026-12-10T09:00:00") with
        {
            Image = new Picture("https://bsc.example/visite.jpg", "Un quai")
        });
        var page = await SitePage.OpenAsync(hub, hub.Shown.Items[id].Path);
        Assert.Equal("https://bsc.example/visite.jpg",
            page.Document.QuerySelector("meta[property='og:image']")!.GetAttribute("content"));
        Assert.Null(page.Document.QuerySelector("meta[property='og:image:width']"));
    }

    [Fact]
    public async Task The_site_has_icons_for_every_shelf_and_a_manifest_that_names_them()
    {
        var icon = await hub.Http.GetByteArrayAsync("/favicon.ico", Cancellation);
        Assert.Equal([0, 0, 1, 0, 1, 0, 32, 32], icon[..8]);
        Assert.Equal((32, 32), SizeOf(icon.AsSpan(22)));
        Assert.Equal((180, 180), SizeOf(await hub.Http.GetByteArrayAsync("/apple-touch-icon.png", Cancellation)));
        Assert.Equal(HttpStatusCode.NotFound, (await hub.GetAsync("/icon-4096.png")).Status);
        using var manifest = JsonDocument.Parse((await hub.GetAsync("/en/site.webmanifest")).Body);
        Assert.Equal(("en", "/en/"),
            (manifest.RootElement.GetProperty("lang").GetString(), manifest.RootElement.GetProperty("start_url").GetString()));
        foreach (var each in manifest.RootElement.GetProperty("icons").EnumerateArray())
        {
            var (width, height) = SizeOf(await hub.Http.GetByteArrayAsync(each.GetProperty("src").GetString(), Cancellation));
            Assert.Equal($"{width}x{height}", each.GetProperty("sizes").GetString());
        }

        var page = await SitePage.OpenAsync(hub, "/");
        Assert.Equal("/site.webmanifest", page.Document.QuerySelector("link[rel=manifest]")!.GetAttribute("href"));
    }

    private async Task<string> TagAsync(string path)
    {
        using var answer = await hub.Http.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.ETag!.Tag;
    }

    /// <summary>PNG, third edition, section 11.2.1: width and height are the first of the header.</summary>
    private static (int Width, int Height) SizeOf(ReadOnlySpan<byte> png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
}
