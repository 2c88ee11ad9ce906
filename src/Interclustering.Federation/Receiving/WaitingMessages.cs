namespace Interclustering.Federation.Receiving;

/// <summary>
/// Messages that have arrived and are not taken yet. Senders take turns. What a recovery has asked for does not wait for them: its senders
/// take turns of their own, and each batch begins with one of these messages.
/// </summary>
internal sealed class WaitingMessages
{
    private const int MaxBatch = 64, MostControl = 16;

    private readonly Turns<Received> asked = new(_ => true, 1);
    private readonly Turns<Received> others = new(received => received.Entries > 0, MostControl);

    public bool IsEmpty => asked.IsEmpty && others.IsEmpty;

    /// <summary>Whether messages of a sender wait, besides what was asked for.</summary>
    public bool HasOf(string sender) => others.HasOf(sender);

    public void Enqueue(Received received, bool isAsked) => (isAsked ? asked : others).Enqueue(received.From, received);

    /// <summary>
    /// What is handled next: what was asked for, and of the others as many messages as carry a turn's entries, one at least.
    /// </summary>
    public List<Received> TakeBatch()
    {
        var batch = new List<Received>(MaxBatch);
        if (asked.TryDequeue(out var first))
        {
            batch.Add(first);
        }

        var entries = 0;
        while (batch.Count < MaxBatch && others.TryPeek(out var next) && (entries == 0 || entries + next.Entries <= FederationLimits.Turn)
            && others.TryDequeue(out var received))
        {
            batch.Add(received);
            entries += received.Entries;
        }

        return batch;
    }
}
