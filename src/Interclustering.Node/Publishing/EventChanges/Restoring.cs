using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.EventChanges;

/// <summary>Takes a cancellation back: the event has the status of before, or the dates of a series take place again.</summary>
internal static class Restoring
{
    public const string WhichDates = "restored-dates";

    /// <param name="known">As it is published.</param>
    /// <param name="before">As it was before it was cancelled; null where that is no longer known.</param>
    public static Event Whole(Event known, Event? before) => known with
    {
        Status = before?.Status ?? (known.PreviousStart is null ? EventStatus.Confirmed : EventStatus.Rescheduled),
        StatusReason = before?.StatusReason,
    };

    /// <param name="known">As it is published.</param>
    /// <param name="form">As typed.</param>
    public static Changed Dates(Event known, ChangeForm form) =>
        known.Recurrence is { } recurrence && recurrence.Except.Intersect(form.Dates).Any()
            ? Changed.To(known with { Recurrence = recurrence with { Except = [.. recurrence.Except.Except(form.Dates)] } })
            : Changed.Refused(WhichDates, T["Cochez les dates qui ont lieu de nouveau."]);
}
