using System.Globalization;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.IntegrationTests.CoOrganisers;
using Interclustering.Node.ActivityReports;
using Interclustering.Node.NationalView;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.ActivityReports;

/// <summary>« Bilan »: a closed quarter keeps its figures, and says what has changed since.</summary>
public sealed class ReportPageTests : AgreementVisit
{
    private static readonly ReportPeriod Before = ReportPeriod.QuarterOf(ParisDay.Today(TimeProvider.System)).Before;

    [Fact]
    public async Task It_shows_what_clusters_have_published_with_the_definitions()
    {
        await HearAsync(At("Le canal", day: InQuarter(5)));
        await HearAsync(At("Le rail", day: InQuarter(6)) with { Status = EventStatus.Cancelled });
        await SignInAsync();
        var page = await ReadAsync($"/espace/bsc/bilan?periode={Before.Key}");
        Assert.All(["Par cluster", "Par thème", "Ce qui est compté", "compté aujourd’hui, pas encore arrêté"], words =>
            Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Matches(@"Logistique Seine Normandie</th>\s*<td>1</td><td>0</td>", page);

        using var csv = await GetAsync($"/espace/bsc/bilan.csv?periode={Before.Key}");
        Assert.Equal($"bilan-{Before.Key}.csv", csv.Content.Headers.ContentDisposition!.FileName);
        var lines = Encoding.UTF8.GetString(await csv.Content.ReadAsByteArrayAsync(Cancellation)).TrimStart('\ufeff').Split("\r\n");
        Assert.StartsWith("Période;Selon;Nom;Événements;", lines[0], StringComparison.Ordinal);
        Assert.Contains($"{Before.Key};Cluster;Logistique Seine Normandie;1;0;0;0;0;", lines);
    }

    [Fact]
    public async Task A_closed_quarter_does_not_change_silently()
    {
        var id = await HearAsync(At("Le canal", day: InQuarter(5)));
        // Before the tenth day nothing is closed.
        await CloseAsync(Before.To.AddDays(CloseQuarters.After - 1));
        await using (var db = Open())
        {
            Assert.Empty(await db.ClosedQuarters.ToListAsync(Cancellation));
        }

        await CloseAsync(Before.To.AddDays(CloseQuarters.After));
        await CloseAsync(Before.To.AddDays(CloseQuarters.After + 1));
        await SignInAsync();
        Assert.Contains("arrêté le", await ReadAsync($"/espace/bsc/bilan?periode={Before.Key}"), StringComparison.Ordinal);

        await HearAsync(At("Le canal", day: InQuarter(5)) with { Status = EventStatus.Cancelled }, id, 2);
        var page = await ReadAsync($"/espace/bsc/bilan?periode={Before.Key}");
        Assert.Contains("Compté aujourd’hui, ce serait : Événements 0. Les chiffres arrêtés restent.", page, StringComparison.Ordinal);
        Assert.Matches(@"Logistique Seine Normandie</th>\s*<td>1</td>", page);
        Assert.Matches(@"Logistique Seine Normandie</th>\s*<td>1</td>", await ReadAsync($"/espace/bsc/bilan?periode={Before.Year}"));
    }

    [Theory]
    [InlineData("", "en cours")]
    [InlineData("?periode=2026-T9", "en cours")]
    [InlineData("?periode=2031", "Bilan")]
    public async Task What_is_no_period_shows_the_quarter_that_is_going_on(string query, string words)
    {
        await SignInAsync();
        Assert.Contains(words, await ReadAsync($"/espace/bsc/bilan{query}"), StringComparison.Ordinal);
    }

    private static string InQuarter(int day) => Before.From.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task CloseAsync(DateOnly today)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(today.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero));
        var items = new NationalItems(Directories.Two, NullLogger<NationalItems>.Instance);
        using var closing = new CloseQuarters(new Nodes([Node]), items, clock, NullLogger<CloseQuarters>.Instance);
        await closing.RunAsync(Node, Cancellation);
    }
}
