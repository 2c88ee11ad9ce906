using System.Diagnostics.CodeAnalysis;

namespace Interclustering.Federation.Receiving;

/// <summary>
/// Items that wait, a queue for each sender. A turn is what is taken of one sender before it is the others' turn: it ends with an item that
/// costs much, and after some that cost little.
/// </summary>
/// <param name="isCostly">Whether an item ends the turn of its sender.</param>
/// <param name="most">Items of a turn.</param>
internal sealed class Turns<T>(Func<T, bool> isCostly, int most)
{
    private readonly Dictionary<string, Queue<T>> waiting = [];
    private readonly Queue<string> order = [];
    private int taken;

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

    /// <summary>What is taken next.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        item = order.TryPeek(out var sender) ? waiting[sender].Peek() : default;
        return sender is not null;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (!order.TryPeek(out var sender))
        {
            item = default;
            return false;
        }

        item = waiting[sender].Dequeue();
        var isLast = waiting[sender].Count == 0;
        if (isLast || isCostly(item) || ++taken >= most)
        {
            taken = 0;
            order.Dequeue();
            if (isLast)
            {
                waiting.Remove(sender);
            }
            else
            {
                order.Enqueue(sender);
            }
        }

        return true;
    }
}
