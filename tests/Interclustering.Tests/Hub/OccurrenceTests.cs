using CsCheck;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;

namespace Interclustering.Tests.Hub;

public sealed class OccurrenceTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    /// <summary>On <see cref="Today"/>: exclusive.</summary>
    private static readonly DateTime Horizon = new(2029, 1, 1);

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
    public void Whatever_a_rule_says_following_it_looks_at_a_bounded_number_of_days()
    {
        string[] hostile = [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYDAY=MO;BYSETPOS=5", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=366",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-31", "FREQ=MONTHLY;INTERVAL=366;BYDAY=1MO",
            "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11", "FREQ=YEARLY;INTERVAL=366;BYDAY=5FR", "FREQ=WEEKLY;INTERVAL=366",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        ];
        foreach (var start in new DateTime[] { new(2000, 1, 1, 18, 0, 0), new(2016, 12, 1), new(2026, 12, 1), new(2199, 12, 31) })
        {
            Assert.All(hostile, rule => Assert.InRange(Steps(start, $"{rule};UNTIL=99991231"), 1, Repetition.MostSteps));
            // Those that are counted are counted from the first one on.
            Assert.All(hostile, rule => Assert.InRange(Steps(start, $"{rule};COUNT=10000"), 1, DaysTo(start) + (2 * 366)));
        }

        static int Steps(DateTime start, string rule) => Repetition.Follow(
            new Session("1", $"{start:s}"), new Recurrence(rule, []), "Europe/Paris", Today).Steps;

        static int DaysTo(DateTime start) => ((start.AddYears(3) > Horizon ? start.AddYears(3) : Horizon) - start).Days;
    }

    [Fact]
    public void A_series_is_followed_to_the_end_of_the_month_25_months_ahead_whenever_it_began()
    {
        var weekly = Times(Series("2022-01-04T18:00:00", "FREQ=WEEKLY;UNTIL=20281231"));
        Assert.Equal((365, new DateOnly(2022, 1, 4), new DateOnly(2028, 12, 26)), (weekly.Count, weekly[0].Day, weekly[^1].Day));
        var monthly = Times(Series("2022-01-04T18:00:00", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=21991231"));
        Assert.Equal((84, new DateOnly(2028, 12, 5)), (monthly.Count, monthly[^1].Day));
        Assert.Equal(600, Times(Series("2026-06-01T18:00:00", "FREQ=DAILY;COUNT=600")).Count);
    }

    [Fact]
    public void The_horizon_moves_with_the_month_that_it_is()
    {
        var series = Series("2022-01-04T18:00:00", "FREQ=WEEKLY;UNTIL=20991231");
        Assert.Equal(Times(series, new DateOnly(2026, 11, 1)).Select(time => time.Day),
            Times(series, new DateOnly(2026, 11, 30)).Select(time => time.Day));
        Assert.Equal([new DateOnly(2028, 12, 26), new(2029, 1, 30), new(2031, 1, 28)],
            ((DateOnly[])[new(2026, 11, 30), new(2026, 12, 1), new(2028, 12, 31)]).Select(today => Times(series, today)[^1].Day));
    }

    [Fact]
    public void A_long_series_keeps_its_first_session_and_what_is_not_far_away()
    {
        foreach (var rule in new[] { "FREQ=DAILY;UNTIL=20991231", "FREQ=DAILY;COUNT=10000" })
        {
            var days = Times(Series("2012-01-04T18:00:00", rule)).Select(time => time.Day).ToList();
            Assert.Equal([new DateOnly(2012, 1, 4), new(2025, 10, 1), new(2025, 10, 2)], days.Take(3));
            Assert.Equal((1 + 1188, new DateOnly(2028, 12, 31)), (days.Count, days[^1]));
        }
    }

    [Fact]
    public void A_series_of_three_years_and_400_dates_is_shown_whole_however_long_ago_it_was()
    {
        Assert.Equal(150, Times(Series("2003-01-07T18:00:00", "FREQ=WEEKLY;COUNT=150")).Count);
        Assert.Equal(157, Times(Series("2003-01-07T18:00:00", "FREQ=WEEKLY;UNTIL=20060103")).Count);
        Assert.Equal(400, Times(Series("2003-01-07T18:00:00", "FREQ=DAILY;COUNT=400")).Count);
    }

    [Fact]
    public void What_is_far_from_the_first_session_is_reached_as_if_every_day_was_walked()
    {
        string[] rules = [
            "FREQ=DAILY;INTERVAL=7", "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,SA;WKST=SU",
            "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1,31", "FREQ=MONTHLY;INTERVAL=7;BYDAY=2WE",
                "FREQ=YEARLY;INTERVAL=2;BYMONTH=2,12;BYDAY=1TU", "FREQ=YEARLY;BYDAY=-1SU",
        ];
        Gen.Select(Gen.Int[0, rules.Length - 1], Gen.Int[0, 9000]).Sample((index, later) =>
        {
            var session = new Session("1", $"{new DateTime(2000, 1, 1, 11, 0, 0).AddDays(later):s}");
            Assert.Equal(Near($"{rules[index]};COUNT=10000"), Near($"{rules[index]};UNTIL=22001231"));

            List<DateTime> Near(string rule) =>
                [.. Repetition.Shifts(session, new Recurrence(rule, []), "Europe/Paris", Today)
                    .Select(shift => EventTimes.Local(session.Start) + shift).Where(at => at >= new DateTime(2025, 10, 1))];
        }, iter: 300);
    }

    [Fact]
    public void A_first_date_that_is_an_exception_does_not_take_place_and_counts()
    {
        var series = Happening.On("2026-12-01T18:00:00") with
        {
            Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=4", ["2026-12-01T18:00:00", "2026-12-15T18:00:00"]),
        };
        Assert.Equal([8, 22], Times(series).Select(time => time.Day.Day));
        var moved = series with { Sessions = [.. series.Sessions, new Session("2", "2026-12-01T19:30:00")] };
        Assert.Equal(["1 19", "8 18", "22 18"], Times(moved).Select(time => $"{time.Day.Day} {time.Start:HH}"));
        Assert.Empty(Times(series with { Recurrence = new Recurrence("FREQ=WEEKLY;COUNT=1", ["2026-12-01T18:00:00"]) }));
    }

    [Fact]
    public void What_belongs_to_a_series_does_not_depend_on_the_day_on_which_it_is_asked()
    {
        var first = new Session("1", "2022-01-04T09:00:00");
        var series = new Recurrence("FREQ=WEEKLY;UNTIL=20991231", ["2034-01-03T09:00:00"]);
        Assert.Equal(["2022-01-04T09:00:00", "2034-01-03T09:00:00", "2098-12-30T09:00:00"], Repetition.Reached(
            first, series, "Europe/Paris",
            ["2098-12-30T09:00:00", "2034-01-03T09:00:00", "2034-01-03T10:00:00", "2034-01-04T09:00:00", "2022-01-04T09:00:00", "soon",
                "9999-12-31", "2021-12-28T09:00:00"]));
        Assert.Equal(["2022-01-04"], Repetition.Reached(new Session("1", "2022-01-04"), series, "Europe/Paris", ["2022-01-04T00:00:00"]));
        Assert.Equal(["2000-01-04T09:00:00", "2100-01-05T09:00:00", "2100-02-02T09:00:00", "2150-03-03T09:00:00"], Repetition.Reached(
            new Session("1", "2000-01-04T09:00:00"), new Recurrence("FREQ=MONTHLY;BYDAY=1TU;UNTIL=21501231", []), "Europe/Paris",
            ["2150-03-03T09:00:00", "2100-02-02T09:00:00", "2100-01-05T09:00:00", "2100-01-12T09:00:00", "2000-01-04T09:00:00"]));
        Assert.Empty(Repetition.Reached(first, new Recurrence("FREQ=SOMETIMES", []), "Europe/Paris", ["2022-01-04T09:00:00"]));
    }

    [Fact]
    public void The_days_of_a_members_series_keep_their_identity_while_the_horizon_moves()
    {
        var series = Series("2012-01-04T18:00:00", "FREQ=WEEKLY;UNTIL=20991231") with { Visibility = Visibility.Members };
        var (now, later) = (DaysOn(new DateOnly(2026, 11, 23)), DaysOn(new DateOnly(2027, 2, 1)));
        Assert.Contains(new Session("1.20261209", "2026-12-09", "2026-12-10"), now);
        Assert.Contains(new Session("1.20261209", "2026-12-09", "2026-12-10"), later);
        Assert.True(string.CompareOrdinal(now[^1].Start, later[^1].Start) < 0);

        IReadOnlyList<Session> DaysOn(DateOnly today) => ((Event)Published.Redact(series, today)).Sessions;
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
            var known = Other(first, text).TakeWhile(at => at < Horizon || at < first.AddYears(3)).ToList();
            Assert.Equal(known.Where(at => at != first).Select(at => at - first),
                Repetition.Shifts(new Session("1", $"{first:s}"), new Recurrence(text, []), "Europe/Paris", Today));
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
    public void A_series_that_begins_later_is_shown_for_three_years()
    {
        var times = Times(Happening.On("2026-12-01T18:00:00") with { Recurrence = new Recurrence("FREQ=MONTHLY;UNTIL=20991231", []) });
        Assert.Equal(36, times.Count);
    }

    private static Event Series(string start, string rule) => Happening.On(start) with { Recurrence = new Recurrence(rule, []) };

    private static List<Occurrence> Times(Event happening) => Times(happening, Today);

    private static List<Occurrence> Times(Event happening, DateOnly today) =>
        [.. Occurrences.Of(new Published("bsc-1", Kinds.Event, Directories.Two.Clusters[0], happening, 1, default, default, 1), today)];
}
