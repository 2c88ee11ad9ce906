using System.Text.Json;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.NationalView;

/// <summary>
/// What a node does with the hub's entries: folds the accepted ones into the national view. It holds what every cluster has published, and
/// tells since when one's own publications are visible.
/// </summary>
public sealed class NationalProjection : IApplyEntries
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
                unreadable.Add(QuarantinedRow(journal, entry, reason, participant));
            }
        }

        await FoldedState.ApplyAsync(db, changes, cancellation);
        return unreadable;
    }

    public Task<QuarantineRow> SetAsideAsync(
        DbContext db, Participant participant, string journal, JournalEntry entry, string reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return Task.FromResult(QuarantinedRow(journal, entry, reason, participant));
    }

    private static QuarantineRow QuarantinedRow(string journal, JournalEntry entry, string reason, Participant participant) => new()
    {
        Journal = journal,
        Epoch = Storable.Key(entry.Epoch),
        Sequence = entry.Sequence,
        Subject = Storable.Key(entry.Subject),
        Reason = "unreadable",
        Detail = Storable.Detail(reason),
        At = participant.Clock.GetUtcNow().UtcDateTime,
    };

    public async Task RewindAsync(DbContext db, string journal, IReadOnlyList<string> subjects, CancellationToken cancellation)
    {
        await db.Set<PublicationRow>().Where(row => row.Journal == journal && subjects.Contains(row.Subject))
            .ExecuteDeleteAsync(cancellation);
        var left = await db.Set<ReplicaEntry>().Where(row => row.Journal == journal && subjects.Contains(row.Subject))
            .OrderBy(row => row.Sequence).Select(row => row.Text).ToListAsync(cancellation);
        await FoldedState.ApplyAsync(db,
            [.. left.Select(EntryChain.Read).Select(entry => RowOf(entry, journal, out _)).OfType<PublicationRow>()], cancellation);
    }

    public Task RestoreAsync(DbContext db, Participant participant, RecoveryPlan plan, CancellationToken cancellation) =>
        RestoreNode.RunAsync((NodeContext)db, participant, plan, cancellation);

    private static string? Refuse(string kind, JsonElement data) => ContentCheck.Of(kind, data) is [var problem, ..]
        ? problem.Detail : null;

    /// <summary>
    /// What an accepted entry says, or one about a dossier; null for others, for content that is gone, and, with a reason, for what can't
    /// be read.
    /// </summary>
    private static PublicationRow? RowOf(JournalEntry entry, string journal, out string? reason)
    {
        reason = null;
        try
        {
            if (Kinds.KindOf(entry.Type) == Kinds.JointWebinar)
            {
                reason = entry.Data is { } ruling ? Refuse(Kinds.JointWebinar, ruling) : null;
                return entry.Data is null || reason is not null ? null : FoldedState.RulingRowOf(entry);
            }

            if (Kinds.KindOf(entry.Type) != Kinds.Accepted
                || entry.Data?.Deserialize<Accepted>(ContractJson.Options) is not { Origin: { Data: { } data } origin })
            {
                return null;
            }

            // What its owner takes back goes, whatever its reason says.
            var kind = Kinds.KindOf(origin.Type);
            reason = EntryCheck.Of(origin) is [var wrong, ..] ? wrong.Detail : kind == Kinds.Withdrawn ? null : Refuse(kind, data);
            return reason is null ? FoldedState.RowOf(origin, journal, entry.Sequence, FoldedState.TimeOf(entry)) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever reading one entry fails with, the others go on. A message may quote content: where, and never what.
            reason = exception is JsonException { Path: { } path }
                ? $"{path} has another form than expected." : $"Reading it fails: {exception.GetType().Name}.";
            return null;
        }
    }
}
