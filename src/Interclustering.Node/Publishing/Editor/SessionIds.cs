using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>
/// Keeps the ids of sessions that are known: calendars recognise a session by its id. A session is known by its start, else by what it is
/// called; and where as many sessions come as there were, none has come or gone, so what is left has moved.
/// </summary>
public static class SessionIds
{
    /// <summary>
    /// A text of a source with the ids that its sessions have here already. A form carries them itself, so that a session moved there stays
    /// the same session.
    /// </summary>
    public static Publication Known(WorkingCopy copy, Publication publication)
    {
        ArgumentNullException.ThrowIfNull(copy);
        return publication is Event now && PublicationText.Read(copy.Kind, copy.Data) is Event before ? Keep(now, before) : publication;
    }

    public static Event Keep(Event now, Event before)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(before);
        var free = before.Sessions.ToList();
        var ids = new string?[now.Sessions.Count];
        Recognise((session, known) => session.Start == known.Start);
        Recognise((session, known) => session.Label is not null && session.Label == known.Label);
        if (now.Sessions.Count == before.Sessions.Count)
        {
            Recognise((_, _) => true);
        }

        var last = before.Sessions.Select(session => int.TryParse(session.Id, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .DefaultIfEmpty().Max();
        return now with
        {
            Sessions = [.. now.Sessions.Select((session, index) =>
                session with { Id = ids[index] ?? (++last).ToString(CultureInfo.InvariantCulture) })]
        };

        void Recognise(Func<Session, Session, bool> same)
        {
            for (var index = 0; index < ids.Length; index++)
            {
                if (ids[index] is null && free.Find(known => same(now.Sessions[index], known)) is { } found)
                {
                    ids[index] = found.Id;
                    free.Remove(found);
                }
            }
        }
    }
}
