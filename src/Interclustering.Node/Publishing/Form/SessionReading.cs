using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Forms;

namespace Interclustering.Node.Publishing.Form;

/// <summary>Reads typed dates and times; empty rows are no sessions.</summary>
internal sealed class SessionReading(bool allDay)
{
    private const int LongestLabel = 200;
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public IReadOnlyList<Session> Read(IReadOnlyList<SessionInput> rows)
    {
        var sessions = new List<Session>();
        for (var row = 0; row < rows.Count; row++)
        {
            var typed = rows[row];
            if (typed is not { Date: "", Start: "", EndDate: "", End: "", Label: "" } && One(typed, row) is { } session)
            {
                sessions.Add(session);
            }
        }

        return Numbered(sessions);
    }

    /// <summary>With further ones that have no id yet, but for those that start when another does.</summary>
    public static IReadOnlyList<Session> Together(IReadOnlyList<Session> sessions, IReadOnlyList<Session> further) => further.Count == 0
        ? sessions : Numbered([.. sessions, .. further.Where(added => sessions.All(session => session.Start != added.Start))]);

    /// <summary>In order of start; those without an id get the next ones.</summary>
    private static IReadOnlyList<Session> Numbered(IReadOnlyList<Session> sessions)
    {
        var last = sessions.Select(session => int.TryParse(session.Id, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .DefaultIfEmpty().Max();
        return [.. sessions
            .Select(session => session.Id.Length > 0 ? session : session with { Id = (++last).ToString(CultureInfo.InvariantCulture) })
            .OrderBy(session => session.Start, StringComparer.Ordinal)];
    }

    private Session? One(SessionInput typed, int row)
    {
        if (!IsDate(typed.Date, out var date))
        {
            return Refuse("date", row, T["Indiquez la date de cette séance. Exemple : 2026-12-10."]);
        }

        var lastDay = date;
        if (typed.EndDate.Length > 0 && !IsDate(typed.EndDate, out lastDay))
        {
            return Refuse("endDate", row, T["Cette date de fin n’est pas lisible. Exemple : 2026-12-11."]);
        }

        if (lastDay < date)
        {
            return Refuse("endDate", row, T["La fin est avant le début : vérifiez les deux dates."]);
        }

        var label = typed.Label.Trim();
        if (label.Length > LongestLabel)
        {
            return Refuse("label", row, T["Ce nom de séance est trop long : {0} caractères au plus.", LongestLabel]);
        }

        return allDay
            ? new Session(typed.Id, Day(date), Day(lastDay.AddDays(1)), label.Length == 0 ? null : label)
            : Timed(typed, row, date, lastDay, label.Length == 0 ? null : label);
    }

    private Session? Timed(SessionInput typed, int row, DateOnly date, DateOnly lastDay, string? label)
    {
        if (!IsTime(typed.Start, out var start))
        {
            return Refuse("start", row, T["Indiquez l’heure de début (exemple : 09:00), ou cochez « Toute la journée »."]);
        }

        if (typed.End.Length == 0)
        {
            return typed.EndDate.Length == 0
                ? new Session(typed.Id, Moment(date, start), null, label)
                : Refuse("end", row, T["Indiquez aussi l’heure de fin."]);
        }

        if (!IsTime(typed.End, out var end))
        {
            return Refuse("end", row, T["Cette heure de fin n’est pas lisible. Exemple : 12:30."]);
        }

        return lastDay.ToDateTime(end) <= date.ToDateTime(start)
            ? Refuse("end", row, T["La fin est avant le début : vérifiez les deux heures."])
            : new Session(typed.Id, Moment(date, start), Moment(lastDay, end), label);
    }

    private Session? Refuse(string field, int row, string message)
    {
        errors.Add(new FieldError(string.Create(CultureInfo.InvariantCulture, $"{field}-{row}"), message));
        return null;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateOnly day, TimeOnly time) => day.ToDateTime(time).ToString("s", CultureInfo.InvariantCulture);

    private static bool IsDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
        && PublishedYears.Has(date);

    private static bool IsTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
