using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;

namespace Interclustering.Ui.Shell;

/// <summary>The clusters' marks as a style sheet, because the content security policy forbids style attributes.</summary>
public sealed class ClusterColours
{
    private const string Route = "/clusters.css";

    public ClusterColours(FederationDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        StyleSheet = string.Concat(directory.Clusters.Select(cluster =>
            $"[data-cluster=\"{cluster.Code}\"]{{--c:light-dark({cluster.Colour.Light},{cluster.Colour.Dark})}}\n"));
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StyleSheet)))[..12];
    }

    public string StyleSheet { get; }

    /// <summary>Changes with <see cref="StyleSheet"/>.</summary>
    public string Version { get; }

    /// <summary>Its address, which browsers keep for a year: another style sheet has another one.</summary>
    public string Address => $"{Route}?v={Version}";
}
