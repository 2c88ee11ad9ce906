using CsCheck;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;

namespace Interclustering.Tests.Hub;

public sealed class OccurrenceTests
{
    [Fact]
    public void A_weekly_series_keeps_its_hour_across_both_changes_of_clocks()
    {
        var autumn = Times(
            Happening.On("2026-10-18T11:00:00", "2026-10-18T12:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []) });
        var spring = Times(Happening.On("2027-03-21T11:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=3", []) });
        Assert.Equal([new DateOnly(2026, 10, 18), new(2026, 10, 25), new(2026, 11, 1)], autumn.Select(time => time.Day));
        Assert.All(autumn.Concat(spring), time => Assert.Equal(new TimeOnly(11, 0), time.Start));
    }

    [Fact]
    public void An_end_in_utc_keeps_the_last_date()
    {
        // 18 h in Paris is 17 h UTC in winter: the last one is within it.
        var times =
            Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=WEEKLY;UNTIL=20261215T170000Z", []) });
        Assert.Equal([1, 8, 15], times.Select(time => time.Day.Day));
    }

    [Fact]
    public void Exceptions_do_not_take_place()
    {
        var times =
            Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=DAILY;COUNT=4", ["2026-12-03T18:00:00"]) });
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

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=400;BYHOUR=9")]
    [InlineData("FREQ=DAILY;COUNT=400;BYMINUTE=0")]
    [InlineData("FREQ=DAILY;COUNT=400;BYSECOND=0")]
    [InlineData("FREQ=YEARLY;COUNT=4;BYWEEKNO=20")]
    [InlineData("FREQ=YEARLY;COUNT=4;BYYEARDAY=100")]
    [InlineData("FREQ=YEARLY;COUNT=4;RSCALE=GREGORIAN")]
    [InlineData("FREQ=WEEKLY;COUNT=4;COUNT=5")]
    [InlineData("FREQ=WEEKLY;COUNT=0")]
    [InlineData("FREQ=WEEKLY;INTERVAL=999999999999;COUNT=4")]
    [InlineData("FREQ=WEEKLY;INTERVAL=-1;COUNT=4")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO;COUNT=4")]
    [InlineData("FREQ=MONTHLY;BYDAY=6MO;COUNT=4")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0;COUNT=4")]
    [InlineData("FREQ=YEARLY;BYMONTH=13;COUNT=4")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1;COUNT=4")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO;COUNT=4")]
    [InlineData("FREQ=WEEKLY;UNTIL=soon")]
    [InlineData("FREQ=WEEKLY;COUNT")]
    public void A_rule_that_has_no_words_is_refused(string rule) =>
        Assert.NotNull(Repetition.Judge(new Session("1", "2026-12-01T18:00:00"), new Recurrence(rule, []), "Europe/Paris"));

    [Theory]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "2026-12-01 2026-12-15 2026-12-29")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "2026-12-01 2026-12-03 2026-12-08 2026-12-10")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4", "2026-12-01 2026-12-13 2026-12-15 2026-12-27")]
    [InlineData("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", "2026-12-01 2027-01-05 2027-02-02")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20270228T225959Z", "2026-12-01 2026-12-31 2027-01-29 2027-02-26")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=4", "2026-12-01 2026-12-31 2027-01-01 2027-01-31")]
    [InlineData("FREQ=YEARLY;BYMONTH=12,6;COUNT=3", "2026-12-01 2027-06-01 2027-12-01")]
    [InlineData("FREQ=YEARLY;BYMONTH=12;BYDAY=1TU;COUNT=2", "2026-12-01 2027-12-07")]
    [InlineData("FREQ=YEARLY;BYDAY=-1SU;UNTIL=20280101", "2026-12-01 2026-12-27 2027-12-26")]
    [InlineData("FREQ=DAILY;INTERVAL=10;UNTIL=20261221", "2026-12-01 2026-12-11 2026-12-21")]
    public void A_rule_that_people_say_is_followed(string rule, string days) => Assert.Equal(
        days, string.Join(' ', Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence(rule, []) })
            .Select(time => $"{time.Day:yyyy-MM-dd}")));

    [Fact]
    public void Whatever_a_rule_says_following_it_looks_at_the_days_of_three_years_at_most()
    {
        string[] hostile = [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=400", "FREQ=DAILY;BYDAY=MO;BYSETPOS=5;COUNT=400",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-31;COUNT=9999",
            "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11;COUNT=9999", "FREQ=YEARLY;INTERVAL=366;BYDAY=5FR;COUNT=9999",
                "FREQ=WEEKLY;INTERVAL=366;COUNT=9999", "FREQ=DAILY;UNTIL=99991231",
        ];
        Assert.All(hostile, rule =>
            Assert.InRange(Repetition.Follow(new Session("1", "2026-12-01T18:00:00"), new Recurrence(rule, []), "Europe/Paris").Steps, 1,
            Repetition.MostSteps));
    }

    [Fact]
    public void Rules_are_followed_as_another_library_follows_them()
    {
        var days = AnyOf("MO", "TU", "WE", "TH", "FR", "SA", "SU");
        var rule = Gen.OneOf(
            Gen.Int[1, 9].Select(every => $"FREQ=DAILY;INTERVAL={every}"),
            Gen.Select(Gen.Int[1, 4], days.Array[1, 3])
                .Select(pair => $"FREQ=WEEKLY;INTERVAL={pair.Item1};BYDAY={string.Join(',', pair.Item2.Distinct())}"),
            Gen.Select(Gen.Int[1, 4], AnyOf(1, 2, 3, 4, 5, -1, -2), days)
                .Select(parts => $"FREQ=MONTHLY;INTERVAL={parts.Item1};BYDAY={parts.Item2}{parts.Item3}"),
            Gen.Select(Gen.Int[1, 3], Gen.Int[1, 31].Array[1, 4])
                .Select(pair => $"FREQ=MONTHLY;INTERVAL={pair.Item1};BYMONTHDAY={string.Join(',', pair.Item2.Distinct())}"),
            Gen.Select(AnyOf(1, 2, -1, -2), days.Array[1, 5])
                .Select(pair => $"FREQ=MONTHLY;BYDAY={string.Join(',', pair.Item2.Distinct())};BYSETPOS={pair.Item1}"),
            Gen.Select(Gen.Int[1, 12].Array[1, 3], AnyOf(1, 3, -1), days)
                .Select(parts => $"FREQ=YEARLY;BYMONTH={string.Join(',', parts.Item1.Distinct())};BYDAY={parts.Item2}{parts.Item3}"));
        Gen.Select(rule, Gen.Int[0, 700], Gen.Int[1, 20]).Sample((rhythm, later, count) =>
        {
            var text = $"{rhythm};COUNT={count}";
            var from = new DateTime(2026, 1, 1, 11, 0, 0).AddDays(later);
            // A start that the rule does not reach is read differently by different programs: begin at a date that it reaches.
            var first = Other(from, $"{rhythm};COUNT=1").Append(from).First();
            var known = Other(first, text).TakeWhile(at => at < first.AddYears(3)).ToList();
            Assert.Equal(known.Where(at => at != first)
                .Select(at => at - first), Repetition.Shifts(new Session("1", $"{first:s}"), new Recurrence(text, []), "Europe/Paris"));
        }, iter: 300);

        static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

        static IEnumerable<DateTime> Other(DateTime start, string text) => new Ical.Net.CalendarComponents.CalendarEvent
        {
            Start = new Ical.Net.DataTypes.CalDateTime(start, "Europe/Paris"),
            RecurrenceRule = new Ical.Net.DataTypes.RecurrenceRule(text),
        }.GetOccurrences(options: new Ical.Net.Evaluation.EvaluationOptions { MaxUnmatchedIncrementsLimit = 100 })
            .Select(each => each.Period.StartTime.Value);
    }

    [Fact]
    public void A_rule_that_is_refused_today_leaves_what_was_published_with_it_its_first_date() =>
        Assert.Single(
            Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=DAILY;BYHOUR=9,18;COUNT=4", []) }));

    [Fact]
    public void A_series_is_shown_for_three_years_at_most()
    {
        var times = Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=MONTHLY;UNTIL=20991231", []) });
        Assert.Equal(36, times.Count);
    }

    private static List<Occurrence> Times(Event happening) =>
        [.. Occurrences.Of(new Published("bsc-1", Kinds.Event, Directories.Two.Clusters[0], happening, 1, default, default, 1))];
}
