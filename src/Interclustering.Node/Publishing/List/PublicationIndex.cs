using System.Collections.Concurrent;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.List;

/// <summary>What the list looks at in the text of a publication.</summary>
/// <param name="Place">Name and town, as written.</param>
/// <param name="Themes">Slugs.</param>
/// <param name="NextDay">First day that is not over; null where none is to come.</param>
/// <param name="LastDay">Null for what has no date.</param>
public sealed record ListedText(string Place, IReadOnlyList<string> Themes, DateOnly? NextDay, DateOnly? LastDay)
{
    public static ListedText Unread { get; } = new("", [], null, null);
}

/// <summary>A publication in the list: its row without the text, and what the list needs of the text.</summary>
public sealed record ListedPublication(
    string Subject, string Kind, string State, string Title, DateTime EditedAt, DateTime? ArchivedAt, DateTime? PublishAt, ListedText Text)
{
    /// <summary>There is a draft of a change of it.</summary>
    public bool IsChanging { get; init; }

    /// <summary>UTC: when that change is published by itself.</summary>
    public DateTime? ChangesAt { get; init; }

    /// <summary>Whether every word stands in title, place, kind and themes: whatever their accents, case and order.</summary>
    public bool Has(SearchText search) => search.IsIn(FoldedText.Of(
        string.Join(' ', [Title, Text.Place, Vocabulary.Label(Kind), .. Text.Themes.Select(Vocabulary.Label)])));
}

/// <summary>
/// The publications of each hosted cluster, with what the list needs of their texts. A text is read once for each version and day, so that
/// a list of thousands costs one narrow query.
/// </summary>
internal sealed class PublicationIndex
{
    private readonly ConcurrentDictionary<string, Known> byNode = [];

    public async Task<IReadOnlyList<ListedPublication>> ReadAsync(
        NodeContext db, string node, DateOnly today, CancellationToken cancellation)
    {
        var known = byNode.GetOrAdd(node, _ => new Known());
        var rows = await db.WorkingCopies.AsNoTracking().Where(row => Kinds.Items.Contains(row.Kind))
            .Select(row => new { row.Subject, row.Kind, row.State, row.Title, row.Version, row.EditedAt, row.ArchivedAt, row.PublishAt })
            .ToListAsync(cancellation);
        var changes = await db.PendingChanges.AsNoTracking().Select(row => new { row.Subject, row.PublishAt })
            .ToDictionaryAsync(row => row.Subject, cancellation);
        var texts = known.On(today);
        var missing = rows.Where(row => !texts.TryGetValue(row.Subject, out var text) || text.Version != row.Version)
            .Select(row => row.Subject).ToList();
        foreach (var part in missing.Chunk(MostAtOnce))
        {
            foreach (var row in await db.WorkingCopies.AsNoTracking().Where(row => part.Contains(row.Subject))
                .Select(row => new { row.Subject, row.Version, row.Kind, row.Data }).ToListAsync(cancellation))
            {
                texts[row.Subject] = (row.Version, FaultIsolation.Shared.Each([row], one => (one.Subject, one.Version),
                    one => Read(one.Kind, one.Data, today)) is [var text] ? text : ListedText.Unread);
            }
        }

        foreach (var gone in texts.Keys.Except(rows.Select(row => row.Subject)))
        {
            texts.TryRemove(gone, out _);
        }

        return
        [
            .. rows.Select(row => new ListedPublication(row.Subject, row.Kind, row.State, row.Title, row.EditedAt, row.ArchivedAt,
                row.PublishAt, texts.TryGetValue(row.Subject, out var text) ? text.Text : ListedText.Unread)
            {
                IsChanging = changes.ContainsKey(row.Subject),
                ChangesAt = changes.GetValueOrDefault(row.Subject)?.PublishAt,
            }),
        ];
    }

    private const int MostAtOnce = 500;

    private static ListedText Read(string kind, string data, DateOnly today)
    {
        NullEntries.Check(data);
        var item = (PublishedItem)PublicationText.Read(kind, data);
        var times = item is Event { Status: not EventStatus.Postponed } happening ? EventTimes.Of(happening, today).ToList() : [];
        return new ListedText(
            item is Event { Place: { } place } ? $"{place.Name} {place.City}" : "", item.Themes,
            times.Where(time => time.LastDay >= today).Select(time => (DateOnly?)time.Day).Min(),
            times.Select(time => (DateOnly?)time.LastDay).Max());
    }

    private sealed class Known
    {
        private readonly Lock turn = new();
        private (DateOnly Day, ConcurrentDictionary<string, (long Version, ListedText Text)> Texts) current = (default, []);

        /// <summary>Forgotten when the day changes: what is to come does then.</summary>
        public ConcurrentDictionary<string, (long Version, ListedText Text)> On(DateOnly today)
        {
            lock (turn)
            {
                current = current.Day == today ? current : (today, []);
                return current.Texts;
            }
        }
    }
}
