using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Comparing;
using Interclustering.Node.Sources;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Sources;

/// <summary>One event stays one publication, whatever key its sources give it.</summary>
public sealed class SourceKeyTests : SourceRehearsal
{
    [Fact]
    public async Task An_event_under_a_new_key_stays_the_same_publication_when_there_is_no_doubt()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b"));
        var before = await SubjectAsync("a");
        // The same title and time; and another one moved by two days in the same room.
        var run = await LookAsync(source, [("a2", "Réunion a", Today.AddDays(10)), ("b2", "Réunion b", Today.AddDays(13))]);
        Assert.Equal((0, 2, 0), Counts(run));
        Assert.Equal(before, await SubjectAsync("a2"));
        Assert.Equal(2, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task An_event_that_may_be_the_same_is_asked_about_before_anything_is_doubled()
    {
        var source = await SourceAsync();
        await LookAsync(source, Events("a", "b", "c"));
        var run = await LookAsync(source, [.. Events("b", "c"), ("x", "Réunion a", Today.AddDays(50))]);
        Assert.Equal((0, 1), (run.Created, run.Proposed));
        await LookAsync(source, [.. Events("b", "c"), ("x", "Réunion a", Today.AddDays(50))]);
        await LookAsync(source, [.. Events("b", "c"), ("x", "Réunion a", Today.AddDays(50))]);
        Assert.Equal(3, (await TitlesAsync(PublicationState.Published)).Count);
        Assert.Equal(EventStatus.Confirmed, (await EventAsync("a")).Status);
        await using var db = Node.Open();
        var asked = await db.SourceItems.SingleAsync(item => item.State == SourceItemState.AskSame, Stop);
        Assert.Equal(("x", "a"), (asked.Key, asked.LikelyKey));
    }

    [Fact]
    public async Task Two_calendars_that_count_from_one_do_not_touch_each_other()
    {
        var (one, two) = (await SourceAsync(), await SourceAsync(path: "/autre.ics"));
        Site.Serve("/autre.ics", AwkwardSite.Calendar([("1", "Formation", Today.AddDays(40)), ("2", "Formation 2", Today.AddDays(41))]));
        for (var look = 0; look < 3; look++)
        {
            await LookAsync(one, [("1", "Atelier", Today.AddDays(20)), ("2", "Atelier 2", Today.AddDays(21))]);
            await LookAsync(two);
        }

        Assert.Equal(["Atelier", "Atelier 2", "Formation", "Formation 2"], await TitlesAsync(PublicationState.Published));
        await LookAsync(one, [("2", "Atelier 2", Today.AddDays(21))]);
        await LookAsync(one, [("2", "Atelier 2", Today.AddDays(21))]);
        await using var db = Node.Open();
        var cancelled = (await db.WorkingCopies.AsNoTracking().ToListAsync(Stop))
            .Where(copy => ((Event)PublicationText.Read(copy.Kind, copy.Data)).Status == EventStatus.Cancelled).Select(copy => copy.Title);
        Assert.Equal(["Atelier"], cancelled);
    }

    [Fact]
    public async Task A_series_whose_keys_are_new_at_every_look_is_recognised_without_a_question()
    {
        var source = await SourceAsync();
        for (var look = 0; look < 3; look++)
        {
            var run = await LookAsync(source, [.. Enumerable.Range(0, 4).Select(week =>
                ($"{look}-{week}", "Permanence", Today.AddDays(100 + (7 * week))))]);
            Assert.Equal((look == 0 ? 4 : 0, 0, 0), (run.Created, run.Proposed, run.Absent));
        }

        Assert.Equal(4, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task What_another_source_publishes_already_is_asked_about_once()
    {
        var (one, two) = (await SourceAsync(), await SourceAsync(path: "/autre.ics"));
        await LookAsync(one, Events("a", "b"));
        Site.Serve("/autre.ics", AwkwardSite.Calendar([("z", "Réunion a", Today.AddDays(10)), ("y", "Autre chose", Today.AddDays(15))]));
        var run = await LookAsync(two);
        Assert.Equal((1, 1), (run.Created, run.Proposed));
        await using (var db = Node.Open())
        {
            var asked = await db.SourceItems.SingleAsync(item => item.State == SourceItemState.AskSame, Stop);
            Assert.Equal(SourceItem.OwnPublication + await SubjectAsync("a"), asked.LikelyKey);
            asked.State = SourceItemState.Elsewhere;
            await db.SaveChangesAsync(Stop);
        }

        Assert.Equal((0, 0), (await LookAsync(two)) is var again ? (again.Created, again.Proposed) : default);
        Assert.Equal(3, (await TitlesAsync(PublicationState.Published)).Count);
    }

    [Fact]
    public async Task A_publication_that_can_not_be_read_keeps_no_source_from_being_looked_at()
    {
        var (one, two) = (await SourceAsync(), await SourceAsync(path: "/autre.ics"));
        await LookAsync(one, Events("a"));
        await using (var db = Node.Open())
        {
            await db.WorkingCopies.ExecuteUpdateAsync(row => row.SetProperty(copy => copy.Data, "{"), Stop);
        }

        Site.Serve("/autre.ics", AwkwardSite.Calendar([("z", "Autre chose", Today.AddDays(15))]));
        var run = await LookAsync(two);
        Assert.Equal((null, 1), (run.Failure, run.Created));
    }

    [Fact]
    public void A_source_whose_keys_all_changed_is_compared_in_linear_steps()
    {
        const int Count = 2_000;
        List<(int Item, Similarity Similarity)> all = [.. Enumerable.Range(0, Count).Select(number => (number, Similarity.Of(Same)))];
        var known = new Similarities<int>(all);
        Assert.True(all.Sum(item => known.Near(item.Similarity).Count) <= Count * 100);
    }

    private static Event Same { get; } = new() { Nonce = "", Title = "Réunion", Sessions = [new Session("1", "2026-12-10T09:00:00")] };
}
