using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Authoring;

/// <summary>Keeps the ids of sessions whose start has not changed: calendars recognise a session by its id.</summary>
public static class SessionIds
{
    public static Event Keep(Event now, Event before)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(before);
        var free = before.Sessions.ToList();
        var last = before.Sessions.Select(session => int.TryParse(session.Id, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .DefaultIfEmpty().Max();
        return now with { Sessions = [.. now.Sessions.Select(session => session with { Id = IdOf(session, free, ref last) })] };
    }

    private static string IdOf(Session session, List<Session> free, ref int last)
    {
        var known = free.FindIndex(candidate => candidate.Start == session.Start);
        if (known < 0)
        {
            return (++last).ToString(CultureInfo.InvariantCulture);
        }

        var id = free[known].Id;
        free.RemoveAt(known);
        return id;
    }
}
