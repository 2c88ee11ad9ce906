using System.Globalization;
using CsCheck;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Node.Publishing.Form;
using Interclustering.Node.Publishing.Recurrences;

namespace Interclustering.Tests.Publishing;

/// <summary>Repetitions in words: what people write is understood, and what is kept can be said again.</summary>
public sealed class RepetitionTests
{
    /// <summary>1 December 2026 is a Tuesday, and the first of its month.</summary>
    private static readonly Session FirstTuesday = new("1", "2026-12-01T09:00:00", "2026-12-01T11:00:00");

    [Theory]
    [InlineData("tous les premiers mardis jusqu’en juin", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630T215959Z")]
    [InlineData("Tous les premiers mardis du mois, jusqu'en juin 2028.", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20280630T215959Z")]
    [InlineData("le premier mardi de chaque mois jusqu’au 2 février", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270202T225959Z")]
    [InlineData("tous les mardis 6 fois", "FREQ=WEEKLY;COUNT=6")]
    [InlineData("chaque mardi pendant 6 fois", "FREQ=WEEKLY;COUNT=6")]
    [InlineData("un mardi sur deux jusqu’à fin mars", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270331T215959Z")]
    [InlineData("toutes les 2 semaines, 6 fois", "FREQ=WEEKLY;INTERVAL=2;COUNT=6")]
    [InlineData("une semaine sur deux 6 fois", "FREQ=WEEKLY;INTERVAL=2;COUNT=6")]
    [InlineData("tous les mois 3 fois", "FREQ=MONTHLY;COUNT=3")]
    [InlineData("tous les jours jusqu’au 1er janvier", "FREQ=DAILY;UNTIL=20270101T225959Z")]
    [InlineData("tous les ans 3 fois", "FREQ=YEARLY;COUNT=3")]
    [InlineData("every first Tuesday until June", "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630T215959Z")]
    [InlineData("every 2 weeks, 6 times", "FREQ=WEEKLY;INTERVAL=2;COUNT=6")]
    [InlineData("every other Tuesday until 30 June 2027", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630T215959Z")]
    [InlineData("every Tuesday until June 30, 2027", "FREQ=WEEKLY;UNTIL=20270630T215959Z")]
    public void Words_are_understood(string typed, string rule)
    {
        var read = RepetitionReading.Read(typed, FirstTuesday, "Europe/Paris");
        Assert.Equal((rule, null), (read.Rule, read.Error));
        Assert.Null(Repetition.Judge(FirstTuesday, new Recurrence(rule, []), "Europe/Paris"));
    }

    [Theory]
    [InlineData("de temps en temps", "« temps » n’est pas compris")]
    [InlineData("tous les mardis", "Jusqu’à quand")]
    [InlineData("tous les mardis jusqu’au 31 février", "Jusqu’à quand")]
    [InlineData("tous les mercredis 3 fois", "La première date est un mardi")]
    [InlineData("tous les deuxièmes mardis 3 fois", "n’est pas le deuxième mardi")]
    public void What_is_not_understood_is_said_with_an_example(string typed, string said)
    {
        var read = RepetitionReading.Read(typed, FirstTuesday, "Europe/Paris");
        Assert.Null(read.Rule);
        Assert.Contains(said, read.Error?.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void All_day_events_end_on_a_day() =>
        Assert.Equal("FREQ=WEEKLY;UNTIL=20270630",
            RepetitionReading.Read("tous les mardis jusqu’en juin", new Session("1", "2026-12-01", "2026-12-02"), "Europe/Paris").Rule);

    [Fact]
    public void What_words_can_say_is_read_again_as_the_same_rule() =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 11], Gen.Int[1, 16], Gen.Bool, Gen.Bool).Sample((days, kind, number, counted, english) =>
        {
            var day = new DateOnly(2026, 1, 1).AddDays(days);
            var first = new Session("1", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T09:00:00");
            var rule = RhythmOf(kind, number, day) + (counted ? $";COUNT={number}" : $";UNTIL={day.AddMonths(number):yyyyMMdd}T203000Z");
            using var _ = new InLanguage(english ? "en" : "fr-FR");
            var words = RepetitionWords.Of(rule, day, "Europe/Paris");
            if (words is null)
            {
                Assert.True(!english && kind == 0 && number is 8 or 15, rule);
                return;
            }

            var read = RepetitionReading.Read(words, first, "Europe/Paris");
            Assert.True(read.Rule is not null, $"{rule} → {words}: {read.Error}");
            Assert.Equal(RepetitionWords.Of(read.Rule, day, "Europe/Paris"), words);
            Assert.Equal(Repetition.Shifts(first, new Recurrence(rule, []), "Europe/Paris", day),
                Repetition.Shifts(first, new Recurrence(read.Rule, []), "Europe/Paris", day));
        }, iter: 3000);

    /// <summary>A rule that the first day belongs to.</summary>
    private static string RhythmOf(int kind, int number, DateOnly day)
    {
        string[] codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
        var (own, next) = (codes[(int)day.DayOfWeek], codes[((int)day.DayOfWeek + 2) % 7]);
        var place = day.Day > 28 ? -1 : ((day.Day - 1) / 7) + 1;
        var last = DateTime.DaysInMonth(day.Year, day.Month);
        return kind switch
        {
            0 => $"FREQ=DAILY;INTERVAL={number}",
            1 => "FREQ=WEEKLY",
            2 => $"FREQ=WEEKLY;INTERVAL={number}",
            3 => $"FREQ=WEEKLY;BYDAY={own},{next}",
            4 => $"FREQ=WEEKLY;INTERVAL={number};BYDAY={own},{next}",
            5 when day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            6 => $"FREQ=MONTHLY;INTERVAL={number};BYDAY={place}{own}",
            7 => $"FREQ=MONTHLY;INTERVAL={number};BYDAY={place}{own},{(place == 2 ? 4 : 2)}{own}",
            8 => $"FREQ=MONTHLY;INTERVAL={number}",
            9 => day.Day == last ? $"FREQ=MONTHLY;INTERVAL={number};BYMONTHDAY=-1"
                : $"FREQ=MONTHLY;INTERVAL={number};BYMONTHDAY={(day.Day == 1 ? "1,15" : $"1,{day.Day}")}",
            10 => $"FREQ=YEARLY;INTERVAL={number};BYMONTH={day.Month};BYDAY={place}{own}",
            _ => $"FREQ=YEARLY;INTERVAL={number}",
        };
    }

    [Fact]
    public void The_form_keeps_exceptions_that_lie_beyond_the_horizon_or_are_the_first_date()
    {
        var form = ItemForm.Empty(Kinds.Event);
        form.Sessions[0] = new SessionInput("1", "2012-01-03", "09:00", "", "11:00");
        form[RepeatField.Name] = "RRULE:FREQ=WEEKLY;UNTIL=20391231T225959Z";
        form.Except.UnionWith(["2012-01-03T09:00:00", "2012-01-10T09:00:00", "2026-12-01T09:00:00", "2026-12-02T09:00:00",
            "2038-01-05T09:00:00"]);
        var dates = RepeatField.Understood(form, new DateOnly(2026, 11, 23))?.Dates ?? [];
        string[] kept = ["2012-01-03T09:00:00", "2012-01-10T09:00:00", "2026-12-01T09:00:00", "2038-01-05T09:00:00"];
        Assert.Equal(kept, dates.Where(date => !date.TakesPlace).Select(date => date.Start));
        Assert.Equal("2025-10-07T09:00:00", dates.First(date => date.TakesPlace).Start);
        Assert.Equal(kept, RepeatField.Read(form, known: null, new Session("1", "2012-01-03T09:00:00", "2012-01-03T11:00:00"),
            "Europe/Paris").Recurrence?.Except);
    }

    [Fact]
    public void Single_days_are_sessions_with_the_hours_of_the_first()
    {
        var form = ItemForm.Empty(Kinds.Event);
        form[RepeatField.Name] = "les 1, 10 et 17 décembre";
        var read = RepeatField.Read(form, known: null, FirstTuesday, "Europe/Paris");
        Assert.Equal((null, null), (read.Recurrence, read.Error));
        Session[] expected =
        [
            FirstTuesday, new("2", "2026-12-10T09:00:00", "2026-12-10T11:00:00"), new("3", "2026-12-17T09:00:00", "2026-12-17T11:00:00"),
        ];
        Assert.Equal(expected, SessionReading.Together([FirstTuesday], read.Further));

        // A date that already has its row is not added again.
        Assert.Equal(expected, SessionReading.Together(expected, read.Further));
    }

    [Fact]
    public void What_words_leave_out_is_an_exception_beside_those_that_are_ticked()
    {
        var form = ItemForm.Empty(Kinds.Event);
        form.Sessions[0] = new SessionInput("1", "2026-12-01", "09:00", "", "11:00");
        form[RepeatField.Name] = "tous les mardis, 6 fois, sauf le 29 décembre";
        form.Except.Add("2026-12-15T09:00:00");
        var read = RepeatField.Read(form, known: null, FirstTuesday, "Europe/Paris");
        Assert.Equal("FREQ=WEEKLY;COUNT=6", read.Recurrence?.Rule);
        Assert.Equal(["2026-12-15T09:00:00", "2026-12-29T09:00:00"], read.Recurrence?.Except);
        var shown = RepeatField.Understood(form, new DateOnly(2026, 11, 23));
        Assert.Equal("2026-12-29T09:00:00", Assert.Single(shown!.Dates, date => date.IsLeftOutInWords).Start);
        Assert.Equal([new(2026, 12, 1), new(2026, 12, 8), new(2026, 12, 22)], shown.Next(new DateOnly(2026, 11, 23), 3));
    }

    [Fact]
    public void A_day_without_its_year_that_comes_twice_in_a_series_is_not_guessed()
    {
        const string typed = "tous les jours jusqu’au 31 décembre 2027 sauf le 24 décembre";
        Assert.Contains("de quelle année", RepetitionReading.Read(typed, FirstTuesday, "Europe/Paris").Error, StringComparison.Ordinal);
        Assert.Equal(["2027-12-24T09:00:00"], RepetitionReading.Read(typed + " 2027", FirstTuesday, "Europe/Paris").Except);
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        string[] words = ["tous les", "mardi", "le", "3", "mars", "30/06", "2027-02-31", "du", "au", "sauf", "en", "un", "sur", "deux",
            "1er", "0", "99999999999", "mois", "jours", "fois", "pendant", "jusqu’", "fin", ",", "et", "-", "9999",
            "week-end", "dernier", "ans"];
        Gen.OneOf(Gen.String, Gen.Int[0, words.Length - 1].Select(index => words[index])).Array[1, 9].Sample(parts =>
        {
            var typed = string.Join(' ', parts);
            var read = RepetitionReading.Read(typed, FirstTuesday, "Europe/Paris");
            Assert.True(read.Error is { Length: > 0 } || read.Rule is not null || read.Days.Count > 0, typed);
        }, iter: 5000);
    }

    [Fact]
    public void A_rule_that_says_more_than_words_can_is_not_put_into_words() =>
        Assert.All(
            ["FREQ=WEEKLY;BYDAY=WE,TH;COUNT=4", "FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=4", "FREQ=MONTHLY;BYDAY=TU;COUNT=4",
                "FREQ=WEEKLY;INTERVAL=0;COUNT=2", "FREQ=WEEKLY;COUNT=2;UNTIL=20271231", "FREQ=WEEKLY;BYMONTH=1,12;COUNT=4",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4"],
            rule => Assert.Null(RepetitionWords.Of(rule, new DateOnly(2026, 12, 1), "Europe/Paris")));

    private sealed class InLanguage : IDisposable
    {
        private readonly CultureInfo before = CultureInfo.CurrentUICulture;

        public InLanguage(string tag) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(tag);

        public void Dispose() => CultureInfo.CurrentUICulture = before;
    }
}
