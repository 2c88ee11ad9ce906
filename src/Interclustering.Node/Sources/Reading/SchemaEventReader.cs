using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Reads an event in the terms of schema.org, whatever syntax it came in.</summary>
/// <param name="values">The page's own names.</param>
/// <param name="page">What relative addresses refer to; absent for a file.</param>
/// <param name="reading">Where it goes.</param>
internal sealed partial class SchemaEventReader(JsonLd values, Uri? page, ImportDocumentBuilder reading)
{
    private const int MostSessions = 400;

    /// <summary>Letters that all parts together have from what holds them: thousands of dates of one long text would be read for minutes.
    /// </summary>
    private const int MostLent = 1_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Members that only say when it repeats.</summary>
    private static readonly string[] Schedules = ["eventSchedule", "courseSchedule"];

    private (JsonElement Of, Whole? Read) whole;
    private int lent;

    /// <param name="item">The event.</param>
    /// <param name="within">What holds it; a part without a name or a place has those of the whole.</param>
    /// <param name="ownKey">The source's key, where it is no <c>@id</c>.</param>
    public void Read(JsonElement item, JsonElement within, string? ownKey = null)
    {
        var around = Around(within);
        var title = CleanText.Title(JsonLd.Text(item, "name")) ?? around?.Title;
        var address = Address(item) ?? around?.Address;
        var (starts, wrong) = Starts(item);
        var key = ownKey ?? IdOf(item, address)
            ?? (address is null || starts is [] ? address : $"{address}#{starts[0].Local:yyyyMMdd'T'HHmm}");
        key = CleanText.Field(key);
        if (wrong is not null)
        {
            if (ownKey is null && IdOf(item, address) is null)
            {
                reading.Miss(T["La date d’un événement n’est pas lisible : on ne peut pas savoir duquel il s’agit."]);
            }

            reading.Reject(key, title, wrong);
            return;
        }

        var sessions = Sessions(item, starts, (key, title));
        if (sessions.Contains(null))
        {
            reading.Reject(key, title, T["La fin précède le début."]);
            return;
        }

        if (HasSchedule(item))
        {
            reading.Remark(key, title, T["Les répétitions (eventSchedule) ne sont pas reprises : seule la date de début l’est."]);
        }

        var (place, online, isOnline) = JsonLd.Member(item, "location").ValueKind == JsonValueKind.Undefined && around is not null
            ? around.Where : Where(item);
        var statuses = JsonLd.Terms(item, "eventStatus")
            .Select(term => term.StartsWith("Event", StringComparison.OrdinalIgnoreCase) ? term["Event".Length..] : term)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var modes = JsonLd.Terms(item, "eventAttendanceMode").ToHashSet();
        var keywords = Keywords(item);
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title ?? "",
            Text = Description(item) ?? Lent(around?.Text),
            Themes = KnownNames.ThemesAmong(keywords),
            TimeZone = WallClock.Paris,
            Sessions = [.. sessions.OfType<Session>().OrderBy(session => session.Start, StringComparer.Ordinal)],
            Attendance = AttendanceOf(modes, isOnline || (statuses.Contains("MovedOnline") && modes.Count == 0),
                place is not null && !statuses.Contains("MovedOnline")),
            Status = statuses.Overlaps(["Cancelled", "Canceled"]) ? EventStatus.Cancelled
                : statuses.Contains("Postponed") ? EventStatus.Postponed
                : statuses.Contains("Rescheduled") ? EventStatus.Rescheduled : EventStatus.Confirmed,
            MovedOnline = statuses.Contains("MovedOnline"),
            Full = IsFull(item),
            PreviousStart = IsoTime.Read(JsonLd.Texts(item, "previousStartDate").FirstOrDefault(), WallClock.Paris)?.ToString(),
            Place = place,
            OnlineUrl = online,
            RegistrationUrl = values.Parts(item, "offers").Select(offer => values.Links(offer, "url").Select(Web).FirstOrDefault())
                .FirstOrDefault(link => link is not null && link != address),
            Image = values.Links(item, "image").Select(Web).FirstOrDefault(link => link is not null) is { } image
                ? new Picture(image, title ?? "") : null,
            Source = new SourceReference("", "", address),
            Url = address?.StartsWith("https://", StringComparison.Ordinal) == true ? address : null,
        }, keywords);
    }

    /// <summary>What parts have of their whole, read once for all of them. A part of an event has a page and a text of its own.</summary>
    private Whole? Around(JsonElement within)
    {
        if (within.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (whole.Read is null || !whole.Of.Equals(within))
        {
            var isEvent = IsEvent(within);
            whole = (within, new Whole(CleanText.Title(JsonLd.Text(within, "name")), isEvent ? null : Address(within),
                isEvent ? null : Description(within), Where(within)));
        }

        return whole.Read;
    }

    /// <summary>Extensions of WordPress escape it twice: tags as entities, line ends as a backslash and an n.</summary>
    private static string? Description(JsonElement item)
    {
        var text = JsonLd.Text(item, "description");
        var isEscaped = text?.Contains('<', StringComparison.Ordinal) == false && text.Contains("&lt;", StringComparison.Ordinal);
        return CleanText.Markdown(isEscaped ? WebUtility.HtmlDecode(text)!.Replace("\\n", "\n", StringComparison.Ordinal) : text);
    }

    private string? Lent(string? text) => (lent += text?.Length ?? 0) <= MostLent ? text : null;

    public static bool IsEvent(JsonElement element) => JsonLd.Types(element).Any(type =>
        type is "Festival" or "Hackathon" or "CourseInstance" || type.EndsWith("Event", StringComparison.Ordinal));

    /// <summary>When it starts, in a form that sorts.</summary>
    public static string? StartOf(JsonElement item) =>
        IsoTime.Read(JsonLd.Texts(item, "startDate").FirstOrDefault(), WallClock.Paris)?.ToString();

    private static (IReadOnlyList<IsoTime> Starts, string? Wrong) Starts(JsonElement item)
    {
        var starts = new List<IsoTime>();
        foreach (var text in JsonLd.Texts(item, "startDate"))
        {
            if (IsoTime.Read(text, WallClock.Paris) is not { } start)
            {
                return ([], T["La date de début « {0} » n’est pas une date complète (ISO 8601), comme 2027-03-10 ou 2027-03-10T09:00.",
                    CleanText.Field(text)]);
            }

            starts.Add(start);
        }

        return (starts, starts.Count > 0 ? null : HasSchedule(item)
            ? T["L’événement ne donne que des répétitions (eventSchedule), qui ne sont pas reprises : la date de début manque."]
            : T["La date de début manque."]);
    }

    private static bool HasSchedule(JsonElement item) =>
        Schedules.Any(name => JsonLd.Member(item, name).ValueKind is JsonValueKind.Object or JsonValueKind.Array);

    private List<Session?> Sessions(JsonElement item, IReadOnlyList<IsoTime> starts, (string? Key, string? Title) about)
    {
        var written = JsonLd.Texts(item, "endDate").ToList();
        var ends = written.ConvertAll(text => IsoTime.Read(text, WallClock.Paris));
        if (ends.Contains(null))
        {
            reading.Remark(about.Key, about.Title,
                T["La date de fin « {0} » n’est pas lisible : elle n’est pas reprise.", CleanText.Field(written[ends.IndexOf(null)])]);
        }

        // Of several dates each needs an end of its own: one for all would be the last day's.
        var sessions = starts.Index().Select(pair => (pair.Item, End: ends.Count == starts.Count ? ends[pair.Index] : null)).Distinct()
            .Select((pair, index) => IsoTime.Session(index + 1, pair.Item, pair.End ?? After(item, pair.Item))).ToList();
        if (starts.Count == 1 && starts[0].AllDay is false && ends is [{ AllDay: true } day] && day.Local > starts[0].Local.Date)
        {
            reading.Remark(about.Key, about.Title, T["L’heure de fin n’est pas donnée : la fin du dernier jour est reprise."]);
        }

        if (sessions.Count > MostSessions)
        {
            reading.Remark(about.Key, about.Title, T["Seules les {0} premières dates sont reprises.", MostSessions]);
        }

        return sessions.Count > MostSessions ? sessions[..MostSessions] : sessions;
    }

    private static IsoTime? After(JsonElement item, IsoTime start)
    {
        try
        {
            return !start.AllDay && JsonLd.Text(item, "duration") is { Length: < 40 } text
                && XmlConvert.ToTimeSpan(text.Trim()) is var length
                && length > TimeSpan.Zero && length < Longest ? new IsoTime(start.Local + length, AllDay: false) : null;
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string AttendanceOf(HashSet<string> modes, bool isOnline, bool isOnSite) =>
        modes.Contains("MixedEventAttendanceMode")
            || modes.IsSupersetOf(["OnlineEventAttendanceMode", "OfflineEventAttendanceMode"]) ? Attendance.Hybrid
        : modes.Contains("OnlineEventAttendanceMode") ? Attendance.Online
        : !isOnline ? Attendance.OnSite : isOnSite ? Attendance.Hybrid : Attendance.Online;

    private bool IsFull(JsonElement item)
    {
        var offers = values.Parts(item, "offers").ToList();
        return offers.Count > 0 && offers.TrueForAll(offer => JsonLd.Terms(offer, "availability").Contains("SoldOut"));
    }

    private string? Address(JsonElement item) =>
        values.Links(item, "url").Concat(values.Links(item, "mainEntityOfPage")).Select(Web).FirstOrDefault(link => link is not null);

    private string? Web(string? link) => CleanText.Address(Absolute(link, page));

    private static string? Absolute(string? link, Uri? page) =>
        page is not null && link is not null && Uri.TryCreate(page, link.Trim(), out var whole) ? whole.AbsoluteUri : link;

    /// <summary>An <c>@id</c> is relative to its page. A mere fragment, in an excerpt of another page, is relative to that one.</summary>
    private string? IdOf(JsonElement item, string? address)
    {
        if (JsonLd.Id(item) is not { } id)
        {
            return null;
        }

        // A path is an absolute file address to .NET on Linux.
        if (Uri.TryCreate(id, UriKind.Absolute, out var whole) && !whole.IsFile)
        {
            return id;
        }

        var own = Uri.TryCreate(address, UriKind.Absolute, out var elsewhere) && elsewhere.PathAndQuery.Length > 1 ? elsewhere : null;
        var from = page is null || (id.StartsWith('#') && own is not null) ? own : page;
        return from is not null ? Absolute(id, from) : id.StartsWith('#') ? null : id;
    }

    private (Place? Place, string? Online, bool IsOnline) Where(JsonElement item)
    {
        var parts = values.Parts(item, "location").ToList();
        var links = parts.Where(IsVirtual).ToList();
        var words = JsonLd.Texts(item, "location").ToList();
        var place = parts.Where(part => !IsVirtual(part)).Select(ReadPlace).FirstOrDefault(read => read is not null)
            ?? words.Where(word => CleanText.Address(word) is null).Select(CleanText.Field).OfType<string>()
                .Select(word => new Place { Name = word }).FirstOrDefault();
        var online = links.Select(link => values.Links(link, "url").Select(Web).FirstOrDefault()
                ?? (JsonLd.Id(link) is { } id ? CleanText.Address(id) : null))
            .Concat(words.Where(word => !Map().IsMatch(word)).Select(CleanText.Address)).FirstOrDefault(link => link is not null);
        return (place, online, links.Count > 0 || online is not null);
    }

    private static bool IsVirtual(JsonElement part) => JsonLd.Types(part).Contains("VirtualLocation");

    private Place? ReadPlace(JsonElement place)
    {
        // Some give the address itself as the place.
        var address = values.Parts(place, "address").Append(place).First();
        var geo = values.Parts(place, "geo").Append(place).First();
        var country = JsonLd.Text(address, "addressCountry")
            ?? values.Parts(address, "addressCountry").Select(part => JsonLd.Text(part, "name")).FirstOrDefault();
        var read = new Place
        {
            Name = CleanText.Field(JsonLd.Text(place, "name")),
            Street = CleanText.Field(JsonLd.Text(address, "streetAddress") ?? JsonLd.Text(place, "address")),
            PostalCode = CleanText.Field(JsonLd.Text(address, "postalCode")),
            City = CleanText.Field(JsonLd.Text(address, "addressLocality")),
            Region = KnownNames.Region(JsonLd.Text(address, "addressRegion")),
            Country = string.Equals(country?.Trim(), "France", StringComparison.OrdinalIgnoreCase)
                ? "FR" : CleanText.Country(country?.Trim()),
            Latitude = CleanText.Coordinate(JsonLd.Text(geo, "latitude"), 90),
            Longitude = CleanText.Coordinate(JsonLd.Text(geo, "longitude"), 180),
        };
        return (read.Name ?? read.Street ?? read.City ?? read.Latitude) is null ? null : read;
    }

    private static List<string> Keywords(JsonElement item) =>
    [
        .. JsonLd.Texts(item, "keywords")
            .SelectMany(words => words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Concat(JsonLd.Texts(item, "about")).Take(ImportDocumentBuilder.MostWords),
    ];

    private sealed record Whole(string? Title, string? Address, string? Text, (Place? Place, string? Online, bool IsOnline) Where);

    /// <summary>An address that shows where it is, not the event.</summary>
    [GeneratedRegex(@"^https?://(maps?\.|[^/]*/maps|[^/]*openstreetmap|goo\.gl/)", RegexOptions.IgnoreCase)]
    private static partial Regex Map();
}
