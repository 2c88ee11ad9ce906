using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>An event of a cluster. Times are wall-clock times in <see cref="TimeZone"/>.</summary>
public record Event : PublishedItem
{
    /// <summary>IANA name of the zone in which all local times of this event are read.</summary>
    [JsonPropertyOrder(-1)]
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>One or several sessions, in order of start.</summary>
    [JsonPropertyOrder(-1)]
    public required IReadOnlyList<Session> Sessions { get; init; }

    /// <summary>Repeats the first session; absent for an event that happens once.</summary>
    [JsonPropertyOrder(-1)]
    public Recurrence? Recurrence { get; init; }

    /// <summary>One of <see cref="EventFormats"/>.</summary>
    public string? Format { get; init; }

    /// <summary>One of <see cref="Contracts.Attendance"/>.</summary>
    public string Attendance { get; init; } = Contracts.Attendance.OnSite;

    /// <summary>One of <see cref="EventStatus"/>.</summary>
    public string Status { get; init; } = EventStatus.Confirmed;

    /// <summary>Why, and what to do, in plain words.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Start of the first session before it was rescheduled or postponed, in the form of <see cref="Session.Start"/>.</summary>
    public string? PreviousStart { get; init; }

    /// <summary>No place is left.</summary>
    public bool Full { get; init; }

    /// <summary>Was on site, is online now.</summary>
    public bool MovedOnline { get; init; }

    public Place? Place { get; init; }

    /// <summary>Where to follow it online, https.</summary>
    public string? OnlineUrl { get; init; }

    /// <summary>Where to register, https.</summary>
    public string? RegistrationUrl { get; init; }

    /// <summary>Where the members of each organising cluster register, when they do so at their own; absent otherwise.</summary>
    public IReadOnlyList<ClusterRegistration>? Registrations { get; init; }

    /// <summary>
    /// How people register at the node of its cluster, whose page is <see cref="RegistrationUrl"/>; absent where they do so elsewhere.
    /// </summary>
    public RegistrationTerms? Registration { get; init; }

    public Picture? Image { get; init; }

    /// <summary>Ids of <see cref="Person"/> entries.</summary>
    public IReadOnlyList<string> Speakers { get; init; } = [];

    /// <summary>Id of the <see cref="Person"/> to write to.</summary>
    public string? Contact { get; init; }
}

/// <summary>One time at which an event takes place.</summary>
/// <param name="Id">Short key, unique in the event, kept while the session exists ("1", "2"…): calendars recognise a session by it.</param>
/// <param name="Start">Local date and time <c>2026-11-23T11:00:00</c>, or a date <c>2026-11-23</c> for all-day.</param>
/// <param name="End">In the form of <paramref name="Start"/>; exclusive, so an all-day session of one day ends on the next day. Absent when
/// unknown.</param>
/// <param name="Label">What this session is, when they differ.</param>
public sealed record Session(string Id, string Start, string? End = null, string? Label = null)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>
/// A recurrence of the first session, which is its first date. Readers follow it up to at least 24 months after today, and to three years
/// after the first session where that is later. Of one with more than 400 dates, or of more than ten years, they may leave out what was
/// more than 12 months ago.
/// </summary>
/// <param name="Rule">RFC 5545 §3.3.10 without the name, e.g. <c>FREQ=MONTHLY;BYDAY=1TU;COUNT=6</c>; must end (COUNT or UNTIL). No hours,
/// minutes, seconds, week numbers or days of the year.</param>
/// <param name="Except">Local starts that don't take place, in the form of <see cref="Session.Start"/>; the first session's may be among
/// them. COUNT counts them. A further session on the day of one is that date, moved.</param>
public sealed record Recurrence(string Rule, IReadOnlyList<string> Except)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A place with its postal address.</summary>
public sealed record Place
{
    public string? Name { get; init; }
    public string? Street { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }

    /// <summary>INSEE code of the region, e.g. <c>53</c>.</summary>
    public string? Region { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Decimal degrees WGS 84 as text, e.g. <c>48.1173</c>.</summary>
    public string? Latitude { get; init; }

    /// <inheritdoc cref="Latitude"/>
    public string? Longitude { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
