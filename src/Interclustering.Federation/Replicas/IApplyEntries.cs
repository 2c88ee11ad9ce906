using Interclustering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Replicas;

/// <summary>What a participant does with authentic entries of a journal that it follows. The hub accepts publications; a node follows the national view.</summary>
public interface IApplyEntries
{
    /// <summary>
    /// Applies consecutive entries in the open transaction of <paramref name="db"/>. Content that can't be applied is returned for
    /// quarantine; it never throws for content.
    /// </summary>
    Task<IReadOnlyList<QuarantineRow>> ApplyAsync(
        DbContext db, Participant participant, string journal, IReadOnlyList<JournalEntry> entries, CancellationToken cancellation);

    /// <summary>After the commit.</summary>
    void Committed(Participant participant);
}
