using Interclustering.Contracts;

namespace Interclustering.Node.Radar;

/// <summary>How firmly a date is taken.</summary>
public enum Firmness
{
    /// <summary>Members may have it in their calendars.</summary>
    Published,

    /// <summary>A cluster prepares something.</summary>
    Held,

    /// <summary>One of the slots of a joint webinar that is still to be agreed on.</summary>
    Proposed,

    /// <summary>A cluster asks the others to avoid it.</summary>
    Avoided,
}

/// <summary>Something that a cluster has in its agenda.</summary>
/// <param name="Subject">Of the publication or the hold.</param>
/// <param name="Cluster">Whose it is.</param>
/// <param name="Firmness">How firmly.</param>
/// <param name="Title">As its cluster calls it.</param>
/// <param name="Time">When, in Paris.</param>
/// <param name="Themes">Slugs, the main one first.</param>
/// <param name="Audiences">Slugs.</param>
/// <param name="ExpiresOn">Of a hold: the last day on which it counts.</param>
public sealed record Engagement(
    string Subject, Cluster Cluster, Firmness Firmness, string Title, EventTime Time, IReadOnlyList<string> Themes,
        IReadOnlyList<string> Audiences, DateOnly? ExpiresOn = null)
{
    /// <summary>What an event is recognised by; null for what is none.</summary>
    public EventTraits? Traits { get; init; }

    /// <summary>Further clusters whose it is as well.</summary>
    public IReadOnlyList<Cluster> With { get; init; } = [];

    /// <summary>Codes of the clusters that its own one names beside itself, whether they have agreed or not.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Everyone may see it: only such events are put together with others.</summary>
    public bool IsPublic { get; init; }

    /// <summary>It belongs to the dossier of a joint webinar, whose id is <see cref="Subject"/>.</summary>
    public bool IsJoint { get; init; }

    /// <summary>All clusters whose it is, in words.</summary>
    public string Who => string.Join(", ", With.Prepend(Cluster).Select(cluster => cluster.Name));

    /// <summary>Its page in the workspace of a cluster: its own one, its dossier, or what the node knows of another cluster's.</summary>
    public string PathFor(string code) => IsJoint ? $"/webinaires-communs/{Subject}"
        : Firmness is Firmness.Held or Firmness.Avoided ? $"/options#{Subject}"
        : Cluster.Code == code ? $"/publications/{Subject}" : $"/national/lire/{Subject}";

    public bool IsOf(string code) => Cluster.Code == code || With.Any(cluster => cluster.Code == code);

    public bool Covers(DateOnly day) => Time.Day <= day && day <= Time.LastDay;

    /// <summary>Days between it and a day; negative when it is before.</summary>
    public int DaysFrom(DateOnly day) => Covers(day) ? 0 : Time.Day > day
        ? Time.Day.DayNumber - day.DayNumber : Time.LastDay.DayNumber - day.DayNumber;
}
