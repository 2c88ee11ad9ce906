namespace Interclustering.IntegrationTests.Sources;

/// <summary>An answer in pages is read to its end.</summary>
public sealed class SourcePagingTests : SourceRehearsal
{
    [Fact]
    public async Task Every_page_of_a_site_is_read_and_none_of_another()
    {
        await using var other = await AwkwardSite.StartAsync();
        Site.Serve("/events", Page(1, Site.To("/events2")), "application/json");
        Site.Serve("/events2", Page(2, other.To("/events3").Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal)),
            "application/json");
        var read = await ReadingOf(Fetch).ReadAsync(Site.To("/events"), null, Stop);
        Assert.Equal(["x?id=1", "x?id=2"], read!.Document.Events.Select(item => item.Key));
        Assert.Empty(other.Asked);
        Assert.Contains("un autre site", read.Document.Incomplete, StringComparison.Ordinal);

        static string Page(int id, string next) =>
            $$"""{"events":[{"id":{{id}},"global_id":"x?id={{id}}","title":"E{{id}}","start_date":"2026-12-0{{id}}"""
                + $$""" 09:00:00","utc_start_date":"2026-12-0{{id}} 08:00:00"}],"rest_url":"x","next_rest_url":"{{next}}"}""";
    }

    [Fact]
    public async Task A_site_that_writes_its_name_in_another_way_is_read_to_its_end()
    {
        Site.Serve("/events", EventsPage(Site.To("/events2").Replace("127.0.0.1", "www.127.0.0.1", StringComparison.Ordinal), 1),
            "application/json");
        Site.Serve("/events2", EventsPage(null, 2), "application/json");
        var read = await ReadingOf(Fetch).ReadAsync(Site.To("/events"), null, Stop);
        Assert.Equal(["x?id=1", "x?id=2"], read!.Document.Events.Select(item => item.Key));
        Assert.Null(read.Document.Incomplete);
    }

    [Fact]
    public async Task Thirty_pages_are_all_read()
    {
        for (var page = 1; page <= 30; page++)
        {
            Site.Serve($"/p{page}", EventsPage(page == 30 ? null : $"/p{page + 1}", page % 9 + 1), "application/json");
        }

        var read = await ReadingOf(Fetch).ReadAsync(Site.To("/p1"), null, Stop);
        Assert.Equal((9, 30, (string?)null), (read!.Document.Events.Count, Site.Asked.Count, read.Document.Incomplete));
    }
}
