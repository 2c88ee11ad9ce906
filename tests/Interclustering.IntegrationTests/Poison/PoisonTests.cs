namespace Interclustering.IntegrationTests.Poison;

/// <summary>What is handed to hub and node on SQLite.</summary>
public sealed class PoisonOnSqlite(PoisonedSqlite federation) : PoisonTests<PoisonedSqlite>(federation);

/// <summary>What is handed to hub and node on PostgreSQL.</summary>
public sealed class PoisonOnPostgres(PoisonedPostgres federation) : PoisonTests<PoisonedPostgres>(federation);

/// <summary>One item never decides about the others, whichever door it came through.</summary>
public abstract class PoisonTests<TFederation>(TFederation federation) : IClassFixture<TFederation>
    where TFederation : PoisonedFederation
{
    [Fact]
    public void Every_door_takes_or_refuses_every_item()
    {
        Assert.SkipUnless(HostileRuns.AreAsked, HostileRuns.Reason);
        Assert.True(PoisonCorpus.Contents.Count + PoisonCorpus.Envelopes.Count >= 200);
        Assert.Equal(PoisonCorpus.Contents.Count, PoisonCorpus.Contents.Select(poison => poison.Name).Distinct().Count());
        Assert.Equal(["agenda.ics", "api", "form", "journal", "openagenda.json", "page.html", "tec.json"],
            federation.Handed.Keys.Order(StringComparer.Ordinal));
        Assert.All(federation.Handed.Values, handed => Assert.True(handed >= 200, $"only {handed}"));
        Assert.True(federation.DoorFailures.Count == 0, string.Join('\n', federation.DoorFailures));
    }

    [Fact]
    public void The_good_item_beside_them_is_found_whichever_door_it_came_through()
    {
        Assert.SkipUnless(HostileRuns.AreAsked, HostileRuns.Reason);
        string[] doors = ["agenda.ics", "api", "formulaire", "journal", "openagenda.json", "page.html", "tec.json"];
        Assert.True(doors.All(federation.GoodOnes.Contains), $"Only of {string.Join(", ", federation.GoodOnes)}: {federation.SourcesSay}");
    }

    [Fact]
    public void The_hub_passes_every_entry_of_the_participant_and_says_which_it_set_aside()
    {
        Assert.SkipUnless(HostileRuns.AreAsked, HostileRuns.Reason);
        Assert.Equal((federation.Journal.Sequence, null), (federation.Journal.Hub?.Watermark, federation.Journal.Hub?.StoppedBecause));
        Assert.InRange(federation.Quarantined, PoisonCorpus.Envelopes.Count / 2, federation.Journal.Sequence - 1);
    }

    [Theory]
    [InlineData("before the restart")]
    [InlineData("after the restart")]
    public void Every_page_of_the_site_and_of_the_workspace_answers(string round)
    {
        Assert.SkipUnless(HostileRuns.AreAsked, HostileRuns.Reason);
        Assert.True(federation.Asked[round] > 1_000, $"only {federation.Asked[round]} addresses were asked for");
        Assert.True(federation.Failures[round].Count == 0, string.Join('\n', federation.Failures[round].Take(50)));
    }

    [Fact]
    public void The_processes_end_only_when_they_are_asked_to()
    {
        Assert.SkipUnless(HostileRuns.AreAsked, HostileRuns.Reason);
        Assert.Equal([0, 0], federation.ExitCodes);
        Assert.True(federation.Ends.Count == 0, string.Join('\n', federation.Ends.Take(20)));
    }
}
