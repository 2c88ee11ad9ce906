using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Node.Publishing.Recurrences;

namespace Interclustering.Tests.Publishing;

/// <summary>The table of <see cref="RepetitionSentences"/>, in the language of the page on which each is typed.</summary>
public sealed class RepetitionTableTests
{
    private const string Zone = "Europe/Paris";

    public static TheoryData<string, string, string, string> Sentences
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var (typed, first, expected) in RepetitionSentences.French)
            {
                rows.Add("fr-FR", typed, first, expected);
            }

            foreach (var (typed, first, expected) in RepetitionSentences.English)
            {
                rows.Add("en-GB", typed, first, expected);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_has_the_dates_that_it_means(string language, string typed, string first, string expected)
    {
        using var _ = new InLanguage(language);
        var session = new Session("1", first + "T09:00:00", first + "T11:00:00");
        var read = RepetitionReading.Read(typed, session, Zone);
        if (expected.StartsWith('✗'))
        {
            Assert.True(read is { Rule: null, Days: [] }, read.Rule);
            Assert.Contains(expected[2..], read.Error?.Replace('\u00a0', ' '), StringComparison.Ordinal);
            return;
        }

        if (expected.StartsWith('…'))
        {
            Assert.Null(read.Rule);
            Assert.Contains(language == "en-GB" ? "Until when" : "Jusqu’à quand", read.Error?.Replace('\u00a0', ' '),
                StringComparison.Ordinal);
            read = RepetitionReading.Read(typed + (language == "en-GB" ? ", 4 times" : ", 4 fois"), session, Zone);
        }

        Assert.True(read.Error is null, read.Error);
        var start = EventTimes.Local(session.Start);
        var today = DateOnly.FromDateTime(start).AddYears(3);
        var starts = read.Rule is { } rule
            ? Repetition.Shifts(session, new Recurrence(rule, read.Except), Zone, today).Select(shift => start + shift).Prepend(start)
            : read.Days.Select(day => day.ToDateTime(TimeOnly.FromDateTime(start)));
        string[] dates = [.. starts.Select(at => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        Agree(expected.TrimStart('…', ' '), dates);
    }

    private static void Agree(string expected, string[] dates)
    {
        var (named, count) = expected.Split(" = ") is [var some, var all] ? (some.Split(' '), int.Parse(all, CultureInfo.InvariantCulture))
            : (expected.Split(' '), expected.Split(' ').Length);
        Assert.Equal(named, dates.Take(named.Length).Select((date, index) => date[^named[index].Length..]));
        Assert.Equal(count, dates.Length);
    }

    private sealed class InLanguage : IDisposable
    {
        private readonly (CultureInfo, CultureInfo) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

        public InLanguage(string tag) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(tag);

        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
    }
}
