using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Fetching;

/// <summary>What a source holds, all its pages.</summary>
public sealed record FoundAtSource(ImportDocument Document, Validators Validators);

/// <summary>
/// Fetches a source and reads it, page after page where it has several. What can't be had or read of the pages after the first makes the
/// reading incomplete; the others count.
/// </summary>
public sealed class SourceReading(SourceFetch fetch, ReadSource read)
{
    private const int MostPages = 100;

    /// <returns>Null when nothing has changed since <paramref name="known"/>.</returns>
    /// <exception cref="ImportFetchException">It can't be had.</exception>
    public async Task<FoundAtSource?> ReadAsync(string address, Validators? known, CancellationToken cancellation)
    {
        var whole = Uri.TryCreate(address, UriKind.Absolute, out var typed) ? SourceAddresses.Completed(typed).AbsoluteUri : address;
        var first = await fetch.GetAsync(whole, known, cancellation);
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
        var pages = new List<ImportDocument> { document };
        var (at, asked, missing) = (first.Address, new HashSet<Uri> { first.Address }, (string?)null);
        while (missing is null && pages[^1].NextPage is { } announced)
        {
            if (NextOf(announced, at) is not { } next)
            {
                missing = T["La suite est annoncée sur un autre site : elle n’est pas lue."];
            }
            else if (pages.Count == MostPages || pages.Sum(page => page.Events.Count) >= ImportDocumentBuilder.MostEvents)
            {
                missing = T["La source a plus de {0} pages ou de {1} événements : la suite n’est pas lue.", MostPages,
                    ImportDocumentBuilder.MostEvents];
            }
            else if (!asked.Add(next))
            {
                // It leads back to where it was: this is its end.
                break;
            }
            else
            {
                (var page, missing) = await NextAsync(next, pages.Count + 1, document.System, cancellation);
                (at, pages) = (next, page is null ? pages : [.. pages, page]);
            }
        }

        // The pages after the first have validators of their own: one of them may change alone.
        return new FoundAtSource(Together(pages, missing), asked.Count > 1 ? new Validators() : first.Validators);
    }

    private async Task<(ImportDocument? Page, string? Missing)> NextAsync(
        Uri address, int number, string system, CancellationToken cancellation)
    {
        try
        {
            var fetched = await fetch.GetAsync(address.AbsoluteUri, known: null, cancellation);
            var page = (await read(fetched.Content, fetched.Address, cancellation)).Document;
            return page.System != system ? (null, T["La page {0} de la réponse n’est pas lisible.", number])
                : page.Events.Count == 0 && page.Rejected.All(problem => problem.Key is null) && system == ImportDocument.TheEventsCalendar
                    ? (null, T["La page {0} de la réponse est vide.", number])
                : (page, null);
        }
        catch (ImportFetchException failure)
        {
            return (null, T["La page {0} de la réponse n’a pas pu être relevée : {1}", number, failure.Message]);
        }
    }

    /// <summary>One document of all pages: each key once, where it first stands.</summary>
    private static ImportDocument Together(List<ImportDocument> pages, string? missing) => pages[0] with
    {
        Events = [.. pages.SelectMany(page => page.Events).DistinctBy(item => item.Key)],
        // That a page after the first holds no event is no news.
        Rejected = [.. pages[0].Rejected, .. pages.Skip(1).SelectMany(page => page.Rejected).Where(problem => problem.Key is not null)],
        LeftOut = [.. pages.SelectMany(page => page.LeftOut)],
        Remarks = [.. pages.SelectMany(page => page.Remarks)],
        Incomplete = pages.Select(page => page.Incomplete).FirstOrDefault(reason => reason is not null) ?? missing,
        NextPage = null,
    };

    /// <summary>
    /// The next page, at the site that answered: some sites write their own name in another way. Null where it is another site's.
    /// </summary>
    private static Uri? NextOf(string announced, Uri at) =>
        Uri.TryCreate(at, announced, out var next) && (Bare(next.Host) == Bare(at.Host) || next.AbsolutePath == at.AbsolutePath)
            ? new UriBuilder(next) { Scheme = at.Scheme, Host = at.Host, Port = at.IsDefaultPort ? -1 : at.Port }.Uri : null;

    private static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
