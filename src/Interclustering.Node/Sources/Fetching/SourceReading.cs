using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Fetching;

/// <summary>What a source holds, all its pages.</summary>
public sealed record FoundAtSource(ImportDocument Document, Validators Validators);

/// <summary>Fetches a source and reads it, page after page where The Events Calendar has several.</summary>
public sealed class SourceReading(SourceFetch fetch, ReadSource read)
{
    private const int MostPages = 20;

    /// <returns>Null when nothing has changed since <paramref name="known"/>.</returns>
    /// <exception cref="ImportFetchException">It can't be had.</exception>
    public async Task<FoundAtSource?> ReadAsync(string address, Validators? known, CancellationToken cancellation)
    {
        var first = await fetch.GetAsync(address, known, cancellation);
        if (first.NotModified)
        {
            return null;
        }

        return await ReadAsync(first, (await read(first.Content, first.Address, cancellation)).Document, cancellation);
    }

    /// <summary>A page that is looked at to find sources.</summary>
    /// <exception cref="ImportFetchException">It can't be had.</exception>
    public async Task<(Fetched Page, SourceContent Content)> LookAsync(string address, CancellationToken cancellation)
    {
        var page = await fetch.GetAsync(address, known: null, cancellation);
        return (page, await read(page.Content, page.Address, cancellation));
    }

    private async Task<FoundAtSource> ReadAsync(Fetched first, ImportDocument document, CancellationToken cancellation)
    {
        var (events, problems, next) = (document.Events.ToList(), document.Problems.ToList(), NextOf(document, first));
        var keys = events.Select(item => item.Key).ToHashSet();
        for (var page = 1; next is not null && page < MostPages; page++)
        {
            var fetched = await fetch.GetAsync(next.AbsoluteUri, known: null, cancellation);
            var more = (await read(fetched.Content, fetched.Address, cancellation)).Document;
            events.AddRange(more.Events.Where(item => keys.Add(item.Key)));
            problems.AddRange(more.Problems);
            next = more.Events.Count == 0 ? null : NextOf(more, fetched);
        }

        // The pages after the first have validators of their own: one of them may change alone.
        return new FoundAtSource(document with { Events = events, Problems = problems }, keys.Count > document.Events.Count
            ? new Validators() : first.Validators);
    }

    /// <summary>Of the same site only.</summary>
    private static Uri? NextOf(ImportDocument document, Fetched fetched) =>
        Uri.TryCreate(document.NextPage, UriKind.Absolute, out var next) && next.Host == fetched.Address.Host && next != fetched.Address
            ? next : null;
}
