using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Ui.Shell;

/// <summary>How many requests of one address are answered (see <see cref="AddressKey"/>); then 429 with <c>Retry-After</c> (RFC 6585
/// §4).</summary>
/// <param name="PagesPerMinute">Everything that is neither a file of the site nor asked by a person who is signed in. As many may come
/// at once.</param>
/// <param name="ApiPerMinute">The API; searches; reports of the federation: each by itself.</param>
public sealed record RequestRates(int PagesPerMinute, int ApiPerMinute)
{
    /// <summary>Searches.</summary>
    public int SearchPerMinute { get; init; } = ApiPerMinute;

    public const string Api = "api", Search = "search", Federation = "federation";

    /// <summary>Of a sliding window, and refills of a bucket, in a minute.</summary>
    internal const int Segments = 6;
}

/// <summary>Limits requests by address.</summary>
public static class RateLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Takes effect with <c>UseRateLimiter</c>, which stands behind routing and authorization.</summary>
    public static IServiceCollection AddRequestRates(this IServiceCollection services, RequestRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var perMinute = new Dictionary<string, int>
        {
            [RequestRates.Api] = rates.ApiPerMinute,
            [RequestRates.Search] = rates.SearchPerMinute,
            [RequestRates.Federation] = rates.ApiPerMinute,
        };
        return services.AddRateLimiter(options =>
        {
            // All limits are this one, so that what answers before the endpoint is known counts in the same.
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string, string)>(http =>
                http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is { PolicyName: { } policy }
                    ? RateLimitPartition.GetSlidingWindowLimiter((policy, AddressKey.Of(http)), _ => WindowOf(perMinute[policy]))
                : http.User.Identity?.IsAuthenticated == true ? RateLimitPartition.GetNoLimiter(("signed in", ""))
                : RateLimitPartition.GetTokenBucketLimiter(("", AddressKey.Of(http)), _ => BucketOf(rates.PagesPerMinute)));
            foreach (var policy in perMinute.Keys)
            {
                options.AddPolicy(policy, _ => RateLimitPartition.GetNoLimiter(""));
            }

            options.OnRejected = RefuseAsync;
        });
    }

    /// <summary>Counts a request before routing, as one of an endpoint. One too many is refused at the limiter's own place.</summary>
    /// <param name="http">The request, without a person who is signed in.</param>
    /// <param name="endpoint">What would answer it.</param>
    /// <param name="limiter">That of the options.</param>
    public static bool TryCount(HttpContext http, Endpoint? endpoint, PartitionedRateLimiter<HttpContext>? limiter)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.SetEndpoint(endpoint);
        using var lease = limiter?.AttemptAcquire(http);
        if (lease is { IsAcquired: false })
        {
            http.SetEndpoint(null);
            return false;
        }

        return true;
    }

    private static TokenBucketRateLimiterOptions BucketOf(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / RequestRates.Segments),
        ReplenishmentPeriod = Minute / RequestRates.Segments,
        QueueLimit = 0,
    };

    private static SlidingWindowRateLimiterOptions WindowOf(int perMinute) =>
        new() { PermitLimit = perMinute, Window = Minute, SegmentsPerWindow = RequestRates.Segments, QueueLimit = 0 };

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after.TotalSeconds
            : (Minute / RequestRates.Segments).TotalSeconds;
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture);
        // A browser gets the page of ErrorAnswers.
        if (!ErrorAnswers.WantsPage(http.Request))
        {
            await TypedResults.Problem(
                "One address may ask so often only; ask again after the time in Retry-After, with If-None-Match where you have the answer.",
                statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests", type: "urn:interclustering:problem:rate")
                    .ExecuteAsync(http);
        }
    }
}
