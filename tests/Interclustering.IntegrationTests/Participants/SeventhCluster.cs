using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Participants;

/// <summary>A cluster with none of this code takes part: participant.py knows the wire from contracts/README.md alone.</summary>
public sealed class SeventhCluster(HubNodeAndSeventh federation) : IClassFixture<HubNodeAndSeventh>
{
    private const string Key = "novalog.pem", Journal = "novalog.db", Seventh = HubNodeAndSeventh.Seventh;

    [Fact]
    public async Task A_participant_in_Python_reads_the_vectors_as_the_contract_does()
    {
        await using var check = new PythonParticipant("check_participant.py", Path.Combine(Repository.Root, "contracts", "vectors"));
        var (exit, output, errors) = await check.EndAsync();
        Assert.True(exit == 0, output + errors);
    }

    [Fact]
    public async Task A_participant_in_Python_publishes_and_verifies_the_journal_of_the_hub()
    {
        await ImportAtBscAsync("voisine");
        await using var python = Join();

        var seen = await python.DoAsync<Seen>("publish", Event("Petit déjeuner septième (démonstration)", "2027-01-14"));

        Assert.Equal(("accepted", 1), (seen.As, seen.Revision));
        var state = await python.DoAsync<State>("state");
        var report = await federation.ReportAsync("hub");
        Assert.Equal((report.Sequence, report.Sequence, report.Hash), (state.Sequence, state.Entries, state.Hash));
        Assert.InRange(seen.At, 1, report.Sequence);
        await IsOnTheNationalSiteAsync("septieme", seen.Subject, "Petit déjeuner septième");
        await UntilBscHoldsWhatTheHubHoldsAsync();
        Assert.Equal((0, "", ""), await python.EndAsync());
    }

    [Fact]
    public async Task A_participant_that_is_run_again_goes_on_where_it_was()
    {
        State before;
        await using (var first = Join())
        {
            await first.DoAsync<Seen>("publish", Event("Visite reprise (démonstration)", "2027-02-11"));
            before = await first.DoAsync<State>("state");
            Assert.Equal((0, "", ""), await first.EndAsync());
        }

        await using var again = Join();
        Assert.Equal(before.Own, (await again.DoAsync<State>("state")).Own);
        var next = await again.DoAsync<Seen>("publish", Event("Visite suivante (démonstration)", "2027-02-18"));

        Assert.Equal((before.Own.Epoch, before.Own.Sequence + 1, before.Entries + 1), (next.Epoch, next.Sequence, next.At));
    }

    [Fact]
    public async Task What_the_broker_has_lost_the_participant_asks_for_again()
    {
        await ImportAtBscAsync("perdue");
        await federation.Broker.ControlAsync("purge_queue", $"ic.cmd.{Seventh}", "--vhost", "interclustering");
        await using var python = Join();

        await python.DoAsync<Seen>("publish", Event("Atelier sans perte (démonstration)", "2027-04-08"));

        var state = await python.DoAsync<State>("state");
        var report = await federation.ReportAsync("hub");
        Assert.Equal((report.Sequence, report.Sequence, report.Hash), (state.Sequence, state.Entries, state.Hash));
        Assert.NotEqual(0, state.Replays);
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
        await using var python = federation.Join("wrong.pem", "wrong.db");
        var command = Event("Usurpation (démonstration)", "2027-03-11");
        command["seconds"] = 8;

        var answer = await python.DoAsync("publish", command);

        Assert.Contains("not done in time", (string?)answer["error"], StringComparison.Ordinal);
        await UntilAsync(
            () => Task.FromResult(File.ReadLines(federation["hub"].Log).Any(line =>
                line.Contains("refused a message of novalog: the signature is not the journal's", StringComparison.Ordinal))),
            "the hub has refused a segment because of its signature");
        var after = await federation.ReportAsync("hub");
        Assert.Equal(before.Follow(Seventh), after.Follow(Seventh));
        Assert.Equal((before.Sequence, before.Hash), (after.Sequence, after.Hash));
        Assert.Empty(await SearchAsync("usurpation"));
    }

    [Fact]
    public async Task What_the_participant_revises_is_on_the_national_site_with_its_new_title()
    {
        await using var python = Join();
        var first = await python.DoAsync<Seen>("publish", Event("Rencontre première (démonstration)", "2027-05-13"));

        var second = await python.DoAsync<Seen>("publish", Of(first, Event("Rencontre corrigée (démonstration)", "2027-05-20")));

        Assert.Equal(("accepted", first.Subject, 2), (second.As, second.Subject, second.Revision));
        await IsOnTheNationalSiteAsync("corrigee", first.Subject, "Rencontre corrigée");
        Assert.Equal(2, Assert.Single(await federation.HeldAsync("hub"), held => held.Subject == first.Subject).Revision);
    }

    [Fact]
    public async Task What_the_participant_withdraws_is_gone_at_the_hub_and_at_the_node()
    {
        await using var python = Join();
        var published = await python.DoAsync<Seen>("publish", Event("Salon retiré (démonstration)", "2027-06-10"));
        await IsOnTheNationalSiteAsync("retire", published.Subject, "Salon retiré");
        Assert.DoesNotContain(published.At, (await python.DoAsync<Reread>("reread")).Erased);

        var withdrawn = await python.DoAsync<Seen>("withdraw", Of(published, []));

        Assert.Equal(("accepted", 2), (withdrawn.As, withdrawn.Revision));
        await UntilAsync(async () => (await SearchAsync("retire")).Count == 0, "the national site shows the event no more");
        await UntilBscHoldsWhatTheHubHoldsAsync();
        foreach (var code in (string[])["hub", "bsc"])
        {
            var held = Assert.Single(await federation.HeldAsync(code), held => held.Subject == published.Subject);
            Assert.Equal(("withdrawn", 2, null), (held.Kind, held.Revision, held.Data));
        }

        var erased = (await python.DoAsync<Reread>("reread")).Erased;
        Assert.Contains(published.At, erased);
        Assert.DoesNotContain(withdrawn.At, erased);
    }

    [Fact]
    public async Task The_participant_folds_the_journal_of_the_hub_to_what_the_hub_holds()
    {
        await ImportAtBscAsync("pliee");
        await using var python = Join();
        var published = await python.DoAsync<Seen>("publish", Event("Pli (démonstration)", "2027-07-08"));
        await python.DoAsync<Seen>("publish", Of(published, Event("Pli corrigé (démonstration)", "2027-07-08")));

        var state = await python.DoAsync<State>("state");

        Assert.Contains(state.Items, item => item == new Item(published.Subject, "event", 2, "Pli corrigé (démonstration)"));
        Assert.Contains(state.Items, item => item.Title == "Rencontre pliee");
        await FoldsToWhatTheHubHoldsAsync(state);
    }

    [Fact]
    public async Task A_joint_webinar_is_answered_and_the_hub_rules_that_the_participant_takes_part()
    {
        const string Title = "Webinaire à sept (démonstration)";
        var dossier = await ProposeAtBscAsync(Title);
        await using var python = Join();

        var answered = await python.DoAsync<Answered>("answer", new JsonObject { ["dossier"] = dossier, ["joins"] = "yes" });

        Assert.Equal(("accepted", Title), (answered.As, answered.Proposal));
        Assert.Equal(["bsc", Seventh], answered.Ruling.Participants);
        Assert.Equal(("answering", 2), (answered.Ruling.State, answered.Ruling.Counted));
        await FoldsToWhatTheHubHoldsAsync(await python.DoAsync<State>("state"));
        await UntilAsync(
            async () => (await federation.HeldAsync("bsc")).Any(held =>
                held.Subject == dossier && held.Data!.Contains(Seventh, StringComparison.Ordinal)),
            "bsc has heard the ruling, too");
    }

    /// <param name="keeps">How many entries the backup has.</param>
    /// <param name="writes">Whether an event is published before the loss is noticed: it is on no reader's chain.</param>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public async Task A_participant_that_has_lost_its_journal_recovers_it_with_nothing_lost_or_doubled(int keeps, bool writes)
    {
        await using var python = Join();
        var first = await python.DoAsync<Seen>("publish", Event("Avant la panne (démonstration)", "2027-09-09"));
        await python.DoAsync<Seen>("publish", Of(first, Event("Avant la panne, corrigé (démonstration)", "2027-09-16")));
        var before = await python.DoAsync<State>("state");

        var loss = writes ? Event("Pendant la panne (démonstration)", "2027-09-23") : [];
        loss["after"] = keeps;
        var lost = await python.DoAsync("lose", loss);
        Assert.Contains("recover", (string?)lost["stopped"], StringComparison.Ordinal);
        var early = await python.DoAsync("publish", Event("Trop tôt (démonstration)", "2027-09-10"));
        Assert.Contains("recover", (string?)early["error"], StringComparison.Ordinal);
        var recovered = await python.DoAsync<Recovered>("recover");
        var next = await python.DoAsync<Seen>("publish", Event("Après la panne (démonstration)", "2027-10-14"));

        // The opening entry stands between what came back and what is new.
        var written = writes ? 1 : 0;
        Assert.Equal((before.Own.Sequence, written), (recovered.Taken, recovered.Again));
        Assert.Equal((recovered.Epoch, before.Own.Sequence + 1 + written + 1, "accepted"), (next.Epoch, next.Sequence, next.As));
        Assert.NotEqual(before.Own.Epoch, recovered.Epoch);
        var after = await python.DoAsync<State>("state");
        Assert.Equal(before.Items, after.Items.Where(before.Items.Contains));
        var added = after.Items.Except(before.Items).Select(item => (item.Kind, item.Title)).Order();
        (string, string?)[] meanwhile = writes ? [("event", "Pendant la panne (démonstration)")] : [];
        Assert.Equal([("event", "Après la panne (démonstration)"), .. meanwhile, ("journal-opened", null)], added);
        await FoldsToWhatTheHubHoldsAsync(after);
        var follow = (await federation.ReportAsync("hub")).Follow(Seventh)!;
        Assert.Null(follow.StoppedBecause);
        Assert.Equal(after.Own, new End(follow.Epoch, follow.Watermark, follow.Hash));
        await UntilBscHoldsWhatTheHubHoldsAsync();
    }

    private static Task UntilAsync(Func<Task<bool>> holds, string what) => Until.TrueAsync(holds, () => Task.FromResult(what));

    private async Task FoldsToWhatTheHubHoldsAsync(State state) => Assert.Equal(
        (await federation.HeldAsync("hub")).Select(held => (held.Subject, held.Kind, held.Revision)),
        state.Items.Select(item => (item.Subject, item.Kind, item.Revision)));

    private PythonParticipant Join() => federation.Join(Key, Journal);

    private static JsonObject Event(string title, string date) => new() { ["title"] = title, ["date"] = date };

    /// <summary>A command about what was published before.</summary>
    private static JsonObject Of(Seen published, JsonObject command)
    {
        command["subject"] = published.Subject;
        return command;
    }

    private Task UntilBscHoldsWhatTheHubHoldsAsync() => UntilAsync(
        async () => (await federation.ReportAsync("bsc")).State(FederationDirectory.HubCode, Seventh)?.Digest is { } digest
            && digest == (await federation.ReportAsync("hub")).State(Seventh, Seventh)?.Digest,
        "bsc holds what novalog published, as the hub does");

    /// <summary>A member of bsc's team invites the seventh cluster; the dossier's id.</summary>
    private async Task<string> ProposeAtBscAsync(string title)
    {
        using var member = new TeamMember(federation["bsc"], "bsc");
        await member.JoinAsync();
        static string Day(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var answer = await member.PostAsync($"{member.Workspace}/webinaires-communs/proposer",
        [
            ("title", title), ("minutes", "60"), ("invited", Seventh), ("deadline", Day(10)),
            ("slotDate", Day(30)), ("slotTime", "11:00"), ("slotDate", Day(31)), ("slotTime", "11:00"), ("do", "propose"),
        ]);
        var id = answer.RequestMessage!.RequestUri!.Segments[^1];
        Assert.StartsWith("bsc-", id, StringComparison.Ordinal);
        return id;
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
                ["timings"] =
                    new JsonArray(new JsonObject { ["begin"] = "2036-12-02T09:00:00+01:00", ["end"] = "2036-12-02T12:00:00+01:00" }),
                ["attendanceMode"] = 1,
            }),
        }.ToJsonString());
        var (exit, output) = await federation["bsc"].RunAsync("import", "--cluster", "bsc", file);
        Assert.True(exit == 0 && output.Contains("1 created", StringComparison.Ordinal), output);
        await UntilAsync(
            async () =>
            {
                var (hub, bsc) = (await federation.ReportAsync("hub"), await federation.ReportAsync("bsc"));
                return hub.Follow("bsc")?.Watermark == bsc.Sequence && bsc.Follow("hub")?.Watermark == hub.Sequence;
            },
            "the hub has sent on what bsc published");
    }

    private async Task IsOnTheNationalSiteAsync(string word, string subject, string title)
    {
        await UntilAsync(async () => await SearchAsync(word) is [_], $"the national site finds one event by « {word} »");
        var item = Assert.Single(await SearchAsync(word));
        Assert.Equal((subject, Seventh), (item.Id, item.Cluster));
        var page = WebUtility.HtmlDecode(await federation["hub"].Http.GetStringAsync(item.Url));
        Assert.Contains(title, page, StringComparison.Ordinal);
    }

    private async Task<List<(string Id, string Cluster, string Url)>> SearchAsync(string word)
    {
        using var page = JsonDocument.Parse(await federation["hub"].Http.GetStringAsync($"/api/v1/publications?q={word}"));
        return [.. page.RootElement.GetProperty("items").EnumerateArray().Select(item => (
            item.GetProperty("id").GetString()!, item.GetProperty("cluster").GetString()!, item.GetProperty("url").GetString()!))];
    }

    /// <summary>An own entry as the hub's journal shows it.</summary>
    /// <param name="As"><c>accepted</c>, unless the hub has set it aside.</param>
    /// <param name="At">Where in the hub's journal.</param>
    private sealed record Seen(string Subject, long Revision, long Sequence, string Epoch, string As, long At);

    /// <summary>How far the hub's journal is read, what it folds into, and the end of the own journal.</summary>
    private sealed record State(long Sequence, string Hash, long Entries, int Replays, End Own, IReadOnlyList<Item> Items);

    private sealed record End(string Epoch, long Sequence, string Hash);

    private sealed record Item(string Subject, string Kind, long Revision, string? Title);

    private sealed record Reread(IReadOnlyList<long> Erased);

    private sealed record Recovered(long Taken, long Again, string Epoch);

    private sealed record Answered(string As, string Proposal, Ruling Ruling);

    private sealed record Ruling(string State, IReadOnlyList<string> Participants, long Counted);
}
