using System.Globalization;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using static Interclustering.Hub.Seo.SchemaOrg;

namespace Interclustering.Hub.Seo;

/// <summary>An event or a webinar as a schema.org <c>Event</c>, in every state that it can be in.</summary>
internal static class EventData
{
    private const int MostSubEvents = 60;

    /// <param name="published">An event, or the public part of a members' one.</param>
    /// <param name="times">All its occurrences, in order.</param>
    /// <param name="people">By id.</param>
    /// <param name="directory">Names co-organisers.</param>
    /// <param name="page">Its page here, absolute.</param>
    /// <param name="today">In Paris: of a long series, what is over is left out first.</param>
    /// <param name="documents">Those of its files that this site serves.</param>
    public static JsonObject Of(
        Published published, IReadOnlyList<Occurrence> times, IReadOnlyDictionary<string, Person> people, FederationDirectory directory,
            string page, DateOnly today, IReadOnlyList<JsonObject> documents)
    {
        var happening = (Event)published.Item;
        var over = Math.Clamp(times.Count - MostSubEvents, 0, times.Count(time => time.LastDay < today));
        var thing = Thing("Event",
        [
            ("name", published.Title),
            ("startDate", times.Count == 0 ? null : Start(times[0])),
            ("endDate", times.Count == 0 ? null : End(times.MaxBy(time => (time.LastDay, time.End))!)),
            ("subEvent", times.Count < 2 ? null : List([.. times.Skip(over).Take(MostSubEvents).Select(time => Thing("Event",
                ("name", time.Label is null ? published.Title : $"{published.Title} — {time.Label}"), ("startDate", Start(time)),
                    ("endDate", End(time))))])),
            ("organizer", List([.. Organisers(published, directory).Select(Organisation)])),
        ]);
        var more = published.ForMembers ? OfMembers(published, happening)
            : OfEverybody(published, happening, times, people, page, today, documents);
        foreach (var (name, value) in more.Where(property => property.Value is not null))
        {
            thing[name] = value;
        }

        return thing;
    }

    /// <summary>Title, days and cluster are there; what remains is for whom it is, and that a day no longer holds.</summary>
    private static IEnumerable<(string Name, JsonNode? Value)> OfMembers(Published published, Event happening) =>
    [
        ("description", ItemCard.Describe(published)),
        ("eventStatus", happening.Status == EventStatus.Confirmed ? null : List([.. Statuses(happening)])),
    ];

    private static IEnumerable<(string Name, JsonNode? Value)> OfEverybody(
        Published published, Event happening, IReadOnlyList<Occurrence> times, IReadOnlyDictionary<string, Person> people, string page,
            DateOnly today, IReadOnlyList<JsonObject> documents) =>
    [
        ("subjectOf", List([.. documents])),
        ("url", happening.Url ?? page),
        ("description", ItemCard.Describe(published)),
        ("eventStatus", List([.. Statuses(happening)])),
        ("previousStartDate", happening.Status == EventStatus.Rescheduled && Instants.Before(published) is { } before
            ? Start(before) : null),
        ("eventAttendanceMode", Mode(happening)),
        ("location", Locations(happening, IsOver(times, today) ? page : happening.RegistrationUrl ?? page)),
        ("performer", List([.. PersonWords.Together(happening.Speakers.Select(people.GetValueOrDefault).OfType<Person>())
            .Select(person => Thing("Person", ("name", person.Name), ("jobTitle", person.Role)))])),
        ("offers", happening.RegistrationUrl is { } registration && happening.Status != EventStatus.Cancelled && !IsOver(times, today)
            ? Thing("Offer", ("url", registration),
                ("availability", happening.Full ? "https://schema.org/SoldOut" : "https://schema.org/InStock"))
            : null),
        ("image", happening.Image?.Url),
        ("inLanguage", happening.Language),
        ("about", ThemesOf(happening)),
        ("recordedIn", happening is Webinar { ReplayUrl: { } replay } && times.Any(time => time.Day <= today)
            ? Thing("CreativeWork", ("name", published.Title), ("url", replay), ("inLanguage", happening.Language))
            : null),
    ];

    private static IEnumerable<JsonNode> Statuses(Event happening)
    {
        string? status = happening.Status switch
        {
            EventStatus.Cancelled => "EventCancelled",
            EventStatus.Postponed => "EventPostponed",
            EventStatus.Rescheduled => "EventRescheduled",
            _ => happening.MovedOnline ? null : "EventScheduled",
        };
        if (status is not null)
        {
            yield return "https://schema.org/" + status;
        }

        if (happening.MovedOnline)
        {
            yield return "https://schema.org/EventMovedOnline";
        }
    }

    private static JsonNode Mode(Event happening) => "https://schema.org/" + (happening switch
    {
        { MovedOnline: true } or { Attendance: Attendance.Online } => "OnlineEventAttendanceMode",
        { Attendance: Attendance.Hybrid } => "MixedEventAttendanceMode",
        _ => "OfflineEventAttendanceMode",
    });

    private static bool IsOver(IReadOnlyList<Occurrence> times, DateOnly today) =>
        times.Count > 0 && times.All(time => !time.IsToCome(today));

    /// <param name="happening">Where it takes place.</param>
    /// <param name="page">The way to its link, where that is not known: it may come with the registration.</param>
    private static JsonNode? Locations(Event happening, string page)
    {
        var there = happening.MovedOnline || happening.Attendance == Attendance.Online ? null : happening.Place;
        return List([.. ((JsonObject?[])
        [
            there is null ? null : PlaceOf(there),
            PlaceWords.IsOnline(happening) ? Thing("VirtualLocation", ("url", PlaceWords.OnlineUrl(happening) ?? page)) : null,
        ]).OfType<JsonObject>()]);
    }

    private static JsonObject PlaceOf(Place place) => Thing("Place",
        ("name", place.Name ?? place.City),
        ("address", place is { Street: null, PostalCode: null, City: null, Country: null } ? null : Thing("PostalAddress",
            ("streetAddress", place.Street), ("postalCode", place.PostalCode), ("addressLocality", place.City),
                ("addressCountry", place.Country))),
        ("geo", place is { Latitude: { } latitude, Longitude: { } longitude }
            ? Thing("GeoCoordinates", ("latitude", latitude), ("longitude", longitude))
            : null));

    private static string Start(Occurrence time) => Instants.Start(time) is { } start ? Iso(start) : DateWords.Iso(time.Day);

    private static string? End(Occurrence time) => time.Start is null ? DateWords.Iso(time.LastDay) : Instants.End(time) is { } end
        ? Iso(end) : null;

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
