using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Interclustering.Hub.ReadModel;

/// <summary>What the hub's journal tells at a position.</summary>
public interface IPositioned
{
    string Id { get; }

    /// <summary>In the hub's journal.</summary>
    long Position { get; }
}

/// <summary>By id, and in order of position. Immutable; another one shares what did not change.</summary>
public sealed class PositionedDictionary<T> : IReadOnlyDictionary<string, T>
    where T : IPositioned
{
    private readonly ImmutableDictionary<string, T> byId;
    private readonly ImmutableList<T> inOrder;

    private PositionedDictionary(ImmutableDictionary<string, T> byId, ImmutableList<T> inOrder) =>
        (this.byId, this.inOrder) = (byId, inOrder);

    internal static PositionedDictionary<T> Empty { get; } = new([], []);

    public int Count => byId.Count;

    public IEnumerable<string> Keys => inOrder.Select(each => each.Id);

    /// <summary>In order of position.</summary>
    public IEnumerable<T> Values => inOrder;

    public T this[string key] => byId[key];

    /// <summary>What stands after a position, in order.</summary>
    public IEnumerable<T> Since(long position)
    {
        for (var index = IndexAfter(inOrder, position); index < inOrder.Count; index++)
        {
            yield return inOrder[index];
        }
    }

    public bool ContainsKey(string key) => byId.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => byId.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() =>
        inOrder.Select(each => KeyValuePair.Create(each.Id, each)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public Builder ToBuilder() => new(this);

    private static int IndexAfter(IReadOnlyList<T> list, long position)
    {
        var (from, to) = (0, list.Count);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = list[middle].Position <= position ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    /// <summary>Changes one step by step; costs what changes.</summary>
    public sealed class Builder(PositionedDictionary<T> from)
    {
        private readonly ImmutableDictionary<string, T>.Builder byId = from.byId.ToBuilder();
        private readonly ImmutableList<T>.Builder inOrder = from.inOrder.ToBuilder();
        private PositionedDictionary<T>? made = from;

        public int Count => byId.Count;

        public bool Contains(string id) => byId.ContainsKey(id);

        public T? Find(string id) => byId.TryGetValue(id, out var known) ? known : default;

        public void Set(T value)
        {
            Remove(value.Id);
            made = null;
            byId[value.Id] = value;
            inOrder.Insert(inOrder is [] || inOrder[^1].Position <= value.Position
                ? inOrder.Count : IndexAfter(inOrder, value.Position), value);
        }

        /// <summary>Whether it was there.</summary>
        public bool Remove(string id)
        {
            if (!byId.Remove(id, out var known))
            {
                return false;
            }

            made = null;
            // One position may tell of several.
            var index = IndexAfter(inOrder, known.Position) - 1;
            while (inOrder[index].Id != id)
            {
                index--;
            }

            inOrder.RemoveAt(index);
            return true;
        }

        /// <summary>The same object as before while nothing was changed.</summary>
        public PositionedDictionary<T> ToImmutable() => made ??= new(byId.ToImmutable(), inOrder.ToImmutable());
    }
}
