using System.Collections.Concurrent;
using System.Globalization;
using Interclustering.Hub.Filters;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace Interclustering.Hub.Caching;

/// <summary>
/// Answers that are the same for every reader, with all their headers, until their version passes. What is kept is sent before anything
/// else of the pipeline runs; only requests that might be of a signed-in person go the whole way.
/// </summary>
internal sealed class KeptAnswers(
    AnswerVersions versions, TimeProvider clock, RateLimits limits, KeptAnswersSize size) : IDisposable
{
    private const int Mebibyte = 1024 * 1024, LargestAnswer = 8 * Mebibyte;

    /// <summary>A larger answer to a filter is kept when it is asked for again: most are feeds that only one reader has.</summary>
    private const int LargestAtOnce = 64 * 1024;

    /// <summary>Beside the body of an answer, for its headers and its key.</summary>
    private const int Overhead = 2048;

    /// <summary>The parameters that pages, feeds, embeds and the API know. An address with another one is answered, and not kept: it
    /// would be one of any number.</summary>
    private static readonly HashSet<string> KnownParameters = new(
        [
            .. Criterion.All.Select(criterion => criterion.Name), "q", "from", "to", "around", "past", "page", "start",
            "fields", "updatedAfter", "changes", "cursor", "limit", "layout", "month",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = size.Mebibytes * (long)Mebibyte });

    /// <summary>One reader makes an answer, and the others wait for it. Addresses share these: only few are made at a time.</summary>
    private readonly SemaphoreSlim[] making = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Hashes of addresses that were asked for lately, each at its own place.</summary>
    private readonly int[] asked = new int[16 * 1024];

    private readonly ConcurrentDictionary<string, string> encodings = new();

    /// <summary>Stands before everything.</summary>
    public Task AnswerFirstAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return next(http);
        }

        var key = KeyOf(request);
        if (request.Headers.Cookie.Count == 0 && request.Headers.Authorization.Count == 0 && Find(key) is { } kept
            && limits.TryCount(http, kept.Endpoint))
        {
            return SendAsync(http, kept);
        }

        http.Features.Set(key);
        return next(http);
    }

    /// <summary>Stands where the endpoint is known, and the caller counted.</summary>
    public Task AnswerAsync(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IsKept>() is null || http.Features.Get<AnswerKey>() is not { } key
            || http.Request.Headers.Authorization.Count > 0 || http.User.Identity?.IsAuthenticated == true
            || !http.Request.Query.Keys.All(KnownParameters.Contains)
            ? next(http) : AnswerAsync(http, next, key);

    public void Dispose()
    {
        answers.Dispose();
        foreach (var one in making)
        {
            one.Dispose();
        }
    }

    private async Task AnswerAsync(HttpContext http, RequestDelegate next, AnswerKey key)
    {
        // Addresses without a query are as many as there are pages; of others there is any number, each of few readers.
        var hash = key.GetHashCode();
        var isForMany = key.Query.Length == 0
            || Interlocked.Exchange(ref asked[(uint)hash % (uint)asked.Length], hash) == hash;
        var turn = making[(uint)hash % (uint)making.Length];
        var kept = Find(key);
        byte[]? made = null;
        if (kept is null && isForMany)
        {
            await turn.WaitAsync(http.RequestAborted);
            try
            {
                kept = Find(key);
                made = kept is null ? await MakeAsync(http, next, key, isForMany) : null;
            }
            finally
            {
                turn.Release();
            }
        }
        else if (kept is null)
        {
            made = await MakeAsync(http, next, key, isForMany);
        }

        if (kept is not null)
        {
            await SendAsync(http, kept);
        }
        else if (made is not null)
        {
            await http.Response.BodyWriter.WriteAsync(made, http.RequestAborted);
        }
    }

    /// <summary>Has the answer made, and keeps it where it may be kept.</summary>
    /// <returns>What is still to be sent of it; null for nothing.</returns>
    private async Task<byte[]?> MakeAsync(HttpContext http, RequestDelegate next, AnswerKey key, bool isForMany)
    {
        var (response, endpoint) = (http.Response, http.GetEndpoint());
        var version = versions.Of(endpoint);
        var reader = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new KeptStream(reader.Stream, isForMany ? LargestAnswer : LargestAtOnce, isForMany);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, reader));
        try
        {
            await next(http);
            await response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(reader);
        }

        if (body.IsPassedOn || (body.Length == 0 && response.StatusCode != StatusCodes.Status200OK))
        {
            return null;
        }

        var bytes = body.ToArray();
        response.ContentLength = bytes.Length;
        await response.StartAsync(http.RequestAborted);
        if (response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0)
        {
            var headers = response.Headers.Where(header => header.Key is not ("Date" or "Server")).ToArray();
            answers.Set(
                key, new KeptAnswer(version, endpoint!, headers, bytes, clock.GetTimestamp()),
                new MemoryCacheEntryOptions { Size = bytes.Length + Overhead });
        }

        return bytes;
    }

    private KeptAnswer? Find(AnswerKey key) =>
        answers.TryGetValue(key, out KeptAnswer? kept) && kept!.Version == versions.Of(kept.Endpoint) ? kept : null;

    private Task SendAsync(HttpContext http, KeptAnswer kept)
    {
        var response = http.Response;
        var isKnown = http.Request.Headers.IfNoneMatch is { Count: > 0 } known && IsAmong(known, kept);
        foreach (var (name, value) in kept.Headers)
        {
            if (!isKnown || !name.StartsWith("Content-", StringComparison.Ordinal) || name == "Content-Security-Policy")
            {
                response.Headers[name] = value;
            }
        }

        response.Headers.Age = ((long)clock.GetElapsedTime(kept.MadeAt).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (isKnown)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(kept.Body, http.RequestAborted).AsTask();
    }

    private static bool IsAmong(StringValues known, KeptAnswer kept)
    {
        var tag = kept.Headers.FirstOrDefault(header => header.Key == "ETag").Value.ToString();
        return known.ToString().Split(',', StringSplitOptions.TrimEntries).Any(one => one == tag || one == "*");
    }

    private AnswerKey KeyOf(HttpRequest request) => new(
        request.Scheme, request.Host.Value ?? "", request.PathBase.Value + request.Path.Value, request.QueryString.Value ?? "",
        EncodingOf(request), request.Headers.Origin.Count > 0);

    private string EncodingOf(HttpRequest request)
    {
        var asked = request.Headers.AcceptEncoding.ToString();
        if (encodings.TryGetValue(asked, out var known))
        {
            return known;
        }

        // Browsers have a few ways to say it, which are remembered; others have any number.
        var encoding = SharedAnswers.EncodingFor(request);
        return encodings.Count < 100 ? encodings.GetOrAdd(asked, encoding) : encoding;
    }

    /// <summary>What an answer depends on of its request. Of which other site a script is makes no difference, see CORS.</summary>
    private sealed record AnswerKey(string Scheme, string Host, string Path, string Query, string Encoding, bool IsOfOtherSite);

    private sealed record KeptAnswer(
        AnswerVersion Version, Endpoint Endpoint, KeyValuePair<string, StringValues>[] Headers, byte[] Body, long MadeAt);
}
