namespace Interclustering.Federation.Replicas;

/// <summary>Items that wait, a queue for each sender: a sender of many has one taken, and then it is the others' turn.</summary>
internal sealed class Turns<T>
{
    private readonly Dictionary<string, Queue<T>> waiting = [];
    private readonly Queue<string> order = [];

    public bool IsEmpty => order.Count == 0;

    public bool HasOf(string sender) => waiting.ContainsKey(sender);

    public void Enqueue(string sender, T item)
    {
        if (!waiting.TryGetValue(sender, out var items))
        {
            waiting.Add(sender, items = []);
            order.Enqueue(sender);
        }

        items.Enqueue(item);
    }

    /// <summary>Whose turn it is, and with what.</summary>
    public bool TryPeek([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        item = order.TryPeek(out var sender) ? waiting[sender].Peek() : default;
        return sender is not null;
    }

    public bool TryDequeue([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item)
    {
        if (!order.TryDequeue(out var sender))
        {
            item = default;
            return false;
        }

        item = waiting[sender].Dequeue();
        if (waiting[sender].Count > 0)
        {
            order.Enqueue(sender);
        }
        else
        {
            waiting.Remove(sender);
        }

        return true;
    }
}
