using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Metrics;

/// <summary>
/// What the documentation, the alert rules and the dashboard name is what a running server shows.
/// <c>INTERCLUSTERING_WRITE_DOCS=1</c> writes the table.
/// </summary>
public sealed partial class MetricTableTests(ObservedServer server) : IClassFixture<ObservedServer>
{
    private const string Ours = "interclustering_";
    private static readonly string Rules = Repository.PathTo("infra", "prometheus", "alerts.yaml");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_has_every_metric_of_ours_as_it_is_shown()
    {
        var shown = await ShownAsync();
        string[] table =
        [
            "| Prometheus | kind | attributes | what |", "|---|---|---|---|",
            .. Type().Matches(shown).Where(type => type.Groups["name"].Value.StartsWith(Ours, StringComparison.Ordinal)).Select(type =>
            {
                var name = type.Groups["name"].Value;
                var help = Regex.Match(shown, $"^# HELP {name} (.*)$", RegexOptions.Multiline).Groups[1].Value.TrimEnd('\r');
                var attributes = Regex.Matches(shown, $@"^{name}(_count)?\{{(.*)\}} ", RegexOptions.Multiline)
                    .SelectMany(line => Label().Matches(line.Groups[2].Value)).Select(label => $"`{label.Groups[1].Value}`").Distinct()
                    .Order(StringComparer.Ordinal);
                return $"| `{name}` | {type.Groups["kind"].Value.TrimEnd('\r')} | {string.Join(", ", attributes)} | {help} |";
            }).Order(StringComparer.Ordinal),
        ];
        var path = Repository.PathTo("docs", "metrics.md");
        var lines = await File.ReadAllLinesAsync(path, Stop);
        var before = lines.TakeWhile(line => !line.StartsWith('|')).ToList();
        var after = lines[before.Count..].SkipWhile(line => line.StartsWith('|')).ToList();
        if (Environment.GetEnvironmentVariable("INTERCLUSTERING_WRITE_DOCS") == "1")
        {
            await File.WriteAllLinesAsync(path, [.. before, .. table, .. after], Stop);
        }

        Assert.Equal(table, (await File.ReadAllLinesAsync(path, Stop))[before.Count..^after.Count]);
    }

    [Fact]
    public async Task Alert_rules_and_dashboard_ask_for_metrics_that_are_there()
    {
        var shown = (await ShownAsync()).Split('\n').Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('{', ' ')[0]).ToHashSet();
        using var dashboard = JsonDocument.Parse(
            await File.ReadAllTextAsync(Repository.PathTo("infra", "grafana", "interclustering.json"), Stop));
        var asked = Expressions(dashboard.RootElement).Concat((await File.ReadAllLinesAsync(Rules, Stop))
            .Where(line => line.TrimStart().StartsWith("expr:", StringComparison.Ordinal)))
            .SelectMany(expression => Metric().Matches(Labels().Replace(expression, ""))).Select(metric => metric.Value).Distinct()
            .ToList();

        Assert.True(asked.Count >= 14, string.Join(' ', asked));
        // Prometheus makes this one itself.
        Assert.Empty(asked.Except(shown).Except(["up"]));
    }

    [Theory]
    [InlineData("check", "config", "prometheus.yaml")]
    [InlineData("test", "rules", "alerts.test.yaml")]
    public async Task Prometheus_takes_the_rules_and_they_fire_as_their_examples_say(string verb, string what, string file)
    {
        using var promtool = Process.Start(new ProcessStartInfo(
            "promtool", [verb, what, Repository.PathTo("infra", "prometheus", file)])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = promtool.StandardError.ReadToEndAsync(Stop);
        var output = await promtool.StandardOutput.ReadToEndAsync(Stop) + await errors;
        await promtool.WaitForExitAsync(Stop);
        Assert.True(promtool.ExitCode == 0, output);
    }

    /// <summary>What is shown once figures of each participant were read.</summary>
    private async Task<string> ShownAsync()
    {
        using var scraper = new HttpClient();
        (await server.Http.GetAsync("/agenda", Stop)).Dispose();
        var shown = "";
        await Until.TrueAsync(
            async () =>
            {
                shown = await scraper.GetStringAsync(server.Metrics, Stop);
                return ((string[])["mails{", "replica_lag{", "publication_visible_duration_seconds_count{",
                    "backup_age_seconds"])
                    .All(name => shown.Contains(Ours + name, StringComparison.Ordinal));
            },
            () => Task.FromResult(shown));
        return shown;
    }

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "expr" ? [property.Value.GetString()!] : Expressions(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex("^# TYPE (?<name>[a-z_]+) (?<kind>.+)$", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex("interclustering_([a-z_]+)=")]
    private static partial Regex Label();

    /// <summary>What an expression says of labels.</summary>
    [GeneratedRegex(@"\{[^}]*\}|\bby \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(up|(interclustering|http|dotnet)_[a-z_]+)\b")]
    private static partial Regex Metric();
}
