using Interclustering.Contracts;
using Interclustering.Federation.Replicas;
using Interclustering.Hub.Agenda;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.FederationStatus;

/// <summary>« État de la fédération »: how each cluster's publications arrive, in words.</summary>
public static class StatusPages
{
    public static void MapStatus(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/etat", ShowAsync).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(
        IDbContextFactory<HubContext> databases, Catalogue catalogue, FederationDirectory directory, TimeProvider clock, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var cursors = await db.Cursors.AsNoTracking().ToDictionaryAsync(cursor => cursor.Journal, cancellation);
        var journal = await db.Journal.MaxAsync(row => (long?)row.Sequence, cancellation) ?? 0;
        return Pages.Of<StatusPage>(
            T["État de la fédération"], null,
            new()
            {
                [nameof(StatusPage.Clusters)] = directory.Clusters.Select(cluster => new ClusterStatus(cluster, cursors.GetValueOrDefault(cluster.Code))).ToList(),
                [nameof(StatusPage.Now)] = clock.GetUtcNow().UtcDateTime,
                [nameof(StatusPage.Behind)] = Math.Max(0, journal - catalogue.Current.Position),
            });
    }
}

/// <summary>A cluster and where the hub stands in its journal.</summary>
public sealed record ClusterStatus(Cluster Cluster, ReplicaCursor? Cursor)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Entries announced and not yet here.</summary>
    public long Lag => Cursor is null ? 0 : Math.Max(0, Cursor.Announced - Cursor.Sequence);

    public bool IsWell(DateTime now) => Cursor is { StoppedBecause: null, HeardAt: { } heard } && now - heard < Silence && Lag == 0;

    public string InWords(DateTime now) => Cursor switch
    {
        null or { HeardAt: null } => T["Pas encore de nouvelles."],
        { StoppedBecause: not null } => T["Réception arrêtée : ce journal ne continue pas celui que nous avions reçu. Un opérateur doit intervenir."],
        { HeardAt: { } heard } when now - heard >= Silence => T["Son serveur ne répond pas. L’envoi se fera automatiquement à son retour."],
        _ when Lag > 0 => T.Count("{0} publication en route.|{0} publications en route.", Lag),
        _ => T["À jour."],
    };
}
