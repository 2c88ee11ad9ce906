using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

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
public sealed class RateLimits : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly AddressLimits pages;
    private readonly Dictionary<string, AddressLimits> policies;

    public RateLimits(RequestRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        pages = new AddressLimits(() => new TokenBucketRateLimiter(BucketOf(rates.PagesPerMinute)));
        policies = new Dictionary<string, AddressLimits>
        {
            [RequestRates.Api] = Of(rates.ApiPerMinute),
            [RequestRates.Search] = Of(rates.SearchPerMinute),
            [RequestRates.Federation] = Of(rates.ApiPerMinute),
        };

        static AddressLimits Of(int perMinute) => new(() => new SlidingWindowRateLimiter(WindowOf(perMinute)));
    }

    /// <summary>Stands behind routing and authorization: endpoints say which limit is theirs, or that they have none.</summary>
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
        using (var lease = LimitOf(http)?.Acquire(http))
        {
            if (lease is { IsAcquired: false })
            {
                await RefuseAsync(http, lease);
                return;
            }
        }

        await next(http);
    }

    /// <summary>Counts a request before routing, as one of an endpoint. One too many is refused at the limiter's own place.</summary>
    /// <param name="http">The request, without a person who is signed in.</param>
    /// <param name="endpoint">What would answer it.</param>
    public bool TryCount(HttpContext http, Endpoint? endpoint)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.SetEndpoint(endpoint);
        using var lease = LimitOf(http)?.Acquire(http);
        if (lease is { IsAcquired: false })
        {
            http.SetEndpoint(null);
            return false;
        }

        return true;
    }

    public void Dispose()
    {
        pages.Dispose();
        foreach (var limits in policies.Values)
        {
            limits.Dispose();
        }
    }

    /// <summary>Endpoints with a limit of their own and signed-in callers don't count for pages; null where nothing counts.</summary>
    private AddressLimits? LimitOf(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        return metadata?.GetMetadata<DisableRateLimitingAttribute>() is not null ? null
            : metadata?.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy ? policies[policy]
            : http.User.Identity?.IsAuthenticated == true ? null : pages;
    }

    private static TokenBucketRateLimiterOptions BucketOf(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / RequestRates.Segments),
        ReplenishmentPeriod = Minute / RequestRates.Segments,
        QueueLimit = 0,
        AutoReplenishment = false,
    };

    private static SlidingWindowRateLimiterOptions WindowOf(int perMinute) => new()
    {
        PermitLimit = perMinute,
        Window = Minute,
        SegmentsPerWindow = RequestRates.Segments,
        QueueLimit = 0,
        AutoReplenishment = false,
    };

    private static async Task RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after.TotalSeconds
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
