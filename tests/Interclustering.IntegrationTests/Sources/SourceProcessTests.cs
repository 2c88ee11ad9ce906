using System.Diagnostics;
using System.Text;
using Interclustering.Node.Sources;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>What a site sends is read in a process of its own: whatever is in it, it ends in events or in words.</summary>
public sealed class SourceProcessTests
{
    private static readonly Uri Address = new("https://agenda.example/page");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_the_same_there_as_here()
    {
        var calendar = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Réunion\r\n"
            + "DTSTART:20261210T090000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        using var process = OfServer();
        var there = await process.ReadAsync(calendar, Address, Cancellation);
        var here = SourceContent.Read(calendar, Address, Fixture.Today);
        Assert.Equal(Assert.Single(here.Document.Events).Event.Recurrence!.Rule, Assert.Single(there.Document.Events)
            .Event.Recurrence!.Rule);
        Assert.Equal(here.Document.Events[0].Title, there.Document.Events[0].Title);
    }

    [Fact]
    public async Task What_a_page_names_comes_along()
    {
        var page = Encoding.UTF8.GetBytes("<html><head><link rel='alternate' type='text/calendar' href='/agenda.ics'></head><body "
            + "class='tribe-events-x'><a href='webcal://c.example/x'>c</a></body></html>");
        using var process = OfServer();
        Assert.Equal(["https://agenda.example/agenda.ics", "https://agenda.example/page?ical=1", "https://c.example/x"],
            (await process.ReadAsync(page, Address, Cancellation)).Named);
    }

    [Theory]
    [InlineData("sleep 60")]
    [InlineData("exit 1")]
    [InlineData("kill -9 $$")]
    [InlineData("yes")]
    public async Task One_that_does_not_come_to_an_end_is_said_to_be_too_heavy(string script)
    {
        using var process = new SourceProcess(() => new ProcessStartInfo("sh", ["-c", script]), TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAsync<ImportFetchException>(() => process.ReadAsync(new byte[1 << 20], Address, Cancellation));
    }

    private static SourceProcess OfServer() =>
        new(() => new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Interclustering.Server.dll"), "source-text"]),
            TimeSpan.FromSeconds(120));
}
