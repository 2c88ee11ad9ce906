using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Hub.Feeds;

/// <summary>Answers with bytes that lie in several places, one after the other.</summary>
/// <param name="parts">In their order.</param>
/// <param name="mediaType">Of the whole.</param>
internal sealed class CalendarAnswer(IReadOnlyList<byte[]> parts, string mediaType) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, length) = (httpContext.Response, parts.Sum(part => part.Length));
        response.ContentType = mediaType;
        response.ContentLength = length;
        // One write: each goes to the network by itself.
        var whole = ArrayPool<byte>.Shared.Rent(length);
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }

        await response.Body.WriteAsync(whole.AsMemory(0, length), httpContext.RequestAborted);
        ArrayPool<byte>.Shared.Return(whole);
    }
}
