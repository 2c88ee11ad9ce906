using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Ui.Shell;

/// <summary>
/// Marks an endpoint whose answer is the same for every caller. It holds no secret, so compressing it reveals nothing (BREACH). Pages with
/// forms for signed-in people are not marked, and are sent uncompressed.
/// </summary>
public sealed class SharedAnswer
{
    public static SharedAnswer Instance { get; } = new();
}

/// <summary>Compression of answers that are the same for every caller.</summary>
public static class SharedAnswers
{
    private static readonly string[] Texts =
    [
        "text/html", "text/css", "text/plain", "text/calendar", "text/javascript", "application/javascript", "application/json",
            "application/problem+json",
        "application/feed+json", "application/jscalendar+json", "text/csv",
        "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "image/svg+xml",
    ];

    public static IServiceCollection AddSharedAnswers(this IServiceCollection services) => services
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Texts;
            options.Providers.Add(new Compression("br", (output, level) => new BrotliStream(output, level, leaveOpen: true)));
            options.Providers.Add(new Compression("gzip", (output, level) => new GZipStream(output, level, leaveOpen: true)));
        });

    /// <summary>Stands after routing, and after what keeps answers, which so keeps the compressed bytes.</summary>
    public static IApplicationBuilder UseSharedAnswers(this IApplicationBuilder app) => app.UseWhen(
        http => http.GetEndpoint()?.Metadata.GetMetadata<SharedAnswer>() is not null, branch => branch.UseResponseCompression());

    public static TBuilder ShareAnswer<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(SharedAnswer.Instance);

    /// <summary>What is kept for many readers is worth more work, which makes it smaller.</summary>
    private sealed class Compression(string name, Func<Stream, CompressionLevel, Stream> create) : ICompressionProvider
    {
        public string EncodingName => name;

        public bool SupportsFlush => true;

        public Stream CreateStream(Stream outputStream) => create(
            outputStream, outputStream is KeptStream { IsForMany: true } ? CompressionLevel.Optimal : CompressionLevel.Fastest);
    }

    /// <summary><c>br</c>, <c>gzip</c> or nothing: what the compression will choose, as a part of a cache's key.</summary>
    public static string EncodingFor(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return string.Join(',', request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is not 0)
            .Select(encoding => encoding.Value.Value).Where(encoding => encoding is "br" or "gzip" or "*").Order(StringComparer.Ordinal));
    }
}
