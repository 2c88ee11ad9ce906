using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Hub.Agenda;

namespace Interclustering.Tests.Hub;

public sealed class OccurrenceTests
{
    [Fact]
    public void A_weekly_series_keeps_its_hour_across_both_changes_of_clocks()
    {
        var autumn = Times(Happening.On("2026-10-18T11:00:00", "2026-10-18T12:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []) });
        var spring = Times(Happening.On("2027-03-21T11:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []) });
        Assert.Equal([new DateOnly(2026, 10, 18), new(2026, 10, 25), new(2026, 11, 1)], autumn.Select(time => time.Day));
        Assert.All(autumn.Concat(spring), time => Assert.Equal(new TimeOnly(11, 0), time.Start));
    }

    [Fact]
    public void An_end_in_utc_keeps_the_last_date()
    {
        // 18 h in Paris is 17 h UTC in winter: the last one is within it.
        var times = Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;UNTIL=20261215T170000Z", []) });
        Assert.Equal([1, 8, 15], times.Select(time => time.Day.Day));
    }

    [Fact]
    public void Exceptions_do_not_take_place()
    {
        var times = Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=DAILY;COUNT=4", ["2026-12-03T18:00:00"]) });
        Assert.Equal([1, 2, 4], times.Select(time => time.Day.Day));
    }

    [Theory]
    [InlineData("2027-03-28T02:30:00", "Europe/Paris", "2027-03-28 03:30")]
    [InlineData("2026-10-25T02:30:00", "Europe/Paris", "2026-10-25 02:30")]
    [InlineData("2026-12-10T09:00:00", "Europe/London", "2026-12-10 10:00")]
    [InlineData("2026-12-10T20:00:00", "America/New_York", "2026-12-11 02:00")]
    [InlineData("2026-11-01T01:30:00", "America/New_York", "2026-11-01 06:30")]
    [InlineData("2026-12-10T09:00:00", "Mars/Olympus", "2026-12-10 09:00")]
    public void Times_are_shown_in_paris(string start, string zone, string shown)
    {
        var time = Assert.Single(Times(Happening.On(start) with { TimeZone = zone }));
        Assert.Equal(shown, $"{time.Day:yyyy-MM-dd} {time.Start:HH\\:mm}");
    }

    [Theory]
    [InlineData("2026-12-10", null, 10)]
    [InlineData("2026-12-10", "2026-12-11", 10)]
    [InlineData("2026-12-10", "2026-12-13", 12)]
    [InlineData("2026-12-10T20:00:00", "2026-12-11T00:00:00", 10)]
    [InlineData("2026-12-10T20:00:00", "2026-12-11T01:00:00", 11)]
    public void An_end_is_exclusive(string start, string? end, int lastDay) =>
        Assert.Equal(lastDay, Assert.Single(Times(Happening.On(start, end))).LastDay.Day);

    [Theory]
    [InlineData("FREQ=WEEKLY")]
    [InlineData("FREQ=SECONDLY;COUNT=4")]
    [InlineData("FREQ=OFTEN;COUNT=4")]
    [InlineData("")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3;BYHOUR=99")]
    public void A_rule_that_can_not_be_followed_is_judged(string rule) =>
        Assert.NotNull(Repetition.Judge(new Session("1", "2026-12-01T18:00:00"), new Recurrence(rule, []), "Europe/Paris"));

    [Fact]
    public void A_series_is_shown_for_three_years_at_most()
    {
        var times = Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=MONTHLY;UNTIL=20991231", []) });
        Assert.Equal(36, times.Count);
    }

    private static List<Occurrence> Times(Event happening) =>
        [.. Occurrences.Of(new Published("bsc-1", Kinds.Event, Directories.Two.Clusters[0], happening, 1, default, default, 1))];
}
