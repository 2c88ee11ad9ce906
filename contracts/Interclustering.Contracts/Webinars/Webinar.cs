using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>An event online, followed until its replay.</summary>
public sealed record Webinar : Event
{
    /// <summary>The platform's page, https.</summary>
    public string? PlatformUrl { get; init; }

    /// <summary>Where to see it again, https.</summary>
    public string? ReplayUrl { get; init; }

    public IReadOnlyList<Link> Slides { get; init; } = [];

    /// <summary>Where the members of each organising cluster register, when they do so at their own; absent otherwise.</summary>
    public IReadOnlyList<ClusterRegistration>? Registrations { get; init; }
}

/// <summary>How a cluster's members register for a joint webinar.</summary>
/// <param name="Cluster">Its code.</param>
/// <param name="Url">Where, https; absent while it is not open.</param>
/// <param name="Places">How many places it has; told, never enforced.</param>
/// <param name="Full">It has none left.</param>
public sealed record ClusterRegistration(string Cluster, string? Url = null, int? Places = null, bool Full = false)
{
    /// <summary>The cluster's logo, https.</summary>
    public string? LogoUrl { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
