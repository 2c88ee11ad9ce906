using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Fetching;

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
        ImportDocument.Feed => T["Fil RSS ou Atom"],
        _ => T["Page web (données schema.org)"],
    };
}

/// <summary>Finds what can be imported behind any address of a site: the address itself, and what its page names.</summary>
internal sealed class SourceDiscovery(SourceReading reading)
{
    private const int MostTried = 8;

    /// <summary>For everything that a page names, together: an editor waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>The richest first.</returns>
    /// <exception cref="ImportFetchException">The address itself can't be had.</exception>
    public async Task<IReadOnlyList<FoundSource>> FindAsync(string typed, CancellationToken cancellation)
    {
        var (page, content) = await reading.LookAsync(NamedAddresses.OpenAgendaExport(typed) ?? typed, cancellation);
        var found = new List<FoundSource>();
        var own = content.Document;
        if (own.Events.Count > 0)
        {
            found.Add(new FoundSource(page.Address.AbsoluteUri, own.NextPage is null
                ? own : (await reading.ReadAsync(page.Address.AbsoluteUri, null, cancellation))!.Document));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        foreach (var address in content.Named.Take(MostTried))
        {
            if (await TryAsync(address, patience.Token) is { } other)
            {
                found.Add(other);
            }
        }

        // The same events in a form that says more come first, and each form once.
        return [.. found.GroupBy(source => source.Document.System).Select(group => group.MaxBy(source => source.Document.Events.Count)!)
            .OrderByDescending(Rank)];
    }

    private static int Rank(FoundSource source) => source.Document.System switch
    {
        ImportDocument.TheEventsCalendar or ImportDocument.OpenAgenda => 3,
        ImportDocument.Calendar => 2,
        _ => 1,
    };

    /// <summary>What a page names need not exist: a guess that fails is no failure.</summary>
    private async Task<FoundSource?> TryAsync(string address, CancellationToken cancellation)
    {
        try
        {
            return await reading.ReadAsync(address, null, cancellation) is { Document.Events.Count: > 0 } read
                ? new FoundSource(address, read.Document) : null;
        }
        catch (Exception failure) when (failure is ImportFetchException or OperationCanceledException)
        {
            return null;
        }
    }
}
