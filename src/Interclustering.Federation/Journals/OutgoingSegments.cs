using Interclustering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Journals;

/// <summary>Consecutive entries of a journal as they are sent.</summary>
/// <param name="Rows">As the journal keeps them, in order; none at its end.</param>
/// <param name="Messages">Their segments, signed, in order.</param>
internal sealed record Outgoing(IReadOnlyList<JournalRow> Rows, IReadOnlyList<FederationMessage> Messages);

/// <summary>
/// What the relays of one journal send. The hub has a relay for each node, and most stand at the same place: what one has read, cut and
/// signed is kept for the others, until something is committed. An erasure is such a commit, so what it removed is not sent.
/// </summary>
internal sealed class OutgoingSegments(Participant participant)
{
    // Relays that are a step ahead of each other still share.
    private const int MostKept = 3;
    private readonly Lock gate = new();
    private readonly List<(long After, int Limit, Task<Outgoing> Reading)> kept = [];
    private long commits = -1;

    /// <summary>What follows a sequence.</summary>
    /// <param name="after">The sequence.</param>
    /// <param name="limit">Entries at most.</param>
    /// <param name="cancellation">Ends the wait, and the reading if this call has begun it.</param>
    public async Task<Outgoing> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        Task<Outgoing> reading;
        lock (gate)
        {
            // Counted before the relays are woken: one that is woken by a commit finds what it committed.
            if (commits != participant.Journal.Commits)
            {
                commits = participant.Journal.Commits;
                kept.Clear();
            }

            var place = kept.FindIndex(each => each.After == after && each.Limit == limit);
            if (place >= 0 && kept[place].Reading is { IsFaulted: false, IsCanceled: false } known)
            {
                reading = known;
            }
            else
            {
                reading = CutAsync(after, limit, cancellation);
                kept.Add((after, limit, reading));
                kept.RemoveRange(0, Math.Max(0, kept.Count - MostKept));
            }
        }

        return await reading.WaitAsync(cancellation);
    }

    /// <summary>The journal may have another past now: a relay begins anew.</summary>
    public void Forget()
    {
        lock (gate)
        {
            kept.Clear();
        }
    }

    private async Task<Outgoing> CutAsync(long after, int limit, CancellationToken cancellation)
    {
        await using var db = participant.Open();
        var rows = await db.Set<JournalRow>().AsNoTracking().Where(row => row.Sequence > after).OrderBy(row => row.Sequence)
            .Take(limit).ToListAsync(cancellation);
        var segments = rows.Count == 0 ? [] : Segments.Cut(participant, rows);
        return new Outgoing(rows, [.. segments.Select(segment => new FederationMessage { Segment = segment })]);
    }
}
