using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Reads a page of The Events Calendar's REST answer, <c>/wp-json/tribe/events/v1/events</c>.</summary>
internal static partial class TheEventsCalendarReader
{
    public static ImportDocument Read(IReadOnlyList<JsonElement> items, JsonElement root, string? origin)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.TheEventsCalendar);
        var next = root.Text("next_rest_url");
        if (next is not null && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"))
        {
            var events = items.Count == 1 ? "1 événement" : $"{items.Count} événements";
            reading.Miss($"{events} sur {root.Number("total") ?? items.Count}\u00A0: la suite du calendrier n’est pas dans ce fichier.");
        }

        foreach (var item in reading.Latest(items, item => item.Text("start_date")))
        {
            ReadOne(item, origin, reading);
        }

        return reading.Finish() with { NextPage = next };
    }

    private static void ReadOne(JsonElement item, string? origin, ImportDocumentBuilder reading)
    {
        var title = CleanText.Title(item.Text("title"));
        var placeholders = Placeholders(item).ToList();
        var key = placeholders.Exists(one => one.Field is "id" or "global_id") ? null
            : CleanText.Field(item.Text("global_id")) ?? KeyFromHost(item, origin) ?? CleanText.Address(item.Text("url"));
        if (placeholders.Count > 0)
        {
            foreach (var (field, value) in placeholders)
            {
                reading.Reject(key, title, T["Le champ « {0} » contient encore un texte à remplacer : {1}.", field, value]);
            }

            return;
        }

        var status = StatusOf(item);
        if (status is null)
        {
            reading.LeaveOut(key, title,
                T["L’événement n’est pas publié sur le site (« {0} »).", CleanText.Field(item.Text("status"))]);
            return;
        }

        if (item.Flag("hide_from_listings"))
        {
            reading.LeaveOut(key, title, T["Le site ne montre pas cet événement dans ses listes."]);
            return;
        }

        var allDay = item.Flag("all_day");
        var zone = WallClock.Zone(item.Text("timezone"));
        if (zone is null && item.Text("timezone") is { } unknown)
        {
            reading.Remark(key, title,
                T["Le fuseau horaire « {0} » est inconnu : l’heure est donnée en heure de Paris.", CleanText.Field(unknown)]);
        }

        zone ??= WallClock.Paris;
        if (Time(item, "start_date", zone, allDay) is not { } start)
        {
            reading.Reject(key, title, T["La date de début manque ou n’est pas lisible."]);
            return;
        }

        // An all-day event ends at 23:59:59 of its last day here, and on the following day in our form.
        if (IsoTime.Session(1, start, Time(item, "end_date", zone, allDay)) is not { } session)
        {
            reading.Reject(key, title, T["La fin précède le début."]);
            return;
        }

        var address = CleanText.Address(item.Text("url"));
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title ?? "",
            Summary = CleanText.Summary(item.Text("excerpt")),
            Text = JsonEvents.WithLines(CleanText.Markdown(item.Text("description")), ("Tarif", CleanText.Field(item.Text("cost")))),
            Themes = KnownNames.ThemesAmong(item.Items("categories").Concat(item.Items("tags")).Take(ImportDocumentBuilder.MostWords)
                .SelectMany(Words)),
            TimeZone = zone,
            Sessions = [session],
            Attendance = item.Flag("is_virtual") ? Attendance.Online : Attendance.OnSite,
            Status = status,
            Place = ReadPlace(item.Member("venue")),
            OnlineUrl = CleanText.Address(item.Text("virtual_url")),
            RegistrationUrl = CleanText.Address(item.Text("website")) is { } website && website != address ? website : null,
            Image = CleanText.Address(item.Member("image").Text("url")) is { } image ? new Picture(image, title ?? "") : null,
            Source = new SourceReference("", "", address),
            Url = address,
        }, item.Items("categories").Select(category => category.Text("name") ?? category.Text("slug")));
    }

    /// <summary>Null for what its site has not published; the site's own extension says what is cancelled or postponed.</summary>
    private static string? StatusOf(JsonElement item)
    {
        var words = new[] { item.Text("status"), item.Text("event_status") }.Select(word => word?.Trim().ToLowerInvariant()).ToList();
        return words.Exists(word => word is "canceled" or "cancelled") ? EventStatus.Cancelled
            : words.Contains("postponed") ? EventStatus.Postponed
            : words[0] is null or "publish" or "published" or "scheduled" ? EventStatus.Confirmed : null;
    }

    private static IEnumerable<(string Field, string Value)> Placeholders(JsonElement item)
    {
        string[] fields = ["id", "global_id", "url", "rest_url", "title", "utc_start_date", "utc_end_date", "start_date", "end_date",
            "timezone", "website"];
        return from field in fields
               let match = Placeholder().Match(item.Text(field) ?? "")
               where match.Success
               select (field, match.Value);
    }

    private static string? KeyFromHost(JsonElement item, string? origin)
    {
        var address = item.Text("url") ?? item.Text("rest_url") ?? origin;
        return item.Text("id") is { } id && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? CleanText.Field($"{uri.Host}?id={id}")
            : null;
    }

    // The local fields follow the site's settings; the UTC ones don't. All-day dates are read as written: they belong to no zone.
    private static IsoTime? Time(JsonElement item, string field, string zone, bool allDay)
    {
        if (allDay)
        {
            return Read(item.Text(field)) is { } day ? new IsoTime(day.Date, AllDay: true) : null;
        }

        var time = Read(item.Text($"utc_{field}")) is { } utc
            ? WallClock.FromInstant(new DateTimeOffset(utc, TimeSpan.Zero), zone)
            : Read(item.Text(field));
        return time is { } local ? new IsoTime(local, AllDay: false) : null;
    }

    private static DateTime? Read(string? text) => IsoTime.Read(text, TimeZones.Utc)?.Local;

    private static IEnumerable<string> Words(JsonElement category) =>
        new[] { category.Text("slug"), category.Text("name") }.OfType<string>();

    private static Place? ReadPlace(JsonElement venue)
    {
        // A list appears in place of the object, empty or with one venue.
        var place = venue.ValueKind == JsonValueKind.Array ? venue.Items().FirstOrDefault() : venue;
        return place.ValueKind != JsonValueKind.Object ? null : new Place
        {
            Name = CleanText.Field(place.Text("venue")),
            Street = CleanText.Field(place.Text("address")),
            PostalCode = CleanText.Field(place.Text("zip")),
            City = CleanText.Field(place.Text("city")),
            Region = KnownNames.Region(place.Text("state") ?? place.Text("province") ?? place.Text("stateprovince")),
            Country = place.Text("country") is "France" ? "FR" : CleanText.Country(place.Text("country")),
            Latitude = CleanText.Coordinate(place.Text("geo_lat"), 90),
            Longitude = CleanText.Coordinate(place.Text("geo_lng"), 180),
        };
    }

    [GeneratedRegex(@"\{[A-Za-z_][A-Za-z0-9_ ]*\}")]
    private static partial Regex Placeholder();
}
