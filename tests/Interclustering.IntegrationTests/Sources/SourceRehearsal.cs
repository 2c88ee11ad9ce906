using Interclustering.Contracts;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Node.Sources.Publishing;
using Interclustering.Node.Sources.Reading;
using Interclustering.Node.Sources;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>A node that looks at an awkward site, at a time of its own.</summary>
public abstract class SourceRehearsal : IAsyncLifetime
{
    private protected static readonly DateOnly Today = new(2026, 11, 23);

    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(Today, new TimeOnly(9, 0), TimeSpan.Zero));

    private protected TemporaryNode Node { get; private set; } = null!;

    private protected AwkwardSite Site { get; private set; } = null!;

    private protected SourceFetch Fetch { get; private set; } = null!;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Node = await TemporaryNode.CreateAsync();
        Site = await AwkwardSite.StartAsync();
        Fetch = new SourceFetch(new FetchSettings { Allowed = [Site.Allowed], Patience = TimeSpan.FromSeconds(30) });
    }

    public async ValueTask DisposeAsync()
    {
        Fetch.Dispose();
        await Site.DisposeAsync();
        await Node.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static string EventsPage(string? next, params IEnumerable<int> ids)
    {
        var events = string.Join(',', ids.Select(id => $$"""
            {"id":{{id}},"global_id":"x?id={{id}}","title":"E{{id}}","start_date":"2026-12-0{{id}} 09:00:00"}
            """));
        return $$"""{"events":[{{events}}],"rest_url":"x" """ + (next is null ? "}" : $$""","next_rest_url":"{{next}}"}""");
    }

    private protected static IReadOnlyList<(string, string, DateOnly)> Events(params IEnumerable<string> keys) =>
        [.. keys.Select(key => (key, $"Réunion {key}", Today.AddDays(10 + key[0] - 'a')))];

    private protected static SourceReading ReadingOf(SourceFetch fetch) =>
        new(fetch, (content, address, _) => Task.FromResult(SourceContent.Read(content, address, Fixture.Today)));

    private protected static (int Created, int Updated, int Unchanged) Counts(SourceRun run) => (run.Created, run.Updated, run.Unchanged);

    private protected async Task<Guid> SourceAsync(bool propose = false, bool withdraws = false, string themes = "{}",
        string system = ImportDocument.Calendar, string path = "/agenda.ics")
    {
        await using var db = Node.Open();
        var source = new SourceRow
        {
            Name = "Notre site",
            Address = Site.To(path),
            System = system,
            Propose = propose,
            WithdrawsGone = withdraws,
            Themes = themes,
            CreatedBy = "Zoé",
        };
        db.Add(source);
        await db.SaveChangesAsync(Stop);
        return source.Id;
    }

    private protected async Task<SourceRun> LookAsync(Guid source, IReadOnlyList<(string, string, DateOnly)>? events = null)
    {
        if (events is not null)
        {
            Site.Serve("/agenda.ics", AwkwardSite.Calendar(events));
        }

        return await new SourcePoll(Node.Instance, ReadingOf(Fetch), Clock).RunAsync(source, Stop);
    }

    private protected async Task<List<string>> TitlesAsync(string state)
    {
        await using var db = Node.Open();
        return await db.WorkingCopies.Where(copy => copy.State == state).OrderBy(copy => copy.Title).Select(copy => copy.Title)
            .ToListAsync(Stop);
    }

    private protected async Task<Event> EventAsync(string key)
    {
        await using var db = Node.Open();
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.SourceKey == key, Stop);
        return (Event)PublicationText.Read(copy.Kind, copy.Data);
    }

    private protected async Task<string> SubjectAsync(string key)
    {
        await using var db = Node.Open();
        return (await db.WorkingCopies.AsNoTracking().SingleAsync(row => row.SourceKey == key, Stop)).Subject;
    }
}
