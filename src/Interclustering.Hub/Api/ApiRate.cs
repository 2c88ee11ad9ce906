using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub.Api;

/// <summary>So many requests a minute from one address; then 429 with <c>Retry-After</c> (RFC 6585 §4).</summary>
public static class ApiRate
{
    internal const string Policy = "api";
    private const int Segments = 6;

    /// <param name="services">Where it is added; takes effect with <c>UseRateLimiter</c>.</param>
    /// <param name="perMinute">Requests a minute from one address.</param>
    public static IServiceCollection AddApiRate(this IServiceCollection services, int perMinute) => services.AddRateLimiter(options =>
    {
        options.AddPolicy(Policy, http => RateLimitPartition.GetSlidingWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = Segments, QueueLimit = 0,
            }));
        options.OnRejected = async (context, cancellation) =>
        {
            var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after.TotalSeconds : 60 / Segments;
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture);
            await TypedResults.Problem(
                $"{perMinute} requests a minute are answered; ask again after the time in Retry-After, with If-None-Match where you have the answer.",
                statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests", type: "urn:interclustering:problem:rate").ExecuteAsync(context.HttpContext);
        };
    });
}
