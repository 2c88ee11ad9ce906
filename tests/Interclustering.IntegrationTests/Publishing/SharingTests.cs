using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.IntegrationTests.Node;
using Interclustering.Testing;
using Interclustering.Ui.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Publishing;

/// <summary>« Partager » on the page of a publication, at a server whose national site is elsewhere.</summary>
public sealed class SharingTests : WorkspaceVisit
{
    private const string Site = "https://interclustering.example";

    protected override bool HostsBoth => false;

    protected override Task PrepareAsync(IServiceCollection services)
    {
        services.AddSingleton(new NationalSite(Site));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_visible_to_all_can_be_shared_with_what_leads_to_the_national_site()
    {
        await SignInAsync();
        var subject = await PublishAsync(Ahead("Visite du quai"));
        var page = $"/espace/bsc/publications/{subject}";
        Assert.DoesNotContain("id=\"partager\"", await WordsOfAsync(await GetAsync(page)), StringComparison.Ordinal);

        await TellVisibleAsync(subject);
        var shown = await WordsOfAsync(await GetAsync(page));
        Assert.All([
            "<h2 id=\"partager\">Partager</h2>", $"value=\"{Site}/evenements/{subject}\"",
            $"Plus d’informations : {Site}/evenements/{subject}\n", $"src=\"{Site}/partage/publications/{subject}.png?v=1\"",
            "alt=\"Image de partage : « Visite du quai », avec le nom du cluster\"", "<svg xmlns",
            $"href=\"{page}/qr.svg\"", $"href=\"{Site}/evenements/{subject}.ics\"", "data-copies=\"partage-texte\"", "copy.js",
        ], words => Assert.Contains(words, shown, StringComparison.Ordinal));

        var english = await WordsOfAsync(await GetAsync("/en" + page));
        Assert.All(["<h2 id=\"partager\">Share</h2>", "lang=\"fr\">\nVisite du quai", $"href=\"/en{page}/qr.svg\""], words =>
            Assert.Contains(words, english, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_code_is_a_picture_to_keep()
    {
        await SignInAsync();
        var subject = await PublishAsync(Ahead("Visite du quai"));
        var answer = await GetAsync($"/espace/bsc/publications/{subject}/qr.svg");
        Assert.Equal(("image/svg+xml", "attachment"),
            (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal(QrCode.SvgOf($"{Site}/evenements/{subject}"), await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData(EventStatus.Cancelled, Visibility.Public)]
    [InlineData(EventStatus.Confirmed, Visibility.Members)]
    [InlineData(EventStatus.Confirmed, Visibility.Staff)]
    public async Task What_is_cancelled_or_not_for_everyone_is_not_shared(string status, string visibility)
    {
        await SignInAsync();
        var subject = await PublishAsync(Ahead("Visite du quai") with { Status = status, Visibility = visibility });
        await TellVisibleAsync(subject);
        var page = $"/espace/bsc/publications/{subject}";
        Assert.DoesNotContain("id=\"partager\"", await WordsOfAsync(await GetAsync(page)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{page}/qr.svg")).StatusCode);
    }

    private static Event Ahead(string title) => Morning(title) with
    {
        Sessions = [new Session("1", Paris.Now.AddDays(40).ToString("yyyy-MM-dd'T'09:00:00", null))],
    };

    /// <summary>What the hub says once it shows it.</summary>
    private async Task TellVisibleAsync(string subject)
    {
        var copy = await CopyAsync(subject);
        await using var db = Open();
        db.Add(new PublicationRow
        {
            Journal = FederationDirectory.HubCode,
            Subject = subject,
            Cluster = "bsc",
            Kind = copy.Kind,
            Revision = copy.Revision,
            Digest = "",
            Data = copy.Data,
            Position = 1,
            PublishedAt = DateTime.UtcNow,
            RevisedAt = DateTime.UtcNow,
            VisibleAt = DateTime.UtcNow,
        });
        await db.SaveChangesAsync(Cancellation);
    }
}
