using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Sources.Reading;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Sources.Comparing;

/// <summary>
/// A key belongs to its source: of two calendars of one cluster that both call an event « 1 », the one that came later gets keys that name
/// it as well.
/// </summary>
public static class SourceKeys
{
    /// <summary>Shorter ones, without a domain, are counters: every calendar has them.</summary>
    private const int ShortestOfItsOwn = 12;

    /// <summary>The reading with keys that no other source of the cluster follows.</summary>
    internal static async Task<ImportDocument> ApartAsync(
        NodeContext db, SourceRow source, IReadOnlyList<SourceItem> items, ImportDocument document, CancellationToken cancellation)
    {
        var others = await db.Sources.Where(row => row.Id != source.Id && row.System == source.System).Select(row => row.Id)
            .ToListAsync(cancellation);
        var taken = (await db.SourceItems.Where(row => others.Contains(row.Source)).Select(row => row.Key).ToListAsync(cancellation))
            .ToHashSet(StringComparer.Ordinal);
        var own = items.Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        return taken.Count == 0 && !own.Any(key => key.StartsWith(Prefix(source), StringComparison.Ordinal)) ? document
            : With(document, key => own.Contains(Prefix(source) + key) || (taken.Contains(key) && !own.Contains(key))
                ? Prefix(source) + key : key);
    }

    /// <summary>The reading of a file. Calendars that count their events name the file as well; ids of sites are the site's.</summary>
    public static ImportDocument OfFile(ImportDocument document, string name) => document.System != ImportDocument.Calendar
        ? document : With(document, key =>
        key.Length < ShortestOfItsOwn && !key.Contains('@', StringComparison.Ordinal) ? $"{CleanText.Field(name)}#{key}" : key);

    /// <summary>What the cluster has published and this source does not look after.</summary>
    internal static async Task<IReadOnlyList<OwnEvent>> OwnAsync(
        NodeContext db, SourceRow source, IReadOnlyList<SourceItem> items, ImportDocument reading, CancellationToken cancellation)
    {
        // What it brought once and had lost comes back as itself.
        var keys = items.Select(item => item.Key).Concat(reading.Present()).ToHashSet(StringComparer.Ordinal);
        var copies = await db.WorkingCopies.AsNoTracking()
            .Where(copy => copy.State == PublicationState.Published && (copy.Kind == Kinds.Event || copy.Kind == Kinds.Webinar))
            .ToListAsync(cancellation);
        var others = copies.Where(copy => copy.SourceSystem != source.System || copy.SourceKey is null || !keys.Contains(copy.SourceKey));
        // One that can't be read keeps no source from being looked at.
        return FaultIsolation.Shared.Each([.. others], copy => (copy.Subject, copy.Revision), copy =>
            new OwnEvent(copy.Subject, Similarity.Of((Event)PublicationText.Read(copy.Kind, copy.Data))));
    }

    private static string Prefix(SourceRow source) => $"{source.Id:N}/";

    private static ImportDocument With(ImportDocument document, Func<string, string> keyed)
    {
        return document with
        {
            Events = [.. document.Events.Select(item => item with
            {
                Key = keyed(item.Key),
                Event = item.Event with { Source = item.Event.Source! with { Key = keyed(item.Key) } }
            })],
            Rejected = Problems(document.Rejected),
            LeftOut = Problems(document.LeftOut),
            Remarks = Problems(document.Remarks),
        };

        IReadOnlyList<ImportProblem> Problems(IReadOnlyList<ImportProblem> problems) =>
            [.. problems.Select(problem => problem with { Key = problem.Key is null ? null : keyed(problem.Key) })];
    }
}
