namespace Interclustering.Accounts.PersonalData;

/// <summary>How rows know a person.</summary>
/// <param name="Values">What a column that identifies them holds: ids, addresses, names.</param>
/// <param name="Words">What a text that names them contains.</param>
public sealed record PersonKeys(IReadOnlyList<string> Values, IReadOnlyList<string> Words);
