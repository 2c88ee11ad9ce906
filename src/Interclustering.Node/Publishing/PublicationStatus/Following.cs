using System.Runtime.CompilerServices;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Interclustering.Node.Publishing.PublicationStatus;

/// <summary>Tells a page that is open that its publication has come further; the page then asks for itself again.</summary>
internal static class Following
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300), Calm = TimeSpan.FromSeconds(1),
        Longest = TimeSpan.FromMinutes(5);

    public static void MapFollowing(this RouteGroupBuilder group) => group.MapGet("/publications/{id}/suivi", Follow);

    private static ServerSentEventsResult<string> Follow(
        HttpContext http, NodeInstance node, IHostApplicationLifetime life, TimeProvider clock, string id) =>
        TypedResults.ServerSentEvents(StatesAsync(node, id, life, clock, http.RequestServices, http.RequestAborted), "state");

    /// <summary>Every new state, from the present one on, until it is settled; a browser that still wants more asks again.</summary>
    private static async IAsyncEnumerable<string> StatesAsync(
        NodeInstance node, string id, IHostApplicationLifetime life, TimeProvider clock, IServiceProvider services,
            [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A server that is asked to stop would wait for its subscribers.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, cancellation);
        var (since, last) = (clock.GetTimestamp(), "");
        while (!either.IsCancellationRequested && clock.GetElapsedTime(since) < Longest)
        {
            var (delivery, way, others) = await ReadAsync(node, id, services, cancellation);
            if (delivery is null || way is null)
            {
                yield break;
            }

            var now = StateOf(delivery, way, others);
            if (now != last)
            {
                yield return last = now;
            }

            if (delivery.IsSettled && (others is null || others.IsSettled))
            {
                yield break;
            }

            // What is left after the national site shows it is the other clusters' business: no hurry.
            await Task.Delay(delivery.IsSettled ? Calm : Pause, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Differs whenever a receipt says something else. The way to the national site counts only for what has not arrived there.
    /// </summary>
    public static string StateOf(Delivery delivery, WayToHub way, OtherNodes? others) =>
        delivery.Fingerprint + (delivery.Received ? "" : way.Fingerprint) + others?.Fingerprint;

    private static async Task<(Delivery? Delivery, WayToHub? Way, OtherNodes? Others)> ReadAsync(
        NodeInstance node, string id, IServiceProvider services, CancellationToken cancellation)
    {
        await using var db = node.Open();
        if (await OwnPublications.FindAsync(db, id, cancellation) is not { } copy)
        {
            return (null, null, null);
        }

        var delivery = (await Delivery.OfAsync(db, [copy], cancellation))[id];
        return (delivery, await WayToHub.ReadAsync(services, node, db, cancellation), delivery.VisibleAt is null
            || copy.State != PublicationState.Published ? null : await OtherNodes.AskAsync(services, node, db, id, cancellation));
    }
}
