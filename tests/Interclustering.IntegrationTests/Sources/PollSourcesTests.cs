using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Sources;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>Sources are looked at when they are due, and none keeps another one waiting.</summary>
public sealed class PollSourcesTests : SourceRehearsal
{
    [Fact]
    public async Task Sources_are_looked_at_when_they_are_due_and_not_before()
    {
        var source = await SourceAsync();
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        using var service = new PollSources(new Nodes([Node.Instance]), ReadingOf(Fetch), Clock, NullLogger<PollSources>.Instance);
        await service.RunAsync(Node.Instance, Stop);
        await service.RunAsync(Node.Instance, Stop);
        Assert.Single(Site.Asked);
        Clock.Advance(TimeSpan.FromHours(6) + TimeSpan.FromMinutes(10));
        await service.RunAsync(Node.Instance, Stop);
        Assert.Equal(2, Site.Asked.Count);
    }

    [Fact]
    public async Task A_source_that_fails_unforeseen_waits_and_the_others_are_looked_at()
    {
        var (hostile, fine) = (await SourceAsync(), await SourceAsync());
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        var asked = 0;
        var reading = new SourceReading(Fetch, (content, address, _) => asked++ == 0 ? throw new InvalidOperationException("unforeseen")
            : Task.FromResult(SourceContent.Read(content, address, Fixture.Today)));
        using var service = new PollSources(new Nodes([Node.Instance]), reading, Clock, NullLogger<PollSources>.Instance);
        await service.RunAsync(Node.Instance, Stop);
        await service.RunAsync(Node.Instance, Stop);
        await using var db = Node.Open();
        var runs = await db.SourceRuns.AsNoTracking().ToListAsync(Stop);
        Assert.Equal((2, 1), (runs.Count, runs.Count(run => run.Failure is null)));
        Assert.Equal(2, runs.Select(run => run.Source).Distinct().Count());
        Assert.Contains(runs, run => run.Source == hostile || run.Source == fine);
        Assert.All(await db.Sources.AsNoTracking().ToListAsync(Stop), source => Assert.True(source.DueAt > Clock.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public async Task A_source_that_never_comes_to_an_end_is_left_when_its_time_is_over()
    {
        var source = await SourceAsync();
        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        var begun = new TaskCompletionSource();
        var reading = new SourceReading(Fetch, async (_, _, cancellation) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("never");
        });
        var look = new SourcePoll(Node.Instance, reading, Clock).RunAsync(source, Stop);
        await begun.Task;
        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.NotNull((await look).Failure);
    }

    [Fact]
    public async Task A_node_whose_sources_take_long_keeps_no_other_node_waiting()
    {
        await using var other = await TemporaryNode.CreateAsync("lsn");
        await SourceAsync();
        await using (var db = other.Open())
        {
            db.Add(new SourceRow { Name = "Site voisin", Address = Site.To("/voisin.ics"), System = "icalendar", CreatedBy = "Zoé" });
            await db.SaveChangesAsync(Stop);
        }

        Site.Serve("/agenda.ics", AwkwardSite.Calendar(Events("a")));
        Site.Serve("/voisin.ics", AwkwardSite.Calendar(Events("b")));
        var reading = new SourceReading(Fetch, async (content, address, cancellation) =>
        {
            if (address.AbsolutePath == "/agenda.ics")
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return SourceContent.Read(content, address, Fixture.Today);
        });
        using var service = new PollSources(new Nodes([Node.Instance, other.Instance]), reading, Clock,
            NullLogger<PollSources>.Instance);
        await service.StartAsync(Stop);
        await Until.TrueAsync(
            async () =>
            {
                await using var db = other.Open();
                return await db.SourceRuns.AnyAsync(run => run.Created == 1, Stop);
            },
            () => Task.FromResult("the other node has looked at its source"));
        await service.StopAsync(Stop);
    }
}
