using System.ComponentModel;
using Interclustering.Hub.Filters;
using Microsoft.AspNetCore.Mvc;

namespace Interclustering.Hub.Api;

/// <summary>
/// The agenda's filter as the API and the feeds take it: names and meaning of what <see cref="AgendaFilter.Read"/> reads from the address.
/// </summary>
public class FilterQuery
{
    [FromQuery(Name = "cluster"), Description("Code of a cluster, see /api/v1/clusters.")]
    public string[]? Cluster { get; init; }

    [FromQuery(Name = "region"), Description("INSEE code of a region. Where it takes place, and online every organiser's.")]
    public string[]? Region { get; init; }

    [FromQuery(Name = "theme"), Description("Slug of a theme, see /api/v1/themes.")]
    public string[]? Theme { get; init; }

    [FromQuery(Name = "audience"), Description("Slug of an audience, see /api/v1/filters.")]
    public string[]? Audience { get; init; }

    [FromQuery(Name = "format"), Description("conference, workshop, site-visit, meetup, training or webinar.")]
    public string[]? Format { get; init; }

    [FromQuery(Name = "attendance"), Description("on-site, online or hybrid.")]
    public string[]? Attendance { get; init; }

    [FromQuery(Name = "status"), Description("confirmed, rescheduled, postponed, cancelled, full or moved-online.")]
    public string[]? Status { get; init; }

    [FromQuery(Name = "kind"), Description("event, webinar or best-practice.")]
    public string[]? Kind { get; init; }

    [FromQuery(Name = "q"), Description("Words that all occur; case and accents don't count.")]
    public string? Q { get; init; }

    [FromQuery(Name = "from"), Description("Takes place on this day or later, in Paris: 2026-11-23.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Takes place on this day or before.")]
    public string? To { get; init; }

    [FromQuery(Name = "around"), Description("A week before this day to a week after it.")]
    public string? Around { get; init; }
}
