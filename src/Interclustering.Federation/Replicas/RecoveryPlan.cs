using Interclustering.Contracts;

namespace Interclustering.Federation.Replicas;

/// <summary>What a recovery found about the own journal.</summary>
/// <param name="Common">The last sequence on which this database and the readers agree.</param>
/// <param name="Returned">Own entries that were lost here and that a reader gave back; they count, and are in the journal again.</param>
/// <param name="Diverging">Entries that only this database has, beyond the common end; no longer in the journal.</param>
/// <param name="Disowned">Entries that a reader has and that do not count, since their key was revoked.</param>
public sealed record RecoveryPlan(
    long Common, IReadOnlyList<JournalEntry> Returned, IReadOnlyList<JournalEntry> Diverging, IReadOnlyList<JournalEntry> Disowned);
