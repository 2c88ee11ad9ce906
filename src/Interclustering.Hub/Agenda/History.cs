using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Publications;

namespace Interclustering.Hub.Agenda;

/// <summary>What the hub's journal tells of an item that nobody sees any more.</summary>
internal static class History
{
    /// <summary>The revision with which it left what everybody sees; null for what nobody has ever seen.</summary>
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
                // What it was is erased: whether somebody saw it is not known, so it counts as seen.
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
