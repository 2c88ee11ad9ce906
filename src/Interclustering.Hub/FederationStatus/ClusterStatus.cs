using Interclustering.Contracts;
using Interclustering.Federation.Journals;

namespace Interclustering.Hub.FederationStatus;

/// <summary>Something to know about a cluster.</summary>
/// <param name="Sentence">What happened, what is kept, what to do.</param>
/// <param name="NeedsSomebody">It does not pass by itself.</param>
public sealed record Concern(string Sentence, bool NeedsSomebody);

/// <summary>A cluster, where the hub stands in its journal, and where it stands in the hub's.</summary>
public sealed record ClusterStatus(Cluster Cluster, ReplicaCursor? Cursor, ReceiptRow? Receipt)
{
    /// <summary>A heartbeat sent before the last entry arrives after it, within this time.</summary>
    private static readonly TimeSpan Crossing = TimeSpan.FromSeconds(10);

    /// <summary>Entries announced and not yet here.</summary>
    public long Lag => Cursor is null ? 0 : Math.Max(0, Cursor.Announced - Cursor.Sequence);

    /// <summary>Entries that are here and that their owner no longer has: it was restored from a backup.</summary>
    public long Missing => Cursor is { HeardAt: { } heard } && Cursor.Announced < Cursor.Sequence
        && heard - (Cursor.AdvancedAt ?? default) > Crossing
        ? Cursor.Sequence - Cursor.Announced
        : 0;

    /// <summary>Whatever is not as it should be; nothing when all is up to date, or the cluster has left.</summary>
    public IReadOnlyList<Concern> Concerns(DateTime now, TimeSpan silence) =>
        Cluster.Left is null ? [.. Received(now, silence), .. Sent()] : [];

    private IEnumerable<Concern> Received(DateTime now, TimeSpan silence)
    {
        if (Cursor is null or { HeardAt: null, StoppedBecause: null })
        {
            yield return new Concern(T["Pas encore de nouvelles."], NeedsSomebody: false);
        }
        else if (Cursor.StoppedBecause is not null)
        {
            yield return new Concern(
                T["Réception arrêtée : ce journal ne continue pas celui que nous avions reçu. Ce qui est déjà ici est gardé et reste "
                    + "visible. Son équipe peut lancer la reprise depuis son espace."],
                NeedsSomebody: true);
        }
        else if (Missing > 0)
        {
            yield return new Concern(
                T.Count("Ce cluster a été restauré d’une sauvegarde : il lui manque {0} publication que le site national possède encore. "
                    + "Son équipe peut lancer la reprise depuis son espace.|Ce cluster a été restauré d’une sauvegarde : il lui manque "
                    + "{0} publications que le site national possède encore. Son équipe peut lancer la reprise depuis son espace.",
                    Missing),
                NeedsSomebody: true);
        }
        else if (now - Cursor.HeardAt > silence)
        {
            yield return new Concern(T["Son serveur ne répond pas. L’envoi se fera automatiquement à son retour."], NeedsSomebody: false);
        }
        else if (Lag > 0)
        {
            yield return new Concern(T.Count("{0} publication en route.|{0} publications en route.", Lag), NeedsSomebody: false);
        }
    }

    private IEnumerable<Concern> Sent()
    {
        if (Receipt?.StoppedBecause is not null)
        {
            yield return new Concern(
                T["Le site national a été restauré d’une sauvegarde : ce cluster possède des publications qu’il n’a plus. Rien ne lui est "
                    + "envoyé en attendant ; ce qu’il publie continue d’arriver ici. Un opérateur peut reprendre le journal du site "
                    + "national."],
                NeedsSomebody: true);
        }
    }
}
