using System.Text;

namespace Interclustering.Node.Sources.Reading;

/// <summary>What a page names that may hold events: calendars, WordPress's interface, agendas of OpenAgenda.</summary>
internal static class NamedAddresses
{
    private const int Most = 20;

    /// <returns>The likeliest first.</returns>
    public static IReadOnlyList<string> In(ReadOnlyMemory<byte> page, Uri address)
    {
        var (calendars, interfaces, exports, links) = (new List<Uri?>(), new List<Uri?>(), new List<Uri?>(), new List<Uri?>());
        foreach (var part in new BoundedHtml(Encoding.UTF8.GetString(page.Span)).Read().Where(part => part.Kind == HtmlPartKind.Start))
        {
            var link = part.Attribute("href");
            if (part.Value == "link" && link is not null)
            {
                var relations = part.Attribute("rel")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
                if (relations.Contains("alternate", StringComparer.OrdinalIgnoreCase)
                    && part.Attribute("type")?.StartsWith("text/calendar", StringComparison.OrdinalIgnoreCase) == true)
                {
                    calendars.Add(Absolute(address, link));
                }

                // WordPress says where its REST interface is; the calendar's part of it has a fixed place there.
                if (relations is ["https://api.w.org/"] && Absolute(address, link) is { } api
                    && Uri.TryCreate(api, "tribe/events/v1/events?per_page=50", out var events))
                {
                    interfaces.Add(events);
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
                    links.Add(Absolute(address, link));
                }
                else if (Absolute(address, link) is { } absolute && OpenAgendaExport(absolute.AbsoluteUri) is { } export)
                {
                    links.Add(new Uri(export));
                }
            }
        }

        return [.. calendars.Concat(interfaces).Concat(exports).Concat(links).OfType<Uri>().Where(named => named != address)
            .Select(named => named.AbsoluteUri).Distinct().Take(Most)];
    }

    /// <summary>The JSON of an agenda's page, as OpenAgenda has it: <c>/agendas/{uid}/events.v2.json</c>.</summary>
    public static string? OpenAgendaExport(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host is "openagenda.com"
            && uri.Segments is [_, "agendas/", var agenda, ..] && long.TryParse(agenda.TrimEnd('/'), out _)
            && !uri.AbsolutePath.EndsWith(".json", StringComparison.Ordinal)
            ? $"https://openagenda.com/agendas/{agenda.TrimEnd('/')}/events.v2.json"
            : null;

    private static Uri? Absolute(Uri page, string link) =>
        Uri.TryCreate(page, link.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) ? $"https{link["webcal".Length..]}"
            : link, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;
}
