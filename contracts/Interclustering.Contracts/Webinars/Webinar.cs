namespace Interclustering.Contracts;

/// <summary>An event online, followed until its replay.</summary>
public sealed record Webinar : Event
{
    /// <summary>The platform's page, https.</summary>
    public string? PlatformUrl { get; init; }

    /// <summary>Where to see it again, https.</summary>
    public string? ReplayUrl { get; init; }

    public IReadOnlyList<Link> Slides { get; init; } = [];
}
