using Interclustering.Ui.Words;

namespace Interclustering.Accounts;

/// <summary>When something happened to an account, in words.</summary>
internal static class Times
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary><c>à 14 h 02</c> on the same day, else <c>le jeu. 26 nov. à 14 h 02</c>, with the year when it is another one.</summary>
    public static string At(DateTime utc, DateTime nowUtc)
    {
        DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, Paris), now = TimeZoneInfo.ConvertTimeFromUtc(nowUtc, Paris);
        var (day, hour) = (DateOnly.FromDateTime(local), DateWords.Hour(TimeOnly.FromDateTime(local)));
        return local.Date == now.Date ? T["à {0}", hour] : T["le {0} à {1}", local.Year == now.Year ? DateWords.Abbreviated(day) : DateWords.InFull(day), hour];
    }
}
