using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Items;

/// <summary>What readers are told of a cluster that has left the federation.</summary>
internal static class LeftWords
{
    /// <summary>On its page and on those of its publications; null while it takes part.</summary>
    public static string? Of(Cluster cluster) => cluster.Left is not { } left ? null
        : T["Ce cluster a quitté l’interclustering le {0} ; cette page n’est plus mise à jour.", DayOf(left)];

    /// <summary>In the table of the federation.</summary>
    public static string OnStatus(DateTimeOffset left) =>
        T["A quitté l’interclustering le {0}. Ce qu’il a publié reste en ligne.", DayOf(left)];

    /// <summary>In the list of clusters.</summary>
    public static string InList(DateTimeOffset left) => T["a quitté l’interclustering le {0}", DayOf(left)];

    private static string DayOf(DateTimeOffset left) => DateWords.WithoutWeekday(DateOnly.FromDateTime(ParisDay.Of(left.UtcDateTime)));
}
