using System.Net;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Files.Previews;
using Interclustering.IntegrationTests.Files;
using Interclustering.Node.Files;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Preview;
using Interclustering.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>A cluster sees its publication on the national site and in an embed before it is published; others don't.</summary>
public sealed class PreviewTests : PushVisit
{
    private static readonly Dictionary<string, Person> NoOne = [];

    private NationalPreview PreviewBy(SigningKey key) => new(
        [As(key)], new HubClient(() => new Uri("http://localhost/"), new HttpClient(Hub.Way)), Hub.Clock,
            NullLogger<NationalPreview>.Instance);

    private Participant As(SigningKey key) => new("bsc", Node.Open, key, Directories.Two, new NationalProjection(), Hub.Clock);

    [Fact]
    public async Task It_is_shown_as_the_site_and_an_embed_would_show_it_and_stands_in_no_list()
    {
        var id = $"bsc-{Guid.CreateVersion7()}";
        var place = await PreviewBy(Key).AskAsync(
            Node.Instance, null, Happening.On("2026-12-10T09:00:00", title: "Pas encore là") with { Text = "**Bientôt**", Speakers = [id] },
            new Dictionary<string, Person> { [id] = new() { Nonce = "", Name = "Exemple Invitée" } }, Cancellation);
        Assert.NotNull(place);
        var (status, page) = await Hub.GetAsync(place.Page);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(["<strong>Bientôt</strong>", "Exemple Invitée", "10 décembre"], words =>
            Assert.Contains(words, page.Replace('\u00a0', ' '), StringComparison.Ordinal));
        Assert.Contains("Pas encore là", (await Hub.GetAsync(place.Embed)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Pas encore là", (await Hub.GetAsync("/agenda")).Body + (await Hub.GetAsync("/api/v1/publications")).Body,
            StringComparison.Ordinal);

        var sheet = await PreviewBy(Key)
            .AskAsync(Node.Instance, null, Samples.Sheet([]) with { Title = "Fiche à voir" }, NoOne, Cancellation);
        Assert.Contains("Fiche à voir", (await Hub.GetAsync(sheet!.Page)).Body + (await Hub.GetAsync(sheet.Embed)).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_there_for_half_an_hour()
    {
        var place = await PreviewBy(Key).AskAsync(
            Node.Instance, null, Happening.On("2026-12-10T09:00:00", title: "Pas encore là"), NoOne, Cancellation);
        Hub.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await Hub.GetAsync(place!.Page)).Status);
        Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await Hub.GetAsync(place.Page)).Status);
    }

    [Fact]
    public async Task For_members_it_shows_what_is_public_and_for_staff_nothing()
    {
        var secret = Happening.On("2026-12-10T09:00:00", title: "Club") with { Text = "zzsecret", Visibility = Visibility.Members };
        var place = await PreviewBy(Key).AskAsync(Node.Instance, null, secret, NoOne, Cancellation);
        Assert.DoesNotContain("zzsecret", (await Hub.GetAsync(place!.Page)).Body, StringComparison.Ordinal);
        Assert.Null(await PreviewBy(Key).AskAsync(Node.Instance, null, secret with { Visibility = Visibility.Staff }, NoOne, Cancellation));
    }

    [Fact]
    public async Task Only_a_cluster_can_ask_for_one_and_what_is_wrong_gets_none()
    {
        var item = Happening.On("2026-12-10T09:00:00");
        Assert.Null(await PreviewBy(OtherKey).AskAsync(Node.Instance, null, item, NoOne, Cancellation));
        Assert.Null(await PreviewBy(Key).AskAsync(Node.Instance, $"lsn-{Guid.CreateVersion7()}", item, NoOne, Cancellation));
        Assert.Null(await PreviewBy(Key).AskAsync(Node.Instance, null, item with { Sessions = [] }, NoOne, Cancellation));
        using var unsigned = await Hub.Http.PostAsync(
            PreviewedPublication.PathOf("bsc"), new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Hub.GetAsync("/apercu/none")).Status);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_costs_nothing_but_the_preview()
    {
        var preview = new NationalPreview(
            [As(Key)], new HubClient(() =>
                new Uri("http://localhost/"), new HttpClient(new Wire(Hub.Way)
                {
                    Before = (_, _) =>
                throw new HttpRequestException("away")
                })), Hub.Clock, NullLogger<NationalPreview>.Instance);
        Assert.Null(await preview.AskAsync(Node.Instance, null, Happening.On("2026-12-10T09:00:00"), NoOne, Cancellation));
    }
}
