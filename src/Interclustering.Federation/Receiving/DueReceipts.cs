using Interclustering.Contracts;

namespace Interclustering.Federation.Receiving;

/// <summary>A receipt that is to be sent.</summary>
/// <param name="Position">Up to where everything is kept.</param>
/// <param name="Heartbeat">The id of the heartbeat that it answers; null when it answers entries.</param>
internal readonly record struct DueReceipt(JournalEnd Position, string? Heartbeat);

/// <summary>
/// Receipts that are due, one for each journal: while one is on its way, of those that follow only the last is kept. Safe for all threads.
/// </summary>
internal sealed class DueReceipts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DueReceipt> due = [];
    private readonly HashSet<string> sending = [];

    /// <returns>Whether nothing sends receipts of this journal: the caller does, until <see cref="Take"/> has no more.</returns>
    public bool Put(string journal, DueReceipt receipt)
    {
        lock (gate)
        {
            // A later receipt answers an earlier one's heartbeat as well.
            due[journal] = receipt with { Heartbeat = receipt.Heartbeat ?? due.GetValueOrDefault(journal).Heartbeat };
            return sending.Add(journal);
        }
    }

    /// <summary>The next one; null when there is none, and then the next <see cref="Put"/> starts anew.</summary>
    public DueReceipt? Take(string journal)
    {
        lock (gate)
        {
            if (due.Remove(journal, out var receipt))
            {
                return receipt;
            }

            sending.Remove(journal);
            return null;
        }
    }

    /// <summary>Sending has failed: the next <see cref="Put"/> starts anew.</summary>
    public void Fail(string journal)
    {
        lock (gate)
        {
            sending.Remove(journal);
        }
    }
}
