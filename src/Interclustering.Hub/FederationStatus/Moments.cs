using Interclustering.Hub.Agenda;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.FederationStatus;

/// <summary>When something happened, in words.</summary>
internal static class Moments
{
    /// <summary>« il y a 4 s », « il y a 12 min », « le lun. 23 nov. à 14 h 02 », and in another year <see cref="At(DateTime)"/>.</summary>
    public static string Since(DateTime utc, DateTime nowUtc) => (nowUtc - utc) switch
    {
        { TotalSeconds: < 60 } span => T["il y a {0} s", Math.Max(0, (int)span.TotalSeconds)],
        { TotalMinutes: < 60 } span => T["il y a {0} min", (int)span.TotalMinutes],
        _ when ParisDay.Of(utc).Year == ParisDay.Of(nowUtc).Year => At(utc, DateWords.Abbreviated),
        _ => At(utc),
    };

    /// <summary>« le lundi 23 novembre 2026 à 14 h 02 »</summary>
    public static string At(DateTime utc) => At(utc, DateWords.InFull);

    private static string At(DateTime utc, Func<DateOnly, string> words)
    {
        var local = ParisDay.Of(utc);
        return T["le {0} à {1}", words(DateOnly.FromDateTime(local)), DateWords.Hour(TimeOnly.FromDateTime(local))];
    }
}
