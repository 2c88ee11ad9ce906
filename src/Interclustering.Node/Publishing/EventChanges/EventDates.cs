using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Publishing.Recurrences;

namespace Interclustering.Node.Publishing.EventChanges;

/// <summary>The dates of an event that are still to come, one by one.</summary>
internal static class EventDates
{
    /// <summary>It takes place on several dates, so that one of them may be moved or called off alone.</summary>
    public static bool IsSeries(Event happening) => happening.Recurrence is not null || happening.Sessions.Count > 1;

    /// <summary>Those of a published event, where they can be followed: elsewhere its form is where they are mended.</summary>
    /// <param name="copy">As it is kept here.</param>
    /// <param name="today">In Paris.</param>
    /// <returns>Null where there is nothing to move or to call off.</returns>
    public static IReadOnlyList<RepeatDate>? ToCome(WorkingCopy copy, DateOnly today) =>
        copy.State == PublicationState.Published && FaultIsolation.Shared.Each([copy], one => (one.Subject, one.Version), one =>
            PublicationText.Read(one.Kind, one.Data) is Event { Sessions: [_, ..] } happening ? ToCome(happening, today) : null)
            is [{ } dates] ? dates : null;

    /// <summary>In order of start: those that take place, and those that were called off, where the event still knows them.</summary>
    /// <param name="happening">As it is published.</param>
    /// <param name="today">In Paris.</param>
    public static IReadOnlyList<RepeatDate> ToCome(Event happening, DateOnly today)
    {
        var repeats = happening.Recurrence is { } recurrence
            ? RepeatField.DatesOf(happening.Sessions[0], recurrence, happening.TimeZone, today) : [];
        var starts = repeats.Select(date => date.Start).ToHashSet();
        return [.. repeats
            .Concat(happening.Sessions.Where(session => !starts.Contains(session.Start)).Select(session => RepeatField.Date(session.Start)))
            .Where(date => date.Day >= today).OrderBy(date => date.Start, StringComparer.Ordinal)];
    }
}
