using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Verification;

/// <summary>
/// Where a participant stands: its journal, what it follows, and digests of the state that it holds. Compared by <c>verify</c>.
/// </summary>
/// <param name="Code">The participant.</param>
/// <param name="Epoch">Its journal's epoch.</param>
/// <param name="Sequence">Its journal's last sequence.</param>
/// <param name="Hash">Its journal's chain head.</param>
/// <param name="Follows">Its replicas, one per journal.</param>
/// <param name="States">Digests of publications, one per journal and cluster.</param>
public sealed record ParticipantReport(
    string Code, string Epoch, long Sequence, string Hash, IReadOnlyList<FollowedJournal> Follows, IReadOnlyList<StateDigest> States)
{
    public FollowedJournal? Follow(string journal) => Follows.FirstOrDefault(followed => followed.Journal == journal);

    public StateDigest? State(string journal, string cluster) =>
        States.FirstOrDefault(state => state.Journal == journal && state.Cluster == cluster);

    /// <summary>Reads the report from a participant's own database.</summary>
    public static async Task<ParticipantReport> ReadAsync(string code, DbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(cancellation);
        var follows = await db.Set<ReplicaCursor>().AsNoTracking().OrderBy(cursor => cursor.Journal)
            .Select(cursor => new FollowedJournal(
                cursor.Journal, cursor.Epoch, cursor.Sequence, cursor.Hash, cursor.Quarantined, cursor.StoppedBecause))
            .ToListAsync(cancellation);
        var held = await db.Set<PublicationRow>().GroupBy(row => new { row.Journal, row.Cluster })
            .Select(group => new { group.Key.Journal, group.Key.Cluster, Count = group.Count() })
            .OrderBy(group => group.Journal).ThenBy(group => group.Cluster).ToListAsync(cancellation);
        var states = new List<StateDigest>();
        foreach (var group in held)
        {
            var digest = await FoldedState.DigestAsync(db, group.Journal, group.Cluster, cancellation);
            states.Add(new StateDigest(group.Journal, group.Cluster, group.Count, digest));
        }

        return new ParticipantReport(code, head.Epoch, head.Sequence, head.Hash, follows, states);
    }
}

/// <summary>The position in a followed journal.</summary>
public sealed record FollowedJournal(string Journal, string Epoch, long Watermark, string Hash, long Quarantined, string? StoppedBecause);

/// <summary>SHA-256 of the publications of a cluster as a journal tells them. See <see cref="FoldedState.DigestAsync"/>.</summary>
public sealed record StateDigest(string Journal, string Cluster, int Publications, string Digest);
