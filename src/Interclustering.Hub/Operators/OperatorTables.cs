using Interclustering.Accounts.PersonalData;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Operations;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Operators;

/// <summary>Every table of the hub: with rows of persons, or with the reason why it has none that are told apart.</summary>
public static class OperatorTables
{
    public static IReadOnlyList<PersonalTable> All { get; } =
    [
        new PersonalTable<OperatorAction>("Actions d’opérateur", [nameof(OperatorAction.Account)],
            [nameof(OperatorAction.At), nameof(OperatorAction.Action), nameof(OperatorAction.What)], "kept for a year"),
        new PersonalTable<PublicationRow>("Publications qui nomment la personne", [nameof(PublicationRow.Data)],
            [nameof(PublicationRow.Subject), nameof(PublicationRow.Kind), nameof(PublicationRow.Cluster),
                nameof(PublicationRow.PublishedAt)],
            "its cluster erases it") { Names = true },
        .. AccountTables.Of<Operator>(),
    ];

    /// <summary>Tables without rows of their own of a person, and why.</summary>
    public static IReadOnlyDictionary<Type, string> Without { get; } = new Dictionary<Type, string>
    {
        [typeof(JournalRow)] = "the signed entries of what the table of publications has",
        [typeof(JournalHead)] = "a position",
        [typeof(ReceiptRow)] = "positions of readers",
        [typeof(ReplicaEntry)] = "the clusters' signed entries of what the table of publications has",
        [typeof(ReplicaCursor)] = "positions",
        [typeof(QuarantineRow)] = "ids and reasons",
        [typeof(OperationRow)] = "recoveries",
    };

    /// <summary>How the hub's rows know a person.</summary>
    /// <param name="db">The hub's database.</param>
    /// <param name="person">How the node's rows know them.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PersonKeys> KeysAsync(HubContext db, PersonKeys person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(person);
        var operators = (await db.Users.AsNoTracking().ToListAsync(cancellation))
            .Where(account => person.Words.Contains(account.Email, StringComparer.OrdinalIgnoreCase));
        return person with { Values = [.. person.Values, .. operators.SelectMany(AccountTables.KeysOf)] };
    }
}
