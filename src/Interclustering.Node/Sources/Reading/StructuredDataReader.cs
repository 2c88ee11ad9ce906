using System.Globalization;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Reads schema.org <c>Event</c> in the JSON-LD of a web page.</summary>
internal static class StructuredDataReader
{
    private const int LengthLimit = 5 * 1024 * 1024, MostScripts = 50, MostEvents = 1_000, MostDepth = 8;

    /// <summary>Members in which events stand.</summary>
    private static readonly string[] Holders = ["@graph", "itemListElement", "item", "mainEntity", "subEvent"];

    public static ImportDocument Read(string html, string? origin)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.StructuredData);
        var found = 0;
        foreach (var script in Scripts(html, reading))
        {
            try
            {
                using var document = JsonDocument.Parse(ImportReader.WithoutLoneSurrogates(script),
                    new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
                foreach (var item in Events(document.RootElement, MostDepth).Take(MostEvents - found))
                {
                    found++;
                    ReadOne(item, origin, reading);
                }
            }
            catch (JsonException)
            {
                reading.Reject(null, null, "Un bloc de données de la page (JSON-LD) est abîmé : il ne peut pas être lu.");
            }
        }

        return reading.Finish();
    }

    private static List<string> Scripts(string html, ImportDocumentBuilder reading)
    {
        var page = new BoundedHtml(html.Length > LengthLimit ? html[..LengthLimit] : html);
        var scripts = new List<string>();
        StringBuilder? script = null;
        foreach (var part in page.Read())
        {
            if (part is { Kind: HtmlPartKind.Start, Value: "script" }
                && part.Attribute("type")?.Trim().StartsWith("application/ld+json", StringComparison.OrdinalIgnoreCase) == true)
            {
                script = new StringBuilder();
            }
            else if (script is not null && part.Kind == HtmlPartKind.Text)
            {
                script.Append(part.Value);
            }
            else if (script is not null)
            {
                scripts.Add(script.ToString().Trim());
                script = null;
            }

            if (scripts.Count == MostScripts)
            {
                break;
            }
        }

        if (page.IsCut)
        {
            reading.Reject(null, null, "La page est trop longue ou trop imbriquée : seul son début a été lu.");
        }

        return scripts;
    }

    /// <summary>Events wherever they stand: alone, in a list, in <c>@graph</c>, as an item of a list, as a part of another.</summary>
    private static IEnumerable<JsonElement> Events(JsonElement element, int depth)
    {
        if (depth == 0)
        {
            yield break;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var inner in element.EnumerateArray().SelectMany(item => Events(item, depth - 1)))
            {
                yield return inner;
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (IsEvent(element))
            {
                yield return element;
            }

            foreach (var inner in Holders.SelectMany(name => Events(element.Member(name), depth - 1)))
            {
                yield return inner;
            }
        }
    }

    private static bool IsEvent(JsonElement element) =>
        Texts(element, "@type").Any(type => type.Split('/', ':')[^1] is "Festival" or "Hackathon" or "CourseInstance"
        || type.EndsWith("Event", StringComparison.Ordinal));

    private static void ReadOne(JsonElement item, string? origin, ImportDocumentBuilder reading)
    {
        var title = CleanText.Title(item.InFrench("name"));
        var address = CleanText.Address(Absolute(item.Text("url"), origin));
        var start = Time(item.Text("startDate"));
        // Its own id; else its page, with the start, because one page may list several.
        var key = CleanText.Field(item.Text("@id") ?? (start is { } from ? $"{address ?? origin}#{from.Local:yyyyMMdd'T'HHmm}" : address));
        if (!reading.Accepts(key, title))
        {
            return;
        }

        if (start is not { } first)
        {
            reading.Reject(key, title, "La date de début manque ou n’est pas lisible.");
            return;
        }

        var end = Time(item.Text("endDate"));
        // The last day is meant inclusively where there is no time.
        var last = first.AllDay ? (end?.Local.Date ?? first.Local.Date).AddDays(1) : end is { AllDay: false } ended
            ? ended.Local : (DateTime?)null;
        if (WallClock.Session(1, first.Local, last, first.AllDay) is not { } session)
        {
            reading.Reject(key, title, "La fin précède le début.");
            return;
        }

        var places = Parts(item.Member("location")).ToList();
        var online = places.Where(place =>
            Texts(place, "@type").Any(type => type.EndsWith("VirtualLocation", StringComparison.Ordinal))).ToList();
        var place = places.Where(candidate => !online.Contains(candidate)).Select(ReadPlace).FirstOrDefault(read => read is not null)
            ?? (CleanText.Field(item.Text("location")) is { } name && CleanText.Address(name) is null ? new Place { Name = name } : null);
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title,
            Text = CleanText.Markdown(item.InFrench("description")),
            Themes = KnownNames.ThemesAmong(Keywords(item)),
            TimeZone = WallClock.Paris,
            Sessions = [session],
            Attendance = Last(item.Text("eventAttendanceMode")) switch
            {
                "OnlineEventAttendanceMode" => Attendance.Online,
                "MixedEventAttendanceMode" => Attendance.Hybrid,
                _ => online.Count == 0 ? Attendance.OnSite : place is null ? Attendance.Online : Attendance.Hybrid,
            },
            Status = Last(item.Text("eventStatus")) switch
            {
                "EventCancelled" => EventStatus.Cancelled,
                "EventPostponed" => EventStatus.Postponed,
                "EventRescheduled" => EventStatus.Rescheduled,
                _ => EventStatus.Confirmed,
            },
            MovedOnline = Last(item.Text("eventStatus")) == "EventMovedOnline",
            PreviousStart = Time(item.Text("previousStartDate")) is { } before
                ? (before.AllDay ? WallClock.Day(before.Local) : WallClock.Timed(before.Local)) : null,
            Place = place,
            OnlineUrl = online.Select(where => CleanText.Address(where.Text("url"))).FirstOrDefault(link => link is not null),
            RegistrationUrl = Parts(item.Member("offers")).Select(offer => CleanText.Address(offer.Text("url")))
                .FirstOrDefault(link => link is not null && link != address),
            Image = CleanText.Address(Absolute(Picture(item.Member("image")), origin)) is { } image ? new Picture(image, title) : null,
            Source = new SourceReference(ImportDocument.StructuredData, key, address),
            Url = address?.StartsWith("https://", StringComparison.Ordinal) == true ? address : null,
        }, Keywords(item));
    }

    private static Place? ReadPlace(JsonElement place)
    {
        var address = Parts(place.Member("address")).FirstOrDefault();
        var read = new Place
        {
            Name = CleanText.Field(place.InFrench("name")),
            Street = CleanText.Field(address.Text("streetAddress") ?? place.Text("address")),
            PostalCode = CleanText.Field(address.Text("postalCode")),
            City = CleanText.Field(address.Text("addressLocality")),
            Region = KnownNames.Region(address.Text("addressRegion")),
            Country = address.Text("addressCountry") is "France"
                ? "FR" : CleanText.Country(address.Text("addressCountry") ?? address.Member("addressCountry").Text("name")),
            Latitude = CleanText.Coordinate(place.Member("geo").Text("latitude"), 90),
            Longitude = CleanText.Coordinate(place.Member("geo").Text("longitude"), 180),
        };
        return (read.Name ?? read.Street ?? read.City ?? read.Latitude) is null ? null : read;
    }

    /// <summary>With an offset, that instant in Paris; without one, as written.</summary>
    private static (DateTime Local, bool AllDay)? Time(string? text)
    {
        text = text?.Trim();
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return WallClock.IsSensible(day) ? (day, true) : null;
        }

        string[] local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm"];
        if (DateTime.TryParseExact(text, local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var written))
        {
            return WallClock.IsSensible(written) ? (written, false) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && WallClock.IsSensible(instant.UtcDateTime)
            ? (WallClock.FromInstant(instant, WallClock.Paris), false)
            : null;
    }

    /// <summary>The objects of a value that is one, or a list of them.</summary>
    private static IEnumerable<JsonElement> Parts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? [value] : value.Items().Where(part => part.ValueKind == JsonValueKind.Object);

    private static IEnumerable<string> Texts(JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.Array
        ? element.Items(name).Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()!)
        : element.Text(name) is { } one ? [one] : [];

    private static IEnumerable<string> Keywords(JsonElement item) =>
        Texts(item, "keywords").SelectMany(words =>
            words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Concat(Texts(item, "about"))
            .Take(ImportDocumentBuilder.MostWords);

    private static string? Picture(JsonElement image) => image.ValueKind switch
    {
        JsonValueKind.String => image.GetString(),
        JsonValueKind.Array => image.EnumerateArray().Select(Picture).FirstOrDefault(address => address is not null),
        _ => image.Text("url"),
    };

    private static string? Last(string? term) => term?.Split('/', '#')[^1];

    private static string? Absolute(string? address, string? origin) =>
        address is not null && Uri.TryCreate(origin, UriKind.Absolute, out var at) && Uri.TryCreate(at, address, out var whole)
            ? whole.AbsoluteUri : address;
}
