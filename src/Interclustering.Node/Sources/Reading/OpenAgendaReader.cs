using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Reads events of OpenAgenda's v2 export.</summary>
internal static class OpenAgendaReader
{
    private const int MostSessions = 400;

    public static ImportDocument Read(IReadOnlyList<JsonElement> items)
    {
        var reading = new ImportDocumentBuilder(ImportDocument.OpenAgenda);
        foreach (var item in reading.First(items))
        {
            ReadOne(item, reading);
        }

        return reading.Finish();
    }

    private static void ReadOne(JsonElement item, ImportDocumentBuilder reading)
    {
        var key = CleanText.Field(item.Text("uid"));
        var title = CleanText.Title(item.InFrench("title"));
        if (!reading.Accepts(key, title))
        {
            return;
        }

        var zone = WallClock.Zone(item.Text("timezone")) ?? WallClock.Paris;
        var (sessions, problem) = Sessions(item, zone);
        if (problem is not null)
        {
            reading.Reject(key, title, problem);
            return;
        }

        var mode = item.Number("attendanceMode");
        var status = item.Number("status");
        var address = CleanText.Address(item.Text("canonicalUrl"));
        reading.Add(key, title, new Event
        {
            Nonce = "",
            Title = title,
            Summary = CleanText.Summary(item.InFrench("description")),
            Text = CleanText.Markdown(item.InFrench("longDescription")),
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
            Place = ReadPlace(item.Member("location")),
            OnlineUrl = CleanText.Address(item.Text("onlineAccessLink")),
            RegistrationUrl = Registration(item),
            Image = Image(item.Member("image"), title),
            Source = new SourceReference(ImportDocument.OpenAgenda, key, address),
            Url = address,
        }, Keywords(item));
    }

    private static (IReadOnlyList<Session> Sessions, string? Problem) Sessions(JsonElement item, string zone)
    {
        var times = new List<(DateTime Start, DateTime? End)>();
        foreach (var timing in item.Items("timings").Take(MostSessions))
        {
            if (Moment(timing.Text("begin"), zone) is not { } start)
            {
                return ([], "Une date de début manque ou n’est pas lisible.");
            }

            times.Add((start, Moment(timing.Text("end"), zone)));
        }

        var sessions = times.Order().Select((time, index) => WallClock.Session(index + 1, time.Start, time.End, allDay: false)).ToList();
        return sessions.Count == 0 ? ([], "La date de début manque.")
            : sessions.Contains(null) ? ([], "La fin précède le début.")
            : ([.. sessions.OfType<Session>()], null);
    }

    private static DateTime? Moment(string? text, string zone) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            && WallClock.IsSensible(moment.UtcDateTime)
            ? WallClock.FromInstant(moment, zone)
            : null;

    private static IEnumerable<string> Keywords(JsonElement item)
    {
        var keywords = item.Member("keywords");
        var list = keywords.Member("fr").ValueKind == JsonValueKind.Array ? keywords.Member("fr") : keywords;
        return list.Items().Take(ImportDocumentBuilder.MostWords).Where(word => word.ValueKind == JsonValueKind.String)
            .Select(word => word.GetString()!);
    }

    private static Place? ReadPlace(JsonElement location) => location.ValueKind != JsonValueKind.Object ? null : new Place
    {
        Name = CleanText.Field(location.InFrench("name")),
        Street = CleanText.Field(location.Text("address")),
        PostalCode = CleanText.Field(location.Text("postalCode")),
        City = CleanText.Field(location.Text("city")),
        Region = KnownNames.Region(location.Text("region")),
        Country = CleanText.Country(location.Text("countryCode")),
        Latitude = CleanText.Coordinate(location.Text("latitude"), 90),
        Longitude = CleanText.Coordinate(location.Text("longitude"), 180),
    };

    private static string? Registration(JsonElement item) => item.Items("registration")
        .Select(entry => CleanText.Address(entry.ValueKind == JsonValueKind.String ? entry.GetString() : entry.Text("value")))
        .FirstOrDefault(address => address is not null);

    private static Picture? Image(JsonElement image, string alt)
    {
        var address = image.ValueKind == JsonValueKind.String
            ? CleanText.Address(image.GetString())
            : CleanText.Address(string.Concat(image.Text("base"), image.Text("filename")));
        return address is null ? null : new Picture(address, alt);
    }
}
