using System.Globalization;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;

namespace Interclustering.Node.Publishing.Scheduling;

/// <summary>When a draft shall publish itself: a day and an hour in Paris.</summary>
internal static class ScheduleField
{
    public const string Day = "publishOn", Hour = "publishTime";

    public static (DateTime? At, FieldError? Error) Read(ItemForm form, DateTime nowUtc)
    {
        if (!DateOnly.TryParseExact(form[Day].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (null, new(Day, T["Indiquez le jour de la publication. Exemple : 2026-12-10."]));
        }

        if (!TimeOnly.TryParseExact(form[Hour].Trim(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var hour))
        {
            return (null, new(Hour, T["Indiquez l’heure de la publication. Exemple : 09:00."]));
        }

        var local = day.ToDateTime(hour);
        // In the hour that spring skips, an hour later: what was asked for has come by then.
        var utc = ParisDay.ToUtc(local);
        return utc <= nowUtc ? (null, new(Day, T["Ce moment est passé : choisissez-en un autre, ou publiez tout de suite."]))
            : utc > nowUtc.AddYears(2) ? (null, new(Day, T["C’est dans plus de deux ans : choisissez un moment plus proche."]))
            : (utc, null);
    }

    public static void Fill(ItemForm form, DateTime? publishAt)
    {
        if (publishAt is { } utc)
        {
            var local = ParisDay.Of(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
            (form[Day], form[Hour]) = (local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                local.ToString("HH:mm", CultureInfo.InvariantCulture));
        }
    }
}
