using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>Reads a repetition as typed, in French or English, or says in words what is not understood.</summary>
internal static partial class RepetitionReading
{
    private const string Invariant = "yyyyMMdd";
    private static readonly string[] FrenchDays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    private static readonly string[] EnglishDays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly string[] FrenchMonths =
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];
    private static readonly string[] EnglishMonths =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    private static readonly string[] FrenchOrdinals = ["premier", "deuxieme", "troisieme", "quatrieme", "dernier"];
    private static readonly string[] EnglishOrdinals = ["first", "second", "third", "fourth", "last"];

    /// <summary>« premier » for <c>1</c>, « dernier » for <c>-1</c>, in the reader's language.</summary>
    public static string? OrdinalOf(string number) => number switch
    {
        "1" => T["premier"],
        "2" => T["deuxième"],
        "3" => T["troisième"],
        "4" => T["quatrième"],
        "-1" => T["dernier"],
        _ => null,
    };

    /// <param name="typed">E.g. « tous les premiers mardis jusqu’en juin ».</param>
    /// <param name="first">The first session.</param>
    /// <param name="zone">IANA name of the zone of its times.</param>
    /// <returns>The rule, or why there is none.</returns>
    public static (string? Rule, string? Error) Read(string typed, Session first, string zone)
    {
        var start = EventTimes.Local(first.Start);
        var day = DateOnly.FromDateTime(start);
        if (Words().Match(Fold(typed)) is not { Success: true } match)
        {
            return (null, T["Cette répétition n’est pas comprise. Écrivez par exemple : {0}.",
                string.Join(" ; ", RepetitionWords.OfferedFor(day).Take(3))]);
        }

        var (rhythm, error) = RhythmOf(match, day);
        if (rhythm is null)
        {
            return (null, error);
        }

        if (match.Groups["times"] is { Success: true } times)
        {
            return ($"{rhythm};COUNT={times.Value}", null);
        }

        return UntilOf(match, day) is { } last && last >= day
            ? ($"{rhythm};UNTIL={Until(last, first, zone)}", null)
            : (null, T["Jusqu’à quand ? Écrivez par exemple « jusqu’en juin », « jusqu’au 30 juin 2027 » ou « 6 fois »."]);
    }

    private static (string? Rule, string? Error) RhythmOf(Match match, DateOnly day)
    {
        var every = match.Groups["every"] is { Success: true } number
            ? int.Parse(number.Value, CultureInfo.InvariantCulture) : match.Groups["other"].Success ? 2 : 1;
        var interval = every == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $";INTERVAL={every}");
        if (match.Groups["day"] is { Success: true } named)
        {
            var weekday = IndexOf(named.Value, FrenchDays, EnglishDays);
            if (weekday != RepetitionWords.WeekdayOf(day))
            {
                return (null, T["La première date est un {0} : changez la date, ou les mots.", DateWords.Weekday(day)]);
            }

            if (match.Groups["which"] is not { Success: true } which)
            {
                return ("FREQ=WEEKLY" + interval, null);
            }

            var place = IndexOf(which.Value, FrenchOrdinals, EnglishOrdinals) is var index && index == 4 ? -1 : index + 1;
            return place != RepetitionWords.PlaceOf(day) && !(place == -1 && day.AddDays(7).Month != day.Month)
                ? (null, T["La première date n’est pas le {0} {1} du mois : changez la date, ou les mots.",
                    OrdinalOf(place.ToString(CultureInfo.InvariantCulture)), DateWords.Weekday(day)])
                : (string.Create(CultureInfo.InvariantCulture,
                    $"FREQ=MONTHLY{interval};BYDAY={place}{RepetitionWords.CodeOf(RepetitionWords.WeekdayOf(day))}"), null);
        }

        var unit = match.Groups["unit"].Value;
        return (unit[0] switch { 'j' or 'd' => "FREQ=DAILY", 's' or 'w' => "FREQ=WEEKLY", 'm' => "FREQ=MONTHLY", _ => "FREQ=YEARLY" }
            + interval, null);
    }

    /// <summary>A month alone is its last day; without a year, the next one after the first session.</summary>
    private static DateOnly? UntilOf(Match match, DateOnly first)
    {
        if (!match.Groups["month"].Success)
        {
            return null;
        }

        var month = IndexOf(match.Groups["month"].Value, FrenchMonths, EnglishMonths) + 1;
        var year = match.Groups["year"] is { Success: true } typed ? int.Parse(typed.Value, CultureInfo.InvariantCulture) : first.Year
            + (month < first.Month ? 1 : 0);
        var last = DateTime.DaysInMonth(year, month);
        var day = match.Groups["date"] is { Success: true } date ? int.Parse(date.Value, CultureInfo.InvariantCulture) : last;
        if (day < 1 || day > last)
        {
            return null;
        }

        var until = new DateOnly(year, month, day);
        return until < first && !match.Groups["year"].Success ? until.AddYears(1) : until;
    }

    /// <summary>RFC 5545 §3.3.10: a date for all-day, else the moment in UTC at which the last day ends in the event's zone.</summary>
    private static string Until(DateOnly last, Session first, string zone)
    {
        if (first.Start.Length == 10)
        {
            return last.ToString(Invariant, CultureInfo.InvariantCulture);
        }

        var end = last.ToDateTime(new TimeOnly(23, 59, 59));
        var known = TimeZones.Find(zone);
        var utc = known.IsInvalidTime(end) ? end : TimeZoneInfo.ConvertTimeToUtc(end, known);
        return utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    }

    private static int IndexOf(string word, params string[][] lists) => lists.Select(list => Array.FindIndex(list, word.StartsWith)).Max();

    /// <summary>Lower case, without accents, one kind of apostrophe, plain spaces.</summary>
    private static string Fold(string typed)
    {
        var folded = new StringBuilder();
        foreach (var letter in FoldedText.Decomposed(typed).ToLowerInvariant())
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(letter == '’' ? '\'' : char.IsWhiteSpace(letter) || letter == ',' ? ' ' : letter);
            }
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }

    private const string AnyDay =
        "(?<day>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?";
    private const string AnyOrdinal = "(?<which>premier|deuxieme|troisieme|quatrieme|dernier|first|second|third|fourth|last)s?";
    private const string AnyMonth = "(?<month>janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
        + "january|february|march|april|may|june|july|august|september|october|november|december)";
    private const string Unit = "(?<unit>jour|semaine|mois|ans?|annee|day|week|month|year)s?";

    [GeneratedRegex(
        "^(?:(?:tous les|toutes les|chaque|le|les|une?|every|each|on the)(?: (?<every>[1-9][0-9]?))?(?: (?<other>deux|two|other))?(?: "
            + AnyOrdinal + ")? (?:" + AnyDay + "|" + Unit + ")"
        + "(?<other> sur deux)?(?: (?:du|de chaque|des|of the|of each|of every) (?:mois|month))?)"
        + "(?: (?:(?:jusqu'en|jusqu'au|jusqu'a|jusqu'a fin|jusqu'a la fin de|until|till|through)(?: (?:le|fin|the end of))?(?: "
        + "(?<date>[0-3]?[0-9])(?:er|st|nd|rd|th)?)? " + AnyMonth + "(?: (?<date>[0-3]?[0-9]))?(?: (?<year>20[0-9]{2}))?|(?:pendant |for "
        + ")?(?<times>[1-9][0-9]{0,2}) (?:fois|times)))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
