using System.Text.Json;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Reads the events of a web page: schema.org in JSON-LD, microdata or RDFa Lite, else h-event or hCalendar. The first of these that has
/// events counts, because pages that have two say the same in both.
/// </summary>
internal static class StructuredDataReader
{
    private const int LengthLimit = 5 * 1024 * 1024, MostDepth = 12;

    /// <summary>Members in which events stand.</summary>
    private static readonly string[] Holders = ["@graph", "@included", "itemListElement", "item", "mainEntity", "mainEntityOfPage",
        "subEvent", "subEvents", "event", "events", "hasCourseInstance", "hasPart", "subjectOf"];

    public static ImportDocument Read(string html, string? origin)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.StructuredData);
        // Not between the halves of a character: JSON refuses one.
        var page = new BoundedHtml(html.Length <= LengthLimit ? html
            : html[..(char.IsHighSurrogate(html[LengthLimit - 1]) ? LengthLimit - 1 : LengthLimit)]);
        var parts = page.Read().ToList();
        if (page.IsCut || html.Length > LengthLimit)
        {
            reading.Reject(null, null, T["La page est trop longue ou trop imbriquée : seul son début a été lu."]);
        }

        var isMarked = false;
        foreach (var roots in Syntaxes(parts, reading))
        {
            isMarked |= roots.Count > 0;
            if (ReadEvents(roots, BaseOf(parts, origin), reading))
            {
                break;
            }
        }

        var read = reading.Finish();
        return read.Events.Count > 0 || read.LeftOut.Count > 0 || read.Incomplete is not null
            || read.Rejected.Any(problem => problem.Key is not null) ? read
            : AsksForPassword(parts) ? ImportDocument.Unreadable(ImportDocument.StructuredData, T["Cette page demande de se connecter."])
            : isMarked ? read
            // An error page and a page in maintenance look like this too: no reason to believe that the events are gone.
            : ImportDocument.Unreadable(ImportDocument.StructuredData,
                T["Cette page ne contient aucun événement lisible : ni données schema.org (JSON-LD, microdonnées, RDFa), ni h-event."]);
    }

    /// <summary>JSON-LD that is no part of a page.</summary>
    public static ImportDocument Read(JsonElement root, string? origin)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.StructuredData);
        ReadEvents([root], BaseOf([], origin), reading);
        return reading.Finish();
    }

    private static bool ReadEvents(IReadOnlyList<JsonElement> roots, Uri? page, ImportDocumentBuilder reading)
    {
        var names = new JsonLd(roots);
        var found = new List<(SchemaEventReader Reader, JsonElement Item, JsonElement Within)>();
        foreach (var root in roots)
        {
            var reader = new SchemaEventReader(new JsonLd([root], names), page, reading);
            found.AddRange(Events(root, default, MostDepth).Select(pair => (reader, pair.Item, pair.Within)));
        }

        foreach (var (reader, item, within) in reading.Latest(found, one => SchemaEventReader.StartOf(one.Item)))
        {
            reader.Read(item, within);
        }

        return found.Count > 0;
    }

    private static IEnumerable<IReadOnlyList<JsonElement>> Syntaxes(List<HtmlPart> parts, ImportDocumentBuilder reading)
    {
        yield return JsonLdBlocks.Read(parts, reading);
        foreach (var syntax in MarkupSyntax.All)
        {
            yield return new MarkupReader(syntax, reading).Read(parts);
        }
    }

    /// <summary>Events wherever they stand: alone, in a list, in <c>@graph</c>, as an item of a list, as a part of another.</summary>
    private static IEnumerable<(JsonElement Item, JsonElement Within)> Events(JsonElement element, JsonElement within, int depth)
    {
        if (depth == 0)
        {
            yield break;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var found in element.EnumerateArray().SelectMany(item => Events(item, within, depth - 1)))
            {
                yield return found;
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var parts = Holders.SelectMany(name => Events(JsonLd.Member(element, name), Whole(element, name), depth - 1)).ToList();
            // A programme without a date of its own is what holds its parts.
            if (SchemaEventReader.IsEvent(element)
                && (parts.Count == 0 || JsonLd.Member(element, "startDate").ValueKind != JsonValueKind.Undefined))
            {
                yield return (element, within);
            }

            foreach (var part in parts)
            {
                yield return part;
            }
        }
    }

    /// <summary>Only a course and a programme lend their names: an organisation's event has one of its own, or none.</summary>
    private static JsonElement Whole(JsonElement element, string holder) =>
        holder is "hasCourseInstance" or "subEvent" or "subEvents" ? element : default;

    private static Uri? BaseOf(IEnumerable<HtmlPart> parts, string? origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.IsFile)
        {
            return null;
        }

        var given = parts.FirstOrDefault(part => part is { Kind: HtmlPartKind.Start, Value: "base" } && part.Attribute("href") is not null);
        return given is not null && Uri.TryCreate(page, given.Attribute("href"), out var whole) && !whole.IsFile ? whole : page;
    }

    private static bool AsksForPassword(IEnumerable<HtmlPart> parts) => parts.Any(part =>
        part is { Kind: HtmlPartKind.Start, Value: "input" }
        && string.Equals(part.Attribute("type")?.Trim(), "password", StringComparison.OrdinalIgnoreCase));
}
