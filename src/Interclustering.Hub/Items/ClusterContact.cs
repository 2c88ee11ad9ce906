using Interclustering.Contracts;

namespace Interclustering.Hub.Items;

/// <summary>How a reader reaches a cluster: by its address, else its site.</summary>
public static class ClusterContact
{
    /// <summary>Null where neither is known: then no link promises one.</summary>
    public static string? AddressOf(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.Contact is { } contact ? MailTo(contact) : cluster.Site;
    }

    /// <summary>Where a mistake on a page is told to its cluster; null where neither address nor site is known.</summary>
    public static string? ReportAddressOf(Cluster cluster, string title, string page)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.Contact is { } contact
            ? $"{MailTo(contact)}?subject={Uri.EscapeDataString(T["Erreur signalée : {0}", title])}"
                + "&body=" + Uri.EscapeDataString(
                    $"{T["Bonjour,"]}\r\n\r\n{T["sur cette page, j’ai remarqué une erreur :"]}\r\n\r\n\r\n{title}\r\n{page}\r\n")
            : cluster.Site;
    }

    /// <summary>RFC 6068: everything but the at sign is escaped.</summary>
    public static string MailTo(string address) => "mailto:" + Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal);
}
