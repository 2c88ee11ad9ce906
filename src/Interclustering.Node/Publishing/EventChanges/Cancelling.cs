using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.EventChanges;

/// <summary>
/// Calls off an event, or some dates of a series. A cancelled event stays visible, so that subscribers' calendars learn of it.
/// </summary>
internal static class Cancelling
{
    public const string Reason = "reason", WhichDates = "cancelled-dates";

    /// <param name="known">As it is published.</param>
    /// <param name="form">As typed.</param>
    /// <param name="today">In Paris.</param>
    public static Changed Of(Event known, ChangeForm form, DateOnly today)
    {
        if (form.ErrorsAt(Reason) is { Count: > 0 } wrong)
        {
            return new Changed(null, wrong);
        }

        var dates = EventDates.ToCome(known, today).Where(date => date.TakesPlace).Select(date => date.Start).ToList();
        var chosen = dates.Intersect(form.Dates).ToList();
        if (form.OnlySome && chosen.Count == 0)
        {
            return Changed.Refused(WhichDates, T["Cochez les dates qui n’ont pas lieu."]);
        }

        return Changed.To(form.OnlySome && chosen.Count < dates.Count ? Without(known, chosen) : known with
        {
            Status = EventStatus.Cancelled,
            StatusReason = form.ReasonOrNull,
        });
    }

    /// <summary>The event without some of its dates.</summary>
    private static Event Without(Event known, List<string> chosen) => known with
    {
        // The first session carries the rule: the rule leaves it out.
        Sessions = [.. known.Sessions.Where((session, index) =>
            !chosen.Contains(session.Start) || (index == 0 && known.Recurrence is not null))],
        Recurrence = known.Recurrence is { } recurrence
            ? recurrence with { Except = LeftOut(known, recurrence, chosen) } : null,
    };

    /// <summary>The exceptions of a rule with further ones, as far as they are dates of it.</summary>
    public static IReadOnlyList<string> LeftOut(Event known, Recurrence recurrence, IEnumerable<string> further) =>
        [.. (recurrence.Except ?? []).Union(Repetition.Reached(known.Sessions[0], recurrence, known.TimeZone, further))
            .Order(StringComparer.Ordinal)];
}
