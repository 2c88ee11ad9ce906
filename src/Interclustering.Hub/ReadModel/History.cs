using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Hub.ReadModel;

/// <summary>What the hub's journal tells of an item that is no longer shown.</summary>
internal static class History
{
    /// <summary>The revision with which it left the public view; null for an item that was never shown.</summary>
    /// <param name="entries">The hub's about one subject, in order.</param>
    public static Removal? RemovalIn(IEnumerable<JournalRow> entries)
    {
        var (seen, removal) = (false, (Removal?)null);
        foreach (var entry in entries.Where(row => Kinds.KindOf(row.Type) == Kinds.Accepted).Select(row => EntryChain.Read(row.Text)))
        {
            if (entry.Data?.Deserialize<Accepted>(ContractJson.Options)?.Origin is not { } origin)
            {
                continue;
            }

            if (Kinds.KindOf(origin.Type) == Kinds.Withdrawn)
            {
                // Its content is erased: whether it was shown is not known, so it counts as seen.
                removal ??= RemovalOf(origin, entry.Sequence);
                seen = false;
            }
            else if (origin.Data is { } data && Catalogue.Read(Kinds.KindOf(origin.Type), data.GetRawText()) is { } item)
            {
                removal = item.Visibility != Visibility.Staff ? null : seen ? RemovalOf(origin, entry.Sequence) : removal;
                seen = item.Visibility != Visibility.Staff;
            }
        }

        return removal;
    }

    private static Removal RemovalOf(JournalEntry origin, long position) =>
        new(origin.Subject, Federation.Subjects.OwnerOf(origin.Subject), origin.Revision, FoldedState.TimeOf(origin), position);
}
