using Interclustering.Contracts;

namespace Interclustering.Ui.Words;

/// <summary>What a cluster is called where there is little room.</summary>
public static class ShortNames
{
    private const int LongestInitials = 5;

    /// <summary>Its initials where its code is short: « BSC »; else its name.</summary>
    public static string Of(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.Code.Length <= LongestInitials ? cluster.Code.ToUpperInvariant() : cluster.Name;
    }
}
