namespace Interclustering.Node.Sources.Reading;

/// <summary>What a page names that may hold events: calendars, WordPress's interface, agendas of OpenAgenda, feeds.</summary>
internal static class NamedAddresses
{
    private const int Most = 20, MostFeeds = 3;

    private static readonly string[] Feeds = ["application/rss+xml", "application/atom+xml", "application/rdf+xml"];

    /// <returns>The likeliest first.</returns>
    public static IReadOnlyList<string> In(ReadOnlyMemory<byte> page, Uri address)
    {
        var (calendars, interfaces, exports, links, feeds) =
            (new List<Uri?>(), new List<Uri?>(), new List<Uri?>(), new List<Uri?>(), new List<Uri?>());
        var at = address;
        foreach (var part in new BoundedHtml(SourceText.Decode(page.Span)).Read().Where(part => part.Kind == HtmlPartKind.Start))
        {
            var link = part.Attribute("href");
            if (part.Value == "base" && link is not null && at == address)
            {
                at = Absolute(address, link) ?? address;
            }

            if (part.Value == "link" && link is not null)
            {
                var relations = MarkupSyntax.Tokens(part.Attribute("rel"));
                var type = relations.Contains("alternate", StringComparer.OrdinalIgnoreCase) ? part.Attribute("type")?.Trim() ?? "" : "";
                if (type.StartsWith("text/calendar", StringComparison.OrdinalIgnoreCase))
                {
                    calendars.Add(Absolute(at, link));
                }

                // The first is the site's own; those of comments and categories follow.
                if (feeds.Count < MostFeeds && Feeds.Any(feed => type.StartsWith(feed, StringComparison.OrdinalIgnoreCase)))
                {
                    feeds.Add(Absolute(at, link));
                }

                // WordPress says where its REST interface is; the calendar's part of it has a fixed place there.
                if (relations.Contains("https://api.w.org/") && Absolute(at, link) is { } api)
                {
                    interfaces.Add(SourceAddresses.TheEventsCalendar(api));
                }
            }

            if (exports.Count == 0 && part.Attribute("class")?.Contains("tribe-events", StringComparison.Ordinal) == true)
            {
                exports.Add(Absolute(address, "?ical=1"));
            }

            if (part.Value == "a" && link is not null && links.Count < Most)
            {
                if (link.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase)
                    || link.Split('?', '#')[0].EndsWith(".ics", StringComparison.OrdinalIgnoreCase))
                {
                    links.Add(Absolute(at, link));
                }
                else if (Absolute(at, link) is { } absolute && OpenAgendaExport(absolute.AbsoluteUri) is { } export)
                {
                    links.Add(new Uri(export));
                }
            }
        }

        return [.. calendars.Concat(interfaces).Concat(exports).Concat(links).Concat(feeds).OfType<Uri>().Where(named => named != address)
            .Select(named => named.AbsoluteUri).Distinct().Take(Most)];
    }

    /// <summary>The JSON of an agenda's page, as OpenAgenda has it: <c>/agendas/{uid}/events.v2.json</c>, with all that it says.</summary>
    public static string? OpenAgendaExport(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is "openagenda.com"
            && uri.Segments is [_, "agendas/", var agenda, ..] && long.TryParse(agenda.TrimEnd('/'), out _)
            && !uri.AbsolutePath.EndsWith(".json", StringComparison.Ordinal)
            ? $"https://openagenda.com/agendas/{agenda.TrimEnd('/')}/events.v2.json?detailed=1&size=100"
            : null;

    private static Uri? Absolute(Uri page, string link) =>
        Uri.TryCreate(page, link.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) ? $"https{link["webcal".Length..]}"
            : link, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;
}
