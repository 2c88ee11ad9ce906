using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Federation.Replicas;

/// <summary>
/// What a participant does with authentic entries of a journal that it follows. The hub accepts publications; a node follows the national
/// view.
/// </summary>
public interface IApplyEntries
{
    /// <summary>
    /// Applies consecutive entries in the open transaction of <paramref name="db"/>. Content that can't be applied is returned for
    /// quarantine; it never throws for content.
    /// </summary>
    Task<IReadOnlyList<QuarantineRow>> ApplyAsync(
        DbContext db, Participant participant, string journal, IReadOnlyList<JournalEntry> entries, CancellationToken cancellation);

    /// <summary>
    /// Notes that one entry, which the database does not take or which applying fails at, is passed without being applied. It keeps nothing
    /// that could fail again.
    /// </summary>
    Task<QuarantineRow> SetAsideAsync(DbContext db, Participant participant, string journal, JournalEntry entry, string reason,
        CancellationToken cancellation);

    /// <summary>
    /// Entries of <paramref name="journal"/> no longer count, and are gone from the replica: what was derived from them about these
    /// subjects is derived again from what is left. The hub has nothing to undo.
    /// </summary>
    Task RewindAsync(DbContext db, string journal, IReadOnlyList<string> subjects, CancellationToken cancellation);

    /// <summary>
    /// The own journal has been given back what it had lost, and a new epoch is open, in the open transaction of <paramref name="db"/>:
    /// what is derived from the own journal is derived again, and what was only here is journaled again.
    /// </summary>
    Task RestoreAsync(DbContext db, Participant participant, RecoveryPlan plan, CancellationToken cancellation);
}
