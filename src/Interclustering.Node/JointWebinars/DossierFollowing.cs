using System.Runtime.CompilerServices;
using Interclustering.JointWebinars;
using Interclustering.Node.NationalView;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Interclustering.Node.JointWebinars;

/// <summary>
/// Tells a page that is open that its dossier has moved: what was said here has come back, or others have said something.
/// </summary>
internal static class DossierFollowing
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(5);

    public static void MapDossierFollowing(this RouteGroupBuilder group) => group.MapGet("/{id}/suivi", Follow);

    /// <summary>
    /// How many facts there are, and how many of them are still on their way: the second may change without news for a reader.
    /// </summary>
    public static string FingerprintOf(Dossier dossier) =>
        $"{dossier.Counted.Count + dossier.Waiting.Count + dossier.Refused.Count}."
        + $"{dossier.Counted.Concat(dossier.Waiting).Count(said => said.IsOnItsWay)}";

    private static ServerSentEventsResult<string> Follow(
        HttpContext http, NodeInstance node, IHostApplicationLifetime life, TimeProvider clock, string id) =>
        TypedResults.ServerSentEvents(StatesAsync(node, id, life, clock, http.RequestAborted), "state");

    /// <summary>Every new state, from the present one on, for five minutes; a browser that still wants more asks again.</summary>
    private static async IAsyncEnumerable<string> StatesAsync(
        NodeInstance node, string id, IHostApplicationLifetime life, TimeProvider clock,
            [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A server that is asked to stop would wait for its subscribers.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, cancellation);
        var (since, last) = (clock.GetTimestamp(), "");
        while (!either.IsCancellationRequested && clock.GetElapsedTime(since) < Longest)
        {
            await using (var db = node.Open())
            {
                if (await Dossiers.FindAsync(db, node.Code, id, cancellation) is not { } dossier)
                {
                    yield break;
                }

                if (FingerprintOf(dossier) is var now && now != last)
                {
                    yield return last = now;
                }
            }

            await Task.Delay(Pause, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
