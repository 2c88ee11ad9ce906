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
        Assert.Equal((rule, null), RepetitionReading.Read(typed, FirstTuesday, "Europe/Paris"));
        Assert.Null(Repetition.Judge(FirstTuesday, new Recurrence(rule, []), "Europe/Paris"));
    }

    [Theory]
    [InlineData("de temps en temps", "n’est pas comprise")]
    [InlineData("tous les mardis", "Jusqu’à quand")]
    [InlineData("tous les mardis jusqu’au 31 février", "Jusqu’à quand")]
    [InlineData("tous les mercredis 3 fois", "La première date est un mardi")]
    [InlineData("tous les deuxièmes mardis 3 fois", "n’est pas le deuxième mardi")]
    public void What_is_not_understood_is_said_with_an_example(string typed, string said)
    {
        var (rule, error) = RepetitionReading.Read(typed, FirstTuesday, "Europe/Paris");
        Assert.Null(rule);
        Assert.Contains(said, error?.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void All_day_events_end_on_a_day() =>
        Assert.Equal("FREQ=WEEKLY;UNTIL=20270630",
            RepetitionReading.Read("tous les mardis jusqu’en juin", new Session("1", "2026-12-01", "2026-12-02"), "Europe/Paris").Rule);

    [Fact]
    public void What_words_can_say_is_read_again_as_the_same_dates() =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 3], Gen.Int[2, 9], Gen.Bool, Gen.Bool).Sample((days, kind, number, counted, english) =>
        {
            var day = new DateOnly(2026, 1, 1).AddDays(days);
            var first = new Session("1", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T09:00:00");
            var place = RepetitionWords.PlaceOf(day) > 4 ? -1 : RepetitionWords.PlaceOf(day);
            var rhythm = kind switch
            {
                0 => "FREQ=WEEKLY",
                1 => $"FREQ=WEEKLY;INTERVAL={number}",
                2 => $"FREQ=MONTHLY;BYDAY={place}{RepetitionWords.CodeOf(RepetitionWords.WeekdayOf(day))}",
                _ => "FREQ=DAILY"
            };
            var rule = counted ? $"{rhythm};COUNT={number}" : $"{rhythm};UNTIL={day.AddMonths(number):yyyyMMdd}T215959Z";
            using var _ = new InLanguage(english ? "en" : "fr-FR");
            var words = RepetitionWords.Of(rule, day);
            Assert.NotNull(words);
            var (again, error) = RepetitionReading.Read(words, first, "Europe/Paris");
            Assert.True(again is not null, $"{rule} → {words}: {error}");
            Assert.Equal(Repetition.Shifts(first, new Recurrence(rule, []), "Europe/Paris", day),
                Repetition.Shifts(first, new Recurrence(again, []), "Europe/Paris", day));
        }, iter: 300);

    [Fact]
    public void The_form_keeps_exceptions_that_lie_beyond_the_horizon_or_are_the_first_date()
    {
        var form = ItemForm.Empty(Kinds.Event);
        form.Sessions[0] = new SessionInput("1", "2012-01-03", "09:00", "", "11:00");
        form[RepeatField.Name] = "RRULE:FREQ=WEEKLY;UNTIL=20391231T225959Z";
        form.Except.UnionWith(["2012-01-03T09:00:00", "2012-01-10T09:00:00", "2026-12-01T09:00:00", "2026-12-02T09:00:00",
            "2038-01-05T09:00:00"]);
        var dates = RepeatField.DatesOf(form, new DateOnly(2026, 11, 23));
        string[] kept = ["2012-01-03T09:00:00", "2012-01-10T09:00:00", "2026-12-01T09:00:00", "2038-01-05T09:00:00"];
        Assert.Equal(kept, dates.Where(date => !date.TakesPlace).Select(date => date.Start));
        Assert.Equal("2025-10-07T09:00:00", dates.First(date => date.TakesPlace).Start);
        Assert.Equal(kept, RepeatField.Read(form, known: null, new Session("1", "2012-01-03T09:00:00", "2012-01-03T11:00:00"),
            "Europe/Paris").Recurrence?.Except);
    }

    [Fact]
    public void A_rule_that_says_more_than_words_can_is_not_put_into_words() =>
        Assert.All(["FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=4", "FREQ=WEEKLY;INTERVAL=0;COUNT=2"], rule =>
            Assert.Null(RepetitionWords.Of(rule, new DateOnly(2026, 12, 1))));

    private sealed class InLanguage : IDisposable
    {
        private readonly CultureInfo before = CultureInfo.CurrentUICulture;

        public InLanguage(string tag) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(tag);

        public void Dispose() => CultureInfo.CurrentUICulture = before;
    }
}
