using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Publications;
using Interclustering.Federation.Recovering;
using Interclustering.Federation.Replicas;
using Interclustering.Node.Authoring;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.NationalView;

/// <summary>
/// What a node does with the hub's entries: folds the accepted ones into the national view. It holds what every cluster has published, and
/// tells since when one's own publications are visible.
/// </summary>
public sealed class FollowNationalView : IApplyEntries
{
    public async Task<IReadOnlyList<QuarantineRow>> ApplyAsync(
        DbContext db, Participant participant, string journal, IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participant);
        ArgumentNullException.ThrowIfNull(entries);
        var changes = new List<PublicationRow>();
        var unreadable = new List<QuarantineRow>();
        foreach (var entry in entries)
        {
            if (RowOf(entry, journal, out var reason) is { } row)
            {
                changes.Add(row);
            }
            else if (reason is not null)
            {
                unreadable.Add(new QuarantineRow
                {
                    Journal = journal, Epoch = entry.Epoch, Sequence = entry.Sequence, Subject = entry.Subject,
                    Reason = "unreadable", Detail = reason, At = participant.Clock.GetUtcNow().UtcDateTime,
                });
            }
        }

        await FoldedState.ApplyAsync(db, changes, cancellation);
        return unreadable;
    }

    public async Task RewindAsync(DbContext db, string journal, IReadOnlyList<string> subjects, CancellationToken cancellation)
    {
        await db.Set<PublicationRow>().Where(row => row.Journal == journal && subjects.Contains(row.Subject)).ExecuteDeleteAsync(cancellation);
        var left = await db.Set<ReplicaEntry>().Where(row => row.Journal == journal && subjects.Contains(row.Subject))
            .OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync(cancellation);
        await FoldedState.ApplyAsync(db, [.. left.Select(EntryChain.Read).Select(entry => RowOf(entry, journal, out _)).OfType<PublicationRow>()], cancellation);
    }

    public Task RestoreAsync(DbContext db, Participant participant, Lost lost, CancellationToken cancellation) =>
        RestoreNode.RunAsync((NodeContext)db, participant, lost, cancellation);

    public void Committed(Participant participant)
    {
        // Pages of the workspace read the database.
    }

    /// <summary>What an accepted entry says, or one about a dossier; null for others, for content that is gone, and, with a reason, for what can't be read.</summary>
    private static PublicationRow? RowOf(JournalEntry entry, string journal, out string? reason)
    {
        reason = null;
        try
        {
            if (Kinds.KindOf(entry.Type) == Kinds.JointWebinar)
            {
                return entry.Data?.Deserialize<JointWebinar>(ContractJson.Options) is null ? null : FoldedState.RulingRowOf(entry);
            }

            return Kinds.KindOf(entry.Type) == Kinds.Accepted && entry.Data?.Deserialize<Accepted>(ContractJson.Options) is { Origin: { Data: not null } origin }
                ? FoldedState.RowOf(origin, journal, entry.Sequence, FoldedState.TimeOf(entry))
                : null;
        }
        catch (JsonException exception)
        {
            reason = $"{exception.Path} has another form than expected.";
            return null;
        }
    }
}
