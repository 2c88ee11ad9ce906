using System.Globalization;
using System.Net;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Node;

/// <summary>« À faire », the month of all clusters, and the counts in the navigation; no hub answers here.</summary>
public sealed class DashboardTests : WorkspaceVisit
{
    private int counted;

    /// <summary>Counts how often what waits is read.</summary>
    protected override Task PrepareAsync(IServiceCollection services)
    {
        services.AddSingleton<ReadWaiting>(async (_, db, _, cancellation) =>
        {
            counted++;
            return [.. (await db.WorkingCopies.Where(row => row.State == PublicationState.Draft).Select(row => row.Subject)
                .ToListAsync(cancellation)).Select(subject => $"/sources/{subject}")];
        });
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_next_thirty_days_of_all_clusters_and_the_last_publications_are_there_without_the_hub()
    {
        await TellAsync("lsn-1", On(10, "Salon du port") with { Themes = [KnownThemes.Urban] });
        await TellAsync("lsn-2", On(45, "Plus tard"));
        await TellAsync("lsn-3", On(10, "Annulé") with { Status = EventStatus.Cancelled });
        var own = await PublishAsync(On(3, "Notre matinée"));
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync("/espace/bsc"));
        Assert.All(["href=\"/espace/bsc/national/lire/lsn-1\"", $"href=\"/espace/bsc/publications/{own}\"", "Dans 3 jours",
            $"<b>{Paris.Today.AddDays(10).Day}</b>", "Vos dernières publications", "en attente d’envoi"],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Plus tard", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Annulé", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("Notre matinée", StringComparison.Ordinal) < page.IndexOf("Salon du port", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_is_counted_beside_the_navigation_once_for_many_pages_and_anew_after_a_form()
    {
        await SignInAsync();
        Assert.DoesNotContain("<small>", NavigationOf(await WordsOfAsync(await GetAsync("/espace/bsc/aide"))), StringComparison.Ordinal);
        await using (var db = Open())
        {
            await new PublicationEditor(db, Journal, TimeProvider.System)
                .SaveDraftAsync(null, Morning("Brouillon"), "Anne", 0, Cancellation);
        }

        Service<WaitingCounts>().Forget("bsc");
        counted = 0;
        foreach (var path in (string[])["/aide", "/equipe", "/personnes", "/rien"])
        {
            var navigation = NavigationOf(await WordsOfAsync(await GetAsync("/espace/bsc" + path)));
            Assert.All(["À faire<small>", "Sources<small>"], words => Assert.Contains(words, navigation, StringComparison.Ordinal));
            Assert.DoesNotContain("Équipe<small>", navigation, StringComparison.Ordinal);
        }

        Assert.Equal(1, counted);
        var subject = await PublishAsync(Morning());
        await PostAsync($"/espace/bsc/publications/{subject}/archiver", new Dictionary<string, string>(),
            from: $"/espace/bsc/publications/{subject}");
        await GetAsync("/espace/bsc/aide");
        Assert.Equal(2, counted);
    }

    [Fact]
    public async Task The_month_is_a_grid_in_which_what_is_there_leads_on_and_a_day_begins_an_event()
    {
        var day = Paris.Today.AddDays(10);
        var iso = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await TellAsync("lsn-1", On(10, "Salon du port"));
        var own = await PublishAsync(On(10, "Notre matinée"));
        await SignInAsync();
        var page = await WordsOfAsync(await GetAsync($"/espace/bsc/calendrier?month={iso[..7]}"));
        Assert.All(["class=\"grid of-month\"", "href=\"/espace/bsc/national/lire/lsn-1\"", $"href=\"/espace/bsc/publications/{own}\"",
            $"href=\"/espace/bsc/evenements/nouveau?date={iso}\"", $"href=\"/espace/bsc/options?date={iso}\""], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        var form = await WordsOfAsync(await GetAsync($"/espace/bsc/evenements/nouveau?date={iso}"));
        Assert.Contains($"value=\"{iso}\"", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/espace/bsc/evenements/nouveau?date=demain")).StatusCode);
    }

    private static Event On(int days, string title) => new()
    {
        Nonce = "",
        Title = title,
        Sessions =
            [new Session("1", Paris.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T09:00:00")],
    };

    private static string NavigationOf(string page)
    {
        var start = page.IndexOf("<nav class=\"side\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</nav>", start, StringComparison.Ordinal)];
    }

    private async Task TellAsync(string subject, Event happening)
    {
        await using var db = Open();
        var position = await db.Publications.CountAsync(row => row.Journal == FederationDirectory.HubCode, Cancellation) + 1;
        db.Add(new PublicationRow
        {
            Journal = FederationDirectory.HubCode,
            Subject = subject,
            Cluster = "lsn",
            Kind = Kinds.Event,
            Revision = 1,
            Digest = "",
            Data = PublicationText.Of(happening),
            Position = position,
            PublishedAt = DateTime.UtcNow,
            RevisedAt = DateTime.UtcNow,
            VisibleAt = DateTime.UtcNow,
        });
        if (await db.Cursors.SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, Cancellation) is { } cursor)
        {
            cursor.Sequence = position;
        }
        else
        {
            db.Add(new ReplicaCursor { Journal = FederationDirectory.HubCode, Epoch = "e", Hash = "", Sequence = position });
        }

        await db.SaveChangesAsync(Cancellation);
    }
}
