using System.Globalization;
using static Interclustering.Ui.Texts;

namespace Interclustering.Ui.Words;

/// <summary>When something was done, and when an event starts, in words.</summary>
public static class Moments
{
    private const int LongestDelay = 60;
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary><c>14 h 02</c> on the same day, else <c>le jeu. 26 nov. à 14 h 02</c>, with the year when it is another one.</summary>
    public static string At(DateTime utc, DateTime nowUtc)
    {
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, Paris), now = TimeZoneInfo.ConvertTimeFromUtc(nowUtc, Paris);
        var (day, hour) = (DateOnly.FromDateTime(local), DateWords.Hour(TimeOnly.FromDateTime(local)));
        return local.Date == now.Date
            ? hour : T["le {0} à {1}", local.Year == now.Year ? DateWords.Abbreviated(day) : DateWords.InFull(day), hour];
    }

    /// <summary><c>le lundi 23 novembre 2026 à 14 h 02</c></summary>
    public static string InFull(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Paris);
        return T["le {0} à {1}", DateWords.InFull(DateOnly.FromDateTime(local)), DateWords.Hour(TimeOnly.FromDateTime(local))];
    }

    /// <summary><c>à 14 h 02</c> on the same day, else as <see cref="At"/>.</summary>
    public static string Saved(DateTime utc, DateTime nowUtc)
    {
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, Paris), now = TimeZoneInfo.ConvertTimeFromUtc(nowUtc, Paris);
        return local.Date == now.Date ? T["à {0}", At(utc, nowUtc)] : At(utc, nowUtc);
    }

    /// <summary><c>il y a 12 s</c>, <c>il y a 5 min</c>, then as <see cref="Saved"/>.</summary>
    public static string Ago(DateTime utc, DateTime nowUtc) => (nowUtc - utc).TotalSeconds switch
    {
        < LongestDelay and var seconds => T["il y a {0:0} s", Math.Max(0, seconds)],
        < LongestDelay * LongestDelay and var seconds => T["il y a {0:0} min", seconds / LongestDelay],
        _ => Saved(utc, nowUtc),
    };

    /// <summary><c>en 0,4 s</c> where it was quick, else since when.</summary>
    public static string Reached(DateTime writtenUtc, DateTime visibleUtc, DateTime nowUtc) => (visibleUtc - writtenUtc).TotalSeconds switch
    {
        >= 0 and < LongestDelay and var seconds => T["en {0:0.0} s", seconds],
        _ => T["depuis {0}", At(visibleUtc, nowUtc)],
    };

    /// <summary>For machines.</summary>
    public static string Iso(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>jeudi 10 décembre 2026, 9 h</c>; what a date does not look like is shown as it is.</summary>
    public static string Start(string start)
    {
        if (!DateTime.TryParse(start, CultureInfo.InvariantCulture, out var local))
        {
            return start;
        }

        var day = DateWords.InFull(DateOnly.FromDateTime(local));
        return start.Length > "2026-12-10".Length ? $"{day}, {DateWords.Hour(TimeOnly.FromDateTime(local))}" : day;
    }
}
