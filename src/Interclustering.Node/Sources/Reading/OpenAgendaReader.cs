using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Reads events of OpenAgenda's v2 export and of its API, with <c>detailed=1</c> or without: then an event has only its first, next and
/// last times.
/// </summary>
internal static class OpenAgendaReader
{
    private const int MostSessions = 400, Published = 2;
    private const string After = "after";
    private const int MostParts = 10, MostLetters = 200;

    /// <summary>An end of the same date before this hour is of the following night.</summary>
    private const int NightEnds = 6;

    private static readonly string[] KnownTimings = ["firstTiming", "nextTiming", "lastTiming"];

    private static readonly (string Code, string Words)[] Handicaps =
        [("mi", "moteur"), ("hi", "auditif"), ("vi", "visuel"), ("ii", "intellectuel"), ("pi", "psychique")];

    public static ImportDocument Read(IReadOnlyList<JsonElement> items, JsonElement root, string? origin)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.OpenAgenda);
        var next = Next(items, root, origin, reading);
        foreach (var item in reading.Latest(items, item => Timings(item).Select(BeginOf).Max(StringComparer.Ordinal)))
        {
            ReadOne(item, reading);
        }

        return reading.Finish() with { NextPage = next };
    }

    /// <summary>An answer has a part of the agenda, and the place after which the next begins.</summary>
    private static string? Next(IReadOnlyList<JsonElement> items, JsonElement root, string? origin, ImportDocumentBuilder reading)
    {
        var given = root.Member(After);
        var after = (given.ValueKind is JsonValueKind.String or JsonValueKind.Number ? [given] : given.Items().Take(MostParts))
            .Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())
            .Where(value => value.Length <= MostLetters).ToList();
        var total = root.Number("total");
        if (total is null ? after.Count == 0 || items.Count == 0 : total <= items.Count)
        {
            return null;
        }

        var page = Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
        if (page is not null && items.Count > 0 && after.Count > 0)
        {
            return SourceAddresses.Replaced(page, IsAfter, after.Select(value => $"{After}[]={Uri.EscapeDataString(value)}")).AbsoluteUri;
        }

        // The total is that of the whole agenda: on the last page it is greater too.
        if (page is null || SourceAddresses.Replaced(page, IsAfter, []) == page)
        {
            var events = (items.Count == 1 ? "1 événement" : $"{items.Count} événements") + (total is null ? "" : $" sur {total}");
            reading.Miss(page is null ? $"{events}\u00A0: la suite de l’agenda n’est pas dans ce fichier."
                : $"{events}\u00A0: OpenAgenda ne dit pas où est la suite.");
        }

        return null;
    }

    private static bool IsAfter(string parameter) => parameter == After || parameter.StartsWith($"{After}[", StringComparison.Ordinal);

    private static void ReadOne(JsonElement item, ImportDocumentBuilder reading)
    {
        var key = CleanText.Field(item.Text("uid"));
        var title = CleanText.Title(item.InFrench("title"));
        if (item.Flag("private") || item.Flag("draft") || (Choice(item, "state") is { } state && state != Published))
        {
            reading.LeaveOut(key, title, T["L’événement n’est pas publié dans OpenAgenda."]);
            return;
        }

        var zone = WallClock.Zone(item.Text("timezone") ?? item.Member("location").Text("timezone")) ?? WallClock.Paris;
        var (sessions, problem) = Sessions(item, zone);
        if (problem is not null)
        {
            reading.Reject(key, title, problem);
            return;
        }

        RemarkOnTimes(item, key, title, reading);
        var (status, mode) = (Choice(item, "status"), Choice(item, "attendanceMode"));
        var address = Address(item);
        var (registration, otherWays) = Registration(item);
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title ?? "",
            Summary = CleanText.Summary(item.InFrench("description")),
            Text = JsonEvents.WithLines(CleanText.Markdown(item.InFrench("longDescription")),
                ("Inscription", otherWays), ("Tarif", CleanText.Summary(item.InFrench("conditions"))),
                ("Accessibilité", Accessibility(item))),
            Themes = KnownNames.ThemesAmong(Keywords(item)),
            TimeZone = zone,
            Sessions = sessions,
            Attendance = mode switch { 2 => Attendance.Online, 3 => Attendance.Hybrid, _ => Attendance.OnSite },
            Status = status switch
            {
                2 => EventStatus.Rescheduled,
                4 => EventStatus.Postponed,
                6 => EventStatus.Cancelled,
                _ => EventStatus.Confirmed
            },
            MovedOnline = status == 3,
            Full = status == 5,
            Place = ReadPlace(item.Member("location"), item),
            OnlineUrl = CleanText.Address(item.Text("onlineAccessLink")),
            RegistrationUrl = registration,
            Image = Image(item.Member("image"), title ?? ""),
            Source = new SourceReference("", "", address),
            Url = address,
        }, Keywords(item));
    }

    /// <summary>With its label, where <c>includeLabels</c> asks for it, a choice is <c>{"id": 4, "label": …}</c>.</summary>
    private static int? Choice(JsonElement item, string name) => item.Number(name) ?? item.Member(name).Number("id");

    private static string? Address(JsonElement item)
    {
        var (agenda, slug) = (item.Member("originAgenda").Text("slug"), item.Text("slug"));
        return CleanText.Address(item.Text("canonicalUrl")) ?? (agenda is not null && slug is not null
            ? CleanText.Address($"https://openagenda.com/{Uri.EscapeDataString(agenda)}/events/{Uri.EscapeDataString(slug)}") : null);
    }

    private static IReadOnlyList<JsonElement> Timings(JsonElement item)
    {
        var all = item.Items("timings").ToList();
        return all.Count > 0 ? all
            : [.. KnownTimings.Select(name => item.Member(name)).Where(timing => timing.ValueKind == JsonValueKind.Object)];
    }

    private static string? BeginOf(JsonElement timing) => timing.Text("begin") ?? timing.Text("start");

    private static (IReadOnlyList<Session> Sessions, string? Problem) Sessions(JsonElement item, string zone)
    {
        var times = new List<(IsoTime Start, IsoTime? End)>();
        foreach (var timing in Timings(item).TakeLast(MostSessions))
        {
            if (IsoTime.Read(BeginOf(timing), zone) is not { } start)
            {
                return ([], T["Une date de début manque ou n’est pas lisible."]);
            }

            times.Add((start, End(start, IsoTime.Read(timing.Text("end"), zone))));
        }

        var sessions = times.Distinct().OrderBy(time => time.Start.Local).ThenBy(time => time.End?.Local)
            .Select((time, index) => IsoTime.Session(index + 1, time.Start, time.End)).ToList();
        return sessions.Count == 0 ? ([], T["La date de début manque."])
            : sessions.Contains(null) ? ([], T["La fin précède le début."])
            : ([.. sessions.OfType<Session>()], null);
    }

    private static IsoTime? End(IsoTime start, IsoTime? end) =>
        end is { AllDay: false } time && time.Local < start.Local && time.Local.Date == start.Local.Date && time.Local.Hour < NightEnds
            ? time with { Local = time.Local.AddDays(1) } : end;

    private static void RemarkOnTimes(JsonElement item, string? key, string? title, ImportDocumentBuilder reading)
    {
        var timings = item.Items("timings").Count();
        if (timings > MostSessions)
        {
            reading.Remark(key, title, T["Seules les {0} dernières dates sur {1} sont reprises.", MostSessions, timings]);
        }
        else if (timings == 0 && BeginOf(item.Member("firstTiming")) != BeginOf(item.Member("lastTiming")))
        {
            reading.Remark(key, title,
                T["OpenAgenda ne donne ici que la première, la prochaine et la dernière date : il peut y en avoir d’autres."]);
        }
    }

    private static IEnumerable<string> Keywords(JsonElement item)
    {
        var keywords = item.Member("keywords");
        var list = keywords.ValueKind != JsonValueKind.Object ? keywords
            : keywords.Member("fr").ValueKind == JsonValueKind.Array ? keywords.Member("fr")
            : keywords.EnumerateObject().Select(language => language.Value).FirstOrDefault(words => words.ValueKind == JsonValueKind.Array);
        return list.Items().Take(ImportDocumentBuilder.MostWords).Where(word => word.ValueKind == JsonValueKind.String)
            .Select(word => word.GetString()!);
    }

    private static Place? ReadPlace(JsonElement location, JsonElement item) => location.ValueKind != JsonValueKind.Object ? null : new Place
    {
        Name = CleanText.Field(location.InFrench("name")),
        Street = CleanText.Field(location.Text("address")),
        PostalCode = CleanText.Field(location.Text("postalCode")),
        City = CleanText.Field(location.Text("city")),
        Region = KnownNames.Region(location.Text("region")),
        Country = CleanText.Country(location.Text("countryCode") ?? item.Member("country").Text("code")),
        Latitude = CleanText.Coordinate(location.Text("latitude"), 90),
        Longitude = CleanText.Coordinate(location.Text("longitude"), 180),
    };

    /// <summary>The first link, and in words every other way.</summary>
    private static (string? Link, string? Others) Registration(JsonElement item)
    {
        var given = item.Member("registration");
        var entries = given.ValueKind == JsonValueKind.Array ? given.Items().Take(ImportDocumentBuilder.MostWords) : [given];
        var ways = entries.Select(WayOf).Append(item.Text("registrationUrl")).Append(item.Text("ticketLink")).OfType<string>().Distinct()
            .ToList();
        var link = ways.Select(CleanText.Address).FirstOrDefault(address => address is not null);
        var others = ways.Where(way => CleanText.Address(way) is not { } address || address != link);
        return (link, CleanText.Summary(string.Join(", ", others)));
    }

    private static string? WayOf(JsonElement entry)
    {
        var value = CleanText.Field(entry.ValueKind is JsonValueKind.String ? entry.GetString() : entry.Text("value"));
        // People type www.site.fr for a link.
        var isBare = value is not null && CleanText.Address(value) is null
            && (entry.Text("type") == "link" || value.StartsWith("www.", StringComparison.OrdinalIgnoreCase));
        return isBare && CleanText.Address($"https://{value}") is { } whole ? whole : value;
    }

    private static string? Accessibility(JsonElement item)
    {
        var given = item.Member("accessibility");
        var codes = given.Items().Take(ImportDocumentBuilder.MostWords).Where(code => code.ValueKind == JsonValueKind.String)
            .Select(code => code.GetString()).ToHashSet();
        var words = Handicaps.Where(each => given.Flag(each.Code) || codes.Contains(each.Code)).Select(each => each.Words).ToList();
        return words.Count == 0 ? null : $"handicap {string.Join(", ", words)}";
    }

    private static Picture? Image(JsonElement image, string alt)
    {
        var (folder, file) = (image.Text("base"), image.Text("filename"));
        var written = image.ValueKind == JsonValueKind.String ? image.GetString()!
            : folder is null || folder.EndsWith('/') || file is null ? string.Concat(folder, file) : $"{folder}/{file}";
        return CleanText.Address(written.StartsWith("//", StringComparison.Ordinal) ? $"https:{written}" : written) is { } address
            ? new Picture(address, alt) : null;
    }
}
