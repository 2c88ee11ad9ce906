using System.Text;
using Interclustering.Contracts;

namespace Interclustering.Ui.Shell;

/// <summary>The clusters' marks as a style sheet, because the content security policy forbids style attributes.</summary>
public static class ClusterColours
{
    public static string StyleSheet(FederationDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var css = new StringBuilder();
        foreach (var cluster in directory.Clusters)
        {
            css.Append("[data-cluster=\"").Append(cluster.Code).Append("\"]{--c:light-dark(")
                .Append(cluster.Colour.Light).Append(',').Append(cluster.Colour.Dark).Append(")}\n");
        }

        return css.ToString();
    }
}
