using Interclustering.Contracts;
using Interclustering.Node.Publishing.Form;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.EventChanges;

/// <summary>Gives an event another date, or one date of a series; the old one stays known.</summary>
internal static class Rescheduling
{
    public const string Reason = "why-moved";
    public const string WhichDate = "moved-date";
    private const string FirstDate = "date-0";

    /// <summary>Beginnings of the ids of the fields for dates and hours.</summary>
    public static IReadOnlyList<string> SessionFields { get; } = ["date-", "start-", "end-", "endDate-"];

    /// <param name="known">As it is published.</param>
    /// <param name="form">As typed.</param>
    /// <param name="today">In Paris.</param>
    public static Changed Of(Event known, ChangeForm form, DateOnly today)
    {
        if (form.ErrorsAt(Reason) is { Count: > 0 } wrong)
        {
            return new Changed(null, wrong);
        }

        if (form.ToBeAnnounced && !form.OnlySome)
        {
            return Changed.To(known with
            {
                Status = EventStatus.Postponed,
                StatusReason = form.ReasonOrNull,
                PreviousStart = known.Sessions[0].Start,
            });
        }

        var reading = new SessionReading(known.Sessions[0].Start.Length == "2026-11-23".Length);
        var sessions = reading.Read(form.Sessions);
        return reading.Errors.Count > 0 ? new Changed(null, reading.Errors)
            : sessions.Count == 0 ? Changed.Refused(FirstDate, T["Indiquez la nouvelle date."])
            : sessions.FirstOrDefault(session => DayOf(session) < today && known.Sessions.All(before => before.Start != session.Start))
                is { } past ? Changed.Refused(FirstDate, T["Cette date est passée : {0}.", DateWords.InFull(DayOf(past))])
            : known.Recurrence is null ? Whole(known, sessions, form) : OneDate(known, known.Recurrence, sessions[0], form, today);
    }

    /// <summary>Whether the form has set the status without another date, which says nothing to those who come.</summary>
    public static bool HasNoNewDate(Event known, Event now) => now.Status == EventStatus.Rescheduled
        && known.Status != EventStatus.Rescheduled && now.PreviousStart is null && SameTimes(known.Sessions, now.Sessions);

    /// <summary>Whether the day was changed without a word on whether it is still the same event. Another hour needs none.</summary>
    /// <param name="known">As it is published.</param>
    /// <param name="now">As typed.</param>
    /// <param name="today">In Paris: what is past before and after needs no word.</param>
    public static bool IsUnsaid(Event known, Event now, DateOnly today) => now.Status == known.Status && now.Status != EventStatus.Cancelled
        && known.Sessions is [var before, ..] && now.Sessions is [var after, ..] && DayOf(before) != DayOf(after)
        && (DayOf(before) >= today || DayOf(after) >= today);

    public static string NoNewDate => T["La date est encore la même. Indiquez la nouvelle, ou dites que la date reste à fixer."];

    private static Changed Whole(Event known, IReadOnlyList<Session> sessions, ChangeForm form) =>
        sessions.Count < known.Sessions.Count
            ? Changed.Refused(FirstDate, T["Une séance n’a plus de date : annulez-la plutôt, ou indiquez sa nouvelle date."])
        : SameTimes(known.Sessions, sessions) ? Changed.Refused(FirstDate, NoNewDate)
        : Changed.To(known with
        {
            Sessions = sessions,
            Status = EventStatus.Rescheduled,
            StatusReason = form.ReasonOrNull,
            PreviousStart = sessions[0].Start == known.Sessions[0].Start ? known.PreviousStart : known.Sessions[0].Start,
        });

    /// <summary>The rule leaves the old date out, and a session of its own takes its place.</summary>
    private static Changed OneDate(Event known, Recurrence recurrence, Session typed, ChangeForm form, DateOnly today)
    {
        var dates = EventDates.ToCome(known, today).Where(date => date.TakesPlace).ToList();
        if (form.Dates is not [var chosen] || dates.Find(date => date.Start == chosen) is not { } old)
        {
            return Changed.Refused(WhichDate, T["Choisissez la date qui est reportée."]);
        }

        var session = typed with { Id = "", Label = Language.InFrench(() => T["Reporté du {0}", DateWords.InFull(old.Day)]) };
        return typed.Start == chosen ? Changed.Refused(FirstDate, NoNewDate)
            : dates.Exists(date => date != old && date.Day == DayOf(typed))
                ? Changed.Refused(FirstDate, T["La série a déjà une date ce jour-là : {0}.", DateWords.InFull(DayOf(typed))])
            : string.CompareOrdinal(typed.Start, known.Sessions[0].Start) < 0
                ? Changed.Refused(FirstDate, T["C’est avant le début de la série : changez plutôt l’événement lui-même."])
            : Changed.To(known with
            {
                Sessions = SessionReading.Together([.. known.Sessions.Where(kept => kept.Start != chosen || kept == known.Sessions[0])],
                    [session]),
                Recurrence = recurrence with { Except = Cancelling.LeftOut(known, recurrence, [chosen]) },
            });
    }

    private static bool SameTimes(IReadOnlyList<Session> before, IReadOnlyList<Session> now) =>
        before.Select(session => (session.Start, session.End)).SequenceEqual(now.Select(session => (session.Start, session.End)));

    private static DateOnly DayOf(Session session) => DateOnly.FromDateTime(EventTimes.Local(session.Start));
}
