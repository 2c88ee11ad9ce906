using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Publications;
using Interclustering.Federation.Replicas;
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
        foreach (var entry in entries.Where(entry => entry.Data is not null && Kinds.KindOf(entry.Type) == Kinds.Accepted))
        {
            if (Unwrap(entry, out var reason) is not { } accepted)
            {
                unreadable.Add(new QuarantineRow
                {
                    Journal = journal, Epoch = entry.Epoch, Sequence = entry.Sequence, Subject = entry.Subject,
                    Reason = "unreadable", Detail = reason, At = participant.Clock.GetUtcNow().UtcDateTime,
                });
            }
            else if (accepted.Data is not null)
            {
                var visibleAt = DateTime.Parse(entry.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
                changes.Add(FoldedState.RowOf(accepted, journal, entry.Sequence, visibleAt));
            }
        }

        await FoldedState.ApplyAsync(db, changes, cancellation);
        return unreadable;
    }

    public void Committed(Participant participant)
    {
        // Pages of the workspace read the database.
    }

    private static JournalEntry? Unwrap(JournalEntry entry, out string reason)
    {
        try
        {
            reason = "";
            return entry.Data!.Value.Deserialize<Accepted>(ContractJson.Options)?.Origin;
        }
        catch (JsonException exception)
        {
            reason = exception.Message;
            return null;
        }
    }
}
