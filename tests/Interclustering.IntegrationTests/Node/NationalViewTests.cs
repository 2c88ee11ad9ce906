using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Node;

/// <summary>What all clusters have published, read from the node's own database: no hub answers here.</summary>
public sealed class NationalViewTests : WorkspaceVisit
{
    private static readonly string Soon = DateOnly.FromDateTime(Paris.Now).AddDays(10)
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    private long position;

    [Fact]
    public async Task Agenda_sheets_and_people_of_other_clusters_are_found_and_read()
    {
        await TellAsync("lsn-1", Kinds.Event,
            new Event
            {
                Nonce = "",
                Title = "Salon du port",
                Text = "Bienvenue au **quai**",
                Sessions = [new Session("1", Soon + "T09:00:00")],
                Place = new Place { City = "Le Havre" },
                Visibility = Visibility.Staff,
                Speakers = ["lsn-3"]
            });
        await TellAsync("lsn-2", Kinds.BestPractice, new BestPractice { Nonce = "", Title = "Mutualiser les tournées" });
        await TellAsync("lsn-3", Kinds.Person, new Person { Nonce = "", Name = "Zélie Démo", Role = "transport, Le Havre" });
        await TellAsync("lsn-4", Kinds.Event, new Event { Nonce = "", Title = "Passé", Sessions = [new Session("1", "2020-01-01")] });
        await SignInAsync();
        var agenda = await WordsOfAsync(await GetAsync("/espace/bsc/national"));
        Assert.All(["Salon du port", "Le Havre", "data-cluster=\"lsn\""], words =>
            Assert.Contains(words, agenda, StringComparison.Ordinal));
        Assert.DoesNotContain("Passé", agenda, StringComparison.Ordinal);
        Assert.Contains("Mutualiser", await WordsOfAsync(await GetAsync("/espace/bsc/national/fiches?q=tournées")),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Mutualiser", await WordsOfAsync(await GetAsync("/espace/bsc/national/fiches?cluster=bsc")),
            StringComparison.Ordinal);
        Assert.Contains("Zélie Démo", await WordsOfAsync(await GetAsync("/espace/bsc/national/personnes")), StringComparison.Ordinal);
        var item = await WordsOfAsync(await GetAsync("/espace/bsc/national/lire/lsn-1"));
        Assert.All(["<strong>quai</strong>", "Zélie Démo, transport, Le Havre"], words =>
            Assert.Contains(words, item, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/espace/bsc/national/lire/lsn-9")).StatusCode);
    }

    [Fact]
    public async Task It_is_read_only_by_those_who_are_signed_in()
    {
        Assert.Equal(HttpStatusCode.Found, (await GetAsync("/espace/bsc/national")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await GetAsync("/espace/bsc/national/lire/lsn-1")).StatusCode);
    }

    [Theory]
    [InlineData(EventStatus.Cancelled, "bsc", "lsn-1", "« Salon du port » est annulé")]
    [InlineData(EventStatus.Postponed, "bsc", "lsn-1", "« Salon du port » est reporté")]
    [InlineData(EventStatus.Confirmed, "bsc", "lsn-1", null)]
    [InlineData(EventStatus.Cancelled, "pil", "lsn-1", null)]
    [InlineData(EventStatus.Cancelled, "bsc", "bsc-1", null)]
    public async Task What_another_cluster_calls_off_is_told_once_to_those_who_organise_it_with_them(
        string status, string with, string subject, string? told)
    {
        await TellAsync(subject, Kinds.Event, new Event
        {
            Nonce = "",
            Title = "Salon du port",
            Summary = "bsc, \"cancelled\"",
            Sessions = [new Session("1", Soon + "T09:00:00")],
            CoOrganisers = [with],
            Status = status,
            StatusReason = "Grève",
        });
        // Who is named and has not agreed organises nothing.
        await TellPartnersAsync();
        await using (var before = Open())
        {
            Assert.Empty(await before.Mails.ToListAsync(Cancellation));
        }

        await TellAsync($"bsc-{Guid.CreateVersion7()}", Kinds.CoOrganisation, new CoOrganisation
        {
            Nonce = "",
            Event = subject,
            Cluster = "bsc",
            Answer = CoOrganisationAnswers.Agreed,
        });
        await TellPartnersAsync();
        await TellPartnersAsync();
        await using var db = Open();
        var mails = await db.Mails.ToListAsync(Cancellation);
        Assert.Equal(told is null ? [] : [told], mails.Select(mail => mail.Subject.Replace('\u00a0', ' ')));
        Assert.All(mails, mail => Assert.Contains("Grève", mail.Text, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains($"/espace/bsc/national/lire/{subject}", mail.Text, StringComparison.Ordinal));
    }

    private async Task TellPartnersAsync()
    {
        using var telling = new NotifyOfPartners(
            new Nodes([Node]), Directories.Two, Mails, TimeProvider.System, NullLogger<NotifyOfPartners>.Instance);
        await telling.RunAsync(Node, Cancellation);
    }

    private async Task TellAsync(string subject, string kind, Publication publication)
    {
        await using var db = Open();
        db.Add(new PublicationRow
        {
            Journal = FederationDirectory.HubCode,
            Subject = subject,
            Cluster = subject.Split('-')[0],
            Kind = kind,
            Revision = 1,
            Digest = "",
            Data = PublicationText.Of(publication),
            Position = ++position,
            PublishedAt = DateTime.UtcNow,
            RevisedAt = DateTime.UtcNow,
            VisibleAt = DateTime.UtcNow,
        });
        await db.SaveChangesAsync(Cancellation);
    }
}
