using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Interclustering.Node.Importing;

namespace Interclustering.Node.Sources;

/// <summary>Something that can be imported, found behind an address.</summary>
/// <param name="Address">What is to be looked at from now on.</param>
/// <param name="Document">What it holds now.</param>
public sealed record FoundSource(string Address, ImportDocument Document)
{
    public string SystemInWords => Document.System switch
    {
        ImportDocument.Calendar => T["Calendrier (iCalendar)"],
        ImportDocument.TheEventsCalendar => T["WordPress, extension The Events Calendar"],
        ImportDocument.OpenAgenda => T["OpenAgenda"],
        _ => T["Page web (données schema.org)"],
    };
}

/// <summary>Finds what can be imported behind any address of a site: the address itself, and what its page names.</summary>
internal sealed class SourceDiscovery(SourceFetch fetch)
{
    private const int MostTried = 8;

    /// <summary>For everything that a page names, together: somebody waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>The richest first.</returns>
    /// <exception cref="ImportFetchException">The address itself can't be had.</exception>
    public async Task<IReadOnlyList<FoundSource>> FindAsync(string typed, CancellationToken cancellation)
    {
        var page = await fetch.GetAsync(OpenAgendaExport(typed) ?? typed, known: null, cancellation);
        var reading = new SourceReading(fetch);
        var found = new List<FoundSource>();
        var own = ImportReader.Read(page.Content, page.Address.AbsoluteUri);
        if (own.Events.Count > 0)
        {
            found.Add(new FoundSource(page.Address.AbsoluteUri, own.NextPage is null ? own : (await reading.ReadAsync(page.Address.AbsoluteUri, null, cancellation))!.Document));
        }

        if (own.System == ImportDocument.StructuredData)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            foreach (var address in Named(page).Distinct().Where(address => address != page.Address).Take(MostTried))
            {
                if (await TryAsync(reading, address, patience.Token) is { } other)
                {
                    found.Add(other);
                }
            }
        }

        // The same events in a form that says more come first, and each form once.
        return [.. found.GroupBy(source => source.Document.System).Select(group => group.MaxBy(source => source.Document.Events.Count)!).OrderByDescending(Rank)];
    }

    private static int Rank(FoundSource source) => source.Document.System switch
    {
        ImportDocument.TheEventsCalendar or ImportDocument.OpenAgenda => 3,
        ImportDocument.Calendar => 2,
        _ => 1,
    };

    /// <summary>What a page names need not exist: a guess that fails is no failure.</summary>
    private static async Task<FoundSource?> TryAsync(SourceReading reading, Uri address, CancellationToken cancellation)
    {
        try
        {
            return await reading.ReadAsync(address.AbsoluteUri, null, cancellation) is { Document.Events.Count: > 0 } read ? new FoundSource(address.AbsoluteUri, read.Document) : null;
        }
        catch (Exception failure) when (failure is ImportFetchException or OperationCanceledException)
        {
            return null;
        }
    }

    private static IEnumerable<Uri> Named(Fetched page)
    {
        using var document = new HtmlParser().ParseDocument(new MemoryStream(page.Content.ToArray()));
        foreach (var link in document.QuerySelectorAll("link[rel~='alternate' i][href]").Where(link => link.GetAttribute("type")?.StartsWith("text/calendar", StringComparison.OrdinalIgnoreCase) == true))
        {
            if (Absolute(page, link.GetAttribute("href")) is { } calendar)
            {
                yield return calendar;
            }
        }

        // WordPress says where its REST interface is; the calendar's part of it has a fixed place there.
        foreach (var link in document.QuerySelectorAll("link[rel='https://api.w.org/'][href]"))
        {
            if (Absolute(page, link.GetAttribute("href")) is { } api && Uri.TryCreate(api, "tribe/events/v1/events?per_page=50", out var events))
            {
                yield return events;
            }
        }

        if (document.QuerySelector("[class*='tribe-events']") is not null && Absolute(page, "?ical=1") is { } exported)
        {
            yield return exported;
        }

        foreach (var link in document.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!))
        {
            if ((link.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) || link.Split('?', '#')[0].EndsWith(".ics", StringComparison.OrdinalIgnoreCase)) && Absolute(page, link) is { } calendar)
            {
                yield return calendar;
            }
            else if (Absolute(page, link) is { } absolute && OpenAgendaExport(absolute.AbsoluteUri) is { } export)
            {
                yield return new Uri(export);
            }
        }
    }

    /// <summary>The JSON of an agenda's page, as OpenAgenda has it: <c>/agendas/{uid}/events.v2.json</c>.</summary>
    private static string? OpenAgendaExport(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is "openagenda.com" && uri.Segments is [_, "agendas/", var agenda, ..] && long.TryParse(agenda.TrimEnd('/'), out _) && !uri.AbsolutePath.EndsWith(".json", StringComparison.Ordinal)
            ? $"https://openagenda.com/agendas/{agenda.TrimEnd('/')}/events.v2.json"
            : null;

    private static Uri? Absolute(Fetched page, string? link) =>
        Uri.TryCreate(page.Address, link?.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) == true ? $"https{link["webcal".Length..]}" : link, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;
}
