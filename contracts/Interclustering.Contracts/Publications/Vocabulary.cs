namespace Interclustering.Contracts;

/// <summary>Who may see an item.</summary>
public static class Visibility
{
    public const string Public = "public";
    public const string Members = "members";
    public const string Staff = "staff";
    public static IReadOnlyList<string> All { get; } = [Public, Members, Staff];
}

/// <summary>Event formats. A webinar is a kind of its own.</summary>
public static class EventFormats
{
    public const string Conference = "conference";
    public const string Workshop = "workshop";
    public const string SiteVisit = "site-visit";
    public const string Meetup = "meetup";
    public const string Training = "training";
    public static IReadOnlyList<string> All { get; } = [Conference, Workshop, SiteVisit, Meetup, Training];
}

/// <summary>How one attends, after schema.org <c>eventAttendanceMode</c>.</summary>
public static class Attendance
{
    public const string OnSite = "on-site";
    public const string Online = "online";
    public const string Hybrid = "hybrid";
    public static IReadOnlyList<string> All { get; } = [OnSite, Online, Hybrid];
}

/// <summary>The event's status, after schema.org <c>eventStatus</c>.</summary>
public static class EventStatus
{
    public const string Confirmed = "confirmed";

    /// <summary>Has a new date; see <see cref="Event.PreviousStart"/>.</summary>
    public const string Rescheduled = "rescheduled";

    /// <summary>The new date is not known yet.</summary>
    public const string Postponed = "postponed";
    public const string Cancelled = "cancelled";
    public static IReadOnlyList<string> All { get; } = [Confirmed, Rescheduled, Postponed, Cancelled];
}

/// <summary>Whom an item is for.</summary>
public static class Audiences
{
    public const string Shippers = "chargeurs";
    public const string Carriers = "transport-logistique";
    public const string Suppliers = "fournisseurs-solutions";
    public const string Schools = "ecoles-formation";
    public const string Institutions = "institutions";
    public static IReadOnlyList<string> All { get; } = [Shippers, Carriers, Suppliers, Schools, Institutions];
}

/// <summary>The themes known from the start. Themes are data: other slugs are valid.</summary>
public static class KnownThemes
{
    public const string Ecology = "transition-ecologique";
    public const string Digital = "digitalisation-ia";
    public const string Property = "foncier-logistique";
    public const string Consumption = "tendances-consommation";
    public const string Urban = "logistique-urbaine";
    public const string Skills = "emploi-competences";
    public const string Excellence = "excellence-supply-chain";
    public const string Resilience = "resilience-risques";
    public static IReadOnlyList<string> All { get; } = [Ecology, Digital, Property, Consumption, Urban, Skills, Excellence, Resilience];
}
