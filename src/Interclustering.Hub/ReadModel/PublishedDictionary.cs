using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Interclustering.Contracts;
using Interclustering.Files;

namespace Interclustering.Hub.ReadModel;

/// <summary>What is public, by id and in order of position, and apart its sheets and what names files. Immutable.</summary>
public sealed class PublishedDictionary : IReadOnlyDictionary<string, Published>
{
    private readonly PositionedDictionary<Published> all;
    private readonly PositionedDictionary<Published> sheets;
    private readonly PositionedDictionary<Published> withFiles;

    private PublishedDictionary(
        PositionedDictionary<Published> all, PositionedDictionary<Published> sheets, PositionedDictionary<Published> withFiles) =>
        (this.all, this.sheets, this.withFiles) = (all, sheets, withFiles);

    public static PublishedDictionary Empty { get; } = new(
        PositionedDictionary<Published>.Empty, PositionedDictionary<Published>.Empty, PositionedDictionary<Published>.Empty);

    /// <summary>In order of position.</summary>
    public IReadOnlyDictionary<string, Published> Sheets => sheets;

    /// <summary>Those that name files, in order of position; the same object until one of them changes.</summary>
    public IReadOnlyDictionary<string, Published> WithFiles => withFiles;

    public int Count => all.Count;

    public IEnumerable<string> Keys => all.Keys;

    /// <summary>In order of position.</summary>
    public IEnumerable<Published> Values => all.Values;

    public Published this[string key] => all[key];

    public static PublishedDictionary Of(IEnumerable<Published> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var changing = Empty.ToBuilder();
        foreach (var item in items)
        {
            changing.Set(item);
        }

        return changing.ToImmutable();
    }

    /// <inheritdoc cref="PositionedDictionary{T}.Since"/>
    public IEnumerable<Published> Since(long position) => all.Since(position);

    public bool ContainsKey(string key) => all.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Published value) => all.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, Published>> GetEnumerator() => all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public Builder ToBuilder() => new(this);

    /// <inheritdoc cref="PositionedDictionary{T}.Builder"/>
    public sealed class Builder(PublishedDictionary from)
    {
        private readonly PositionedDictionary<Published>.Builder all = from.all.ToBuilder();
        private readonly PositionedDictionary<Published>.Builder sheets = from.sheets.ToBuilder();
        private readonly PositionedDictionary<Published>.Builder withFiles = from.withFiles.ToBuilder();

        public int Count => all.Count;

        public bool Contains(string id) => all.Contains(id);

        public void Set(Published item)
        {
            Remove(item.Id);
            all.Set(item);
            if (item.Kind == Kinds.BestPractice)
            {
                sheets.Set(item);
            }

            if (PublishedFiles.Of(item.Item).Count > 0)
            {
                withFiles.Set(item);
            }
        }

        /// <summary>Whether it was there.</summary>
        public bool Remove(string id)
        {
            sheets.Remove(id);
            withFiles.Remove(id);
            return all.Remove(id);
        }

        public PublishedDictionary ToImmutable() => new(all.ToImmutable(), sheets.ToImmutable(), withFiles.ToImmutable());
    }
}
