using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Interclustering.Benchmarks.Figures;
using Interclustering.Benchmarks.Growth;
using Interclustering.Hub.Search;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Benchmarks.Search;

/// <summary>
/// What a search for two common words costs over 100,000 sheets: the site's whole answer, with facets and extracts, and the SQL that is
/// written first.
/// </summary>
internal static class TwoCommonWords
{
    private const int Count = 100_000, Rounds = 3, Pairs = 20, Shown = 20, Compared = 10;

    public static async Task RunAsync(CancellationToken stop)
    {
        await using var postgres = new LocalPostgres();
        await postgres.InitializeAsync();
        await using var site = await FilledSite.CreateAsync(postgres, Sheets.Rows(Count), Count, stop);
        var watch = Stopwatch.StartNew();
        await site.StartAsync(stop);
        var progress = site.Services.GetRequiredService<SearchProgress>();
        while (progress.Head.Position < Count)
        {
            await Task.Delay(100, stop);
        }

        var rate = Count / watch.Elapsed.TotalSeconds;
        await using var db = await site.Databases.CreateDbContextAsync(stop);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TABLE plain AS SELECT id, title, body, vector FROM search_documents JOIN search_vectors USING (id)", stop);
        await db.Database.ExecuteSqlRawAsync("CREATE INDEX ON plain USING gin (vector)", stop);
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE plain, search_documents, search_vectors", stop);

        Series page = new("/recherche, p50", "ms"), pageNearly = new("/recherche, p99", "ms"), api = new("/api/v1/search, p50", "ms"),
            apiNearly = new("/api/v1/search, p99", "ms"), ranked = new("ts_rank_cd over all, ts_headline of twenty, p50", "ms"),
            rankedNearly = new("ts_rank_cd over all, ts_headline of twenty, p99", "ms"),
            plain = new("ts_rank_cd and ts_headline over all, p50", "ms"),
            plainNearly = new("ts_rank_cd and ts_headline over all, p99", "ms");
        var (alike, hits) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            List<double> pages = [], apis = [], some = [], all = [];
            foreach (var (one, other) in Asked().Take(round == 0 ? 3 : Pairs))
            {
                var query = Uri.EscapeDataString($"{one} {other}");
                pages.Add(await TimeAsync(() => site.Http.GetByteArrayAsync($"/recherche?q={query}&unseen={round}", stop)));
                var json = "";
                // The API refuses a parameter that it does not know; blanks at the end of the words make another address as well.
                var blanks = string.Concat(Enumerable.Repeat("%20", round));
                apis.Add(await TimeAsync(async () => json = await site.Http.GetStringAsync($"/api/v1/search?q={query}{blanks}", stop)));
                IReadOnlyList<string> top = [];
                some.Add(await TimeAsync(async () => top = await SelectAsync(db, Plain(""), one, other, stop)));
                all.Add(await TimeAsync(() => SelectAsync(db, Plain("OFFSET 0"), one, other, stop)));
                using var answer = JsonDocument.Parse(json);
                hits.Add(answer.RootElement.GetProperty("total").GetInt32());
                alike.Add(answer.RootElement.GetProperty("items").EnumerateArray().Take(Compared)
                    .Count(item => top.Take(Compared).Contains(item.GetProperty("publication").GetProperty("id").GetString()))
                        / (double)Compared);
            }

            if (round > 0)
            {
                foreach (var (half, nearly, waits) in ((Series, Series, List<double>)[])
                    [(page, pageNearly, pages), (api, apiNearly, apis), (ranked, rankedNearly, some), (plain, plainNearly, all)])
                {
                    half.Add(Statistics.Percentile(waits, 50));
                    nearly.Add(Statistics.Percentile(waits, 99));
                }
            }
        }

        var found = await db.Database.SqlQuery<long>(
            $"""
            SELECT count(*) AS "Value" FROM plain
            WHERE vector @@ plainto_tsquery('interclustering', {Sheets.Common[0] + " " + Sheets.Common[1]})
            """).SingleAsync(stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nSearch for two common words in {Count:#,0} sheets: {Rounds} "
            + $"rounds of {Pairs} pairs, the two commonest together in {found:#,0}; indexed at {rate:#,0} sheets/s"));
        foreach (var series in (Series[])[page, pageNearly, api, apiNearly, ranked, rankedNearly, plain, plainNearly])
        {
            series.Print();
        }

        page.PrintRatio("/recherche, p50, to both functions over all", plain, "goal 0.3");
        pageNearly.PrintRatio("/recherche, p99, to both functions over all", plainNearly, "goal 0.3");
        page.PrintRatio("/recherche, p50, to ranks over all and headlines of twenty", ranked);
        pageNearly.PrintRatio("/recherche, p99, to ranks over all and headlines of twenty", rankedNearly);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  of the first ten, the same in both, on average {10 * alike.Average():0.0}; "
                + $"found by the site {Statistics.Median(hits):#,0}"));
    }

    private static IEnumerable<(string One, string Other)> Asked() =>
        from one in Enumerable.Range(0, Sheets.Common.Count)
        from other in Enumerable.Range(one + 1, Sheets.Common.Count - one - 1)
        orderby one + other, one
        select (Sheets.Common[one], Sheets.Common[other]);

    private static string Plain(string fence) =>
        $"""
        SELECT id, headline FROM (
            SELECT id, ts_rank_cd(vector, query) AS rank, ts_headline('interclustering', body, query) AS headline
            FROM plain, plainto_tsquery('interclustering', @words) AS query WHERE vector @@ query {fence}) AS found
        ORDER BY rank DESC LIMIT {Shown}
        """;

    private static async Task<IReadOnlyList<string>> SelectAsync(DbContext db, string sql, string one, string other, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        var words = command.CreateParameter();
        (words.ParameterName, words.Value) = ("words", $"{one} {other}");
        command.Parameters.Add(words);
        var ids = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
