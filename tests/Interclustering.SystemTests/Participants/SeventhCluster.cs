using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation.Verification;
using Interclustering.SystemTests.Servers;

namespace Interclustering.SystemTests.Participants;

/// <summary>A cluster with none of this code takes part: participant.py knows the wire from contracts/README.md alone.</summary>
public sealed class SeventhCluster(HubNodeAndSeventh federation) : IClassFixture<HubNodeAndSeventh>
{
    private const string Key = "novalog.pem", Journal = "novalog.db", Seventh = HubNodeAndSeventh.Seventh;

    [Fact]
    public async Task A_participant_in_Python_publishes_to_the_national_site_and_verifies_the_whole_journal_of_the_hub()
    {
        await ImportAtBscAsync("voisine");

        var seen = await PublishAsync("Petit déjeuner septième (démonstration)", "2027-01-14");

        var report = await federation.ReportAsync("hub");
        Assert.Equal(report.Sequence, seen.Sequence);
        Assert.Equal(report.Sequence, seen.Entries);
        Assert.Equal(report.Hash, seen.Hash);
        Assert.InRange(seen.Accepted, 1, report.Sequence);
        await IsOnTheNationalSiteAsync("septieme", seen.Subject);
        await UntilAsync(
            "bsc holds what novalog published, as the hub does",
            async () => (await federation.ReportAsync("bsc")).State(FederationDirectory.HubCode, Seventh) is { } state
                && state.Digest == report.State(Seventh, Seventh)?.Digest);
    }

    [Fact]
    public async Task A_participant_that_is_run_again_goes_on_where_it_was()
    {
        var first = await PublishAsync("Visite reprise (démonstration)", "2027-02-11");

        var again = await PublishAsync("Visite reprise (démonstration)", "2027-02-11");
        var next = await PublishAsync("Visite suivante (démonstration)", "2027-02-18");

        Assert.Equal(first with { Replays = 0 }, again);
        Assert.Equal(first.Entries + 1, next.Accepted);
        Assert.Equal(next.Sequence, (await federation.ReportAsync("hub")).Sequence);
    }

    [Fact]
    public async Task What_the_broker_has_lost_the_participant_asks_for_again()
    {
        await ImportAtBscAsync("perdue");
        await federation.Broker.ControlAsync("purge_queue", $"ic.cmd.{Seventh}", "--vhost", "interclustering");

        var seen = await PublishAsync("Atelier sans perte (démonstration)", "2027-04-08");

        var report = await federation.ReportAsync("hub");
        Assert.Equal((report.Sequence, report.Sequence, report.Hash), (seen.Sequence, seen.Entries, seen.Hash));
        Assert.NotEqual(0, seen.Replays);
    }

    [Fact]
    public async Task What_a_wrong_key_has_signed_is_not_applied()
    {
        await federation.CreateKeyAsync("wrong.pem");
        if (File.Exists(federation.PathOf(Journal)))
        {
            // Whatever another test has published: nothing but the key is wrong.
            File.Copy(federation.PathOf(Journal), federation.PathOf("wrong.db"));
        }

        var before = await federation.ReportAsync("hub");

        var (exit, output, errors) = await federation.ParticipateAsync("wrong.pem", "wrong.db", "Usurpation (démonstration)", "2027-03-11", seconds: 8);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("does not show the entry as accepted", errors, StringComparison.Ordinal);
        await UntilAsync(
            "the hub has refused a segment because of its signature",
            () => Task.FromResult(File.ReadLines(federation["hub"].Log).Any(line =>
                line.Contains("refused a message of novalog: the signature is not the journal's", StringComparison.Ordinal))));
        var after = await federation.ReportAsync("hub");
        Assert.Equal(before.Follow(Seventh), after.Follow(Seventh));
        Assert.Equal((before.Sequence, before.Hash), (after.Sequence, after.Hash));
        Assert.Empty(await SearchAsync("usurpation"));
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"After two minutes it does not hold that {what}.");
            await Task.Delay(100);
        }
    }

    private async Task<Seen> PublishAsync(string title, string date)
    {
        var (exit, output, errors) = await federation.ParticipateAsync(Key, Journal, title, date, seconds: 60);
        Assert.True(exit == 0, $"{errors}\n--- hub\n{ServerProgram.Tail(federation["hub"].Log)}");
        Assert.Equal("", errors);
        return JsonSerializer.Deserialize<Seen>(output, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("It prints an object.");
    }

    /// <summary>An event of the other cluster, sent on by the hub: there is more to verify than one's own.</summary>
    private async Task ImportAtBscAsync(string word)
    {
        var file = federation.PathOf("import.json");
        await File.WriteAllTextAsync(file, new JsonObject
        {
            ["events"] = new JsonArray(new JsonObject
            {
                ["uid"] = $"bsc-{word}",
                ["title"] = new JsonObject { ["fr"] = $"Rencontre {word}" },
                ["timezone"] = "Europe/Paris",
                ["timings"] = new JsonArray(new JsonObject { ["begin"] = "2036-12-02T09:00:00+01:00", ["end"] = "2036-12-02T12:00:00+01:00" }),
                ["attendanceMode"] = 1,
            }),
        }.ToJsonString());
        var (exit, output) = await federation["bsc"].RunAsync("import", "--cluster", "bsc", file);
        Assert.True(exit == 0 && output.Contains("1 created", StringComparison.Ordinal), output);
        await UntilAsync("the hub has sent on what bsc published", async () =>
        {
            var (hub, bsc) = (await federation.ReportAsync("hub"), await federation.ReportAsync("bsc"));
            return hub.Follow("bsc")?.Watermark == bsc.Sequence && bsc.Follow("hub")?.Watermark == hub.Sequence;
        });
    }

    private async Task IsOnTheNationalSiteAsync(string word, string subject)
    {
        await UntilAsync("the national site shows the event", async () => await SearchAsync(word) is [_]);
        var item = Assert.Single(await SearchAsync(word));
        Assert.Equal((subject, Seventh), (item.Id, item.Cluster));
        var page = WebUtility.HtmlDecode(await federation["hub"].Http.GetStringAsync(item.Url));
        Assert.Contains("Petit déjeuner septième", page, StringComparison.Ordinal);
    }

    private async Task<List<(string Id, string Cluster, string Url)>> SearchAsync(string word)
    {
        using var page = JsonDocument.Parse(await federation["hub"].Http.GetStringAsync($"/api/v1/publications?q={word}"));
        return [.. page.RootElement.GetProperty("items").EnumerateArray().Select(item => (
            item.GetProperty("id").GetString()!, item.GetProperty("cluster").GetString()!, item.GetProperty("url").GetString()!))];
    }

    /// <summary>The line that the participant prints.</summary>
    private sealed record Seen(string Subject, long Accepted, int Replays, long Entries, long Sequence, string Hash);
}
