using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>How a cluster's members register for an event of several clusters.</summary>
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
