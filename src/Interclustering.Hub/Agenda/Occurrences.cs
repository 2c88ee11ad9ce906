using Interclustering.Contracts;

namespace Interclustering.Hub.Agenda;

/// <summary>One time at which an event takes place, in Paris.</summary>
public sealed record Occurrence(Published Event, string SessionId, string? Label, DateOnly Day, TimeOnly? Start, DateOnly LastDay, TimeOnly? End);

/// <summary>When what is published takes place, see <see cref="EventTimes"/>.</summary>
public static class Occurrences
{
    public static IEnumerable<Occurrence> Of(Published published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return published.Item is Event happening
            ? EventTimes.Of(happening).Select(time => new Occurrence(published, time.SessionId, time.Label, time.Day, time.Start, time.LastDay, time.End))
            : [];
    }
}
