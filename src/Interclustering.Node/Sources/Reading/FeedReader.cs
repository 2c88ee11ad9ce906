using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Reads the events of RSS 2.0, RSS 1.0 and Atom: items that say when they take place, in the event module of RSS 1.0, in xCal, or as the
/// calendars of WordPress do. The date of publication is never taken for it.
/// </summary>
internal static partial class FeedReader
{
    private const int MostText = 20_000_000, MostOfOne = 200_000, MostValues = 400, MostDeep = 3, PrologLimit = 8_000;

    private static readonly XmlReaderSettings Bounded =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, MaxCharactersInDocument = MostText };

    private static readonly string[] StartNames =
        ["startdate", "dtstart", "datestart", "startdatetime", "eventstart", "eventstartdate", "start", "starttime"];

    private static readonly string[] EndNames =
        ["enddate", "dtend", "dateend", "enddatetime", "eventend", "eventenddate", "end", "endtime"];

    private static readonly string[] PlaceNames = ["location", "venue", "eventlocation"];

    // As RFC 822 writes it, with four digits of the year, and hours as Modern Events Calendar does.
    private static readonly string[] MailTimes =
        ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss zzz"];

    private static readonly string[] Hours = ["H:mm", "H:mm:ss", "h:mm tt", "HH'h'mm", "H 'h' mm", "H 'h' mm 'min'"];

    public static bool Recognises(string text) => Prolog().IsMatch(text.Length > PrologLimit ? text[..PrologLimit] : text);

    public static ImportDocument Read(string text, string? origin)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.Feed);
        var (items, next, isComplete) = (new List<Item>(), (string?)null, false);
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Bounded);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (reader.LocalName)
                {
                    case "item" or "entry":
                        items.Add(new Item());
                        Fill(items[^1], reader);
                        break;
                    case "link" when reader.GetAttribute("rel") == "next":
                        next = reader.GetAttribute("href");
                        break;
                    case "complete":
                        isComplete = true;
                        break;
                }
            }
        }
        catch (XmlException failure)
        {
            reading.Reject(null, null,
                T["Le fil est abîmé à la ligne {0} : ce qui suit n’a pas pu être lu.", failure.LineNumber]);
        }

        if (!isComplete)
        {
            reading.Miss(T["Un fil n’annonce que ses derniers éléments : ce qui n’y est plus n’a pas disparu pour autant."]);
        }

        var page = Uri.TryCreate(origin, UriKind.Absolute, out var address) && !address.IsFile ? address : null;
        var events = new SchemaEventReader(new JsonLd([]), page, reading);
        foreach (var item in reading.Latest(items, item => item.First(StartNames)))
        {
            ReadOne(item, events, reading);
        }

        var read = reading.Finish();
        // The archive of a blog, whose items say no date, is not worth following.
        return read.Events.Count > 0 && page is not null && next is not null && Uri.TryCreate(page, next, out var more)
            ? read with { NextPage = more.AbsoluteUri } : read;
    }

    private static void ReadOne(Item item, SchemaEventReader events, ImportDocumentBuilder reading)
    {
        var key = CleanText.Field(item.First("guid", "id", "about") ?? item.First("link"));
        var starts = Times(item, StartNames, "starthour", "timestart");
        if (starts.Count == 0)
        {
            reading.Reject(key, CleanText.Title(item.First("title")),
                T["Ce fil ne donne pas la date de l’événement ; la date de publication n’en est pas une."]);
            return;
        }

        var happening = new JsonObject
        {
            ["@type"] = "Event",
            ["name"] = item.First("title"),
            ["url"] = item.First("link") ?? (CleanText.Address(key) is not null ? key : null),
            ["startDate"] = List(starts),
            ["endDate"] = List(Times(item, EndNames, "endhour", "timeend")),
            ["location"] = List([.. PlaceNames.Select(name => item.First(name)).OfType<string>().Take(1)]),
            ["description"] = item.First("encoded", "content", "description", "summary"),
            ["keywords"] = List(item.All("category")),
            ["image"] = List(item.All("image")),
            ["eventStatus"] = item.First("status") is { } status
                && status.Trim().StartsWith("cancel", StringComparison.OrdinalIgnoreCase) ? "EventCancelled" : null,
        };
        if (item.All("starthour").Count > 0 && IsoTime.Read(starts[0], WallClock.Paris) is { AllDay: true })
        {
            reading.Remark(key, CleanText.Title(item.First("title")),
                T["L’heure de début n’est pas lisible : le jour entier est repris."]);
        }

        events.Read(JsonSerializer.SerializeToElement(happening), default, key);
    }

    private static JsonArray List(IReadOnlyList<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static IReadOnlyList<string> Times(Item item, string[] names, params IEnumerable<string> hourNames)
    {
        var name = names.FirstOrDefault(name => item.All(name).Count > 0);
        var times = name is null ? [] : item.All(name);
        var hours = hourNames.Select(item.All).FirstOrDefault(all => all.Count == times.Count) ?? [];
        return [.. times.Select((time, index) => WithHour(Plain(time), hours.ElementAtOrDefault(index), isExclusive: name == "dtend"))];
    }

    /// <summary>RFC 822 has one meaning as well: in ISO 8601 it is read like the others.</summary>
    private static string Plain(string time) =>
        DateTimeOffset.TryParseExact(time.Trim(), MailTimes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : time.Trim();

    private static string WithHour(string time, string? hour, bool isExclusive)
    {
        if (IsoTime.Read(time, WallClock.Paris) is not { AllDay: true } day)
        {
            return time;
        }

        // RFC 5545 §3.6.1: the end of an iCalendar event is the day after its last.
        return hour is not null
            && TimeOnly.TryParseExact(hour.Trim(), Hours, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? WallClock.Timed(day.Local + at.ToTimeSpan())
            : isExclusive ? WallClock.Day(day.Local.AddDays(-1)) : time;
    }

    private static void Fill(Item item, XmlReader reader)
    {
        var (own, depth) = (reader.NamespaceURI, reader.Depth);
        item.Put("about", reader.GetAttribute("about", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
        if (reader.IsEmptyElement)
        {
            return;
        }

        var text = new StringBuilder();
        var open = new Stack<(string? Name, int From)>();
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var name = NameOf(reader, own, reader.Depth - depth);
                    Attributes(item, name, reader);
                    if (!reader.IsEmptyElement)
                    {
                        open.Push((name, text.Length));
                    }

                    break;
                case XmlNodeType.EndElement when open.TryPop(out var ended):
                    if (ended.Name is not null)
                    {
                        item.Put(ended.Name, text.ToString(ended.From, Math.Min(text.Length - ended.From, MostOfOne)));
                    }

                    if (open.Count == 0)
                    {
                        text.Clear();
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    text.Append(reader.Value);
                    break;
            }
        }
    }

    /// <summary>Without case and dashes. The title of an author or of a picture is not the item's.</summary>
    private static string? NameOf(XmlReader reader, string own, int deep)
    {
        var name = reader.LocalName.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)
            .Replace("_", "", StringComparison.Ordinal);
        var isOwn = reader.NamespaceURI == own && deep == 1;
        return deep > MostDeep ? null
            : name is "title" or "link" or "guid" or "id" or "content" or "description" or "summary" ? (isOwn ? name : null)
            : name;
    }

    private static void Attributes(Item item, string? name, XmlReader reader)
    {
        switch (name)
        {
            case "link" when reader.GetAttribute("rel") is null or "alternate":
                item.Put("link", reader.GetAttribute("href"));
                break;
            case "category":
                item.Put("category", reader.GetAttribute("label") ?? reader.GetAttribute("term"));
                break;
            case "enclosure" when reader.GetAttribute("type")?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true:
                item.Put("image", reader.GetAttribute("url"));
                break;
            // Google's data interface.
            case "when":
                item.Put("starttime", reader.GetAttribute("startTime"));
                item.Put("endtime", reader.GetAttribute("endTime"));
                break;
            case "where":
                item.Put("location", reader.GetAttribute("valueString"));
                break;
            case "location":
                item.Put("location", reader.GetAttribute("resource", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
                break;
        }
    }

    /// <summary>The texts of an item by the names of their elements.</summary>
    private sealed class Item
    {
        private readonly Dictionary<string, List<string>> texts = new(StringComparer.Ordinal);

        public void Put(string name, string? text)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            texts.TryAdd(name, []);
            if (texts[name].Count < MostValues)
            {
                texts[name].Add(text.Trim());
            }
        }

        public IReadOnlyList<string> All(string name) => texts.GetValueOrDefault(name) ?? [];

        public string? First(params IEnumerable<string> names) =>
            names.Select(name => All(name)).FirstOrDefault(values => values.Count > 0)?[0];
    }

    // Each alternative could end in several places: without backtracking that costs nothing.
    [GeneratedRegex(@"^\s*(<\?[^>]*>\s*|<!--(.|\n)*?-->\s*|<![^>]*>\s*)*<([\w.-]+:)?(rss|feed|RDF)[\s>/]",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Prolog();
}
