using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Interclustering.Files;

/// <summary>A file of others as an answer: never a page of this site, whatever is in it.</summary>
public static class ServedFile
{
    /// <summary>It runs nothing, loads nothing, and has no origin.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    /// <param name="http">Of the reader.</param>
    /// <param name="path">Of a complete file in a <see cref="ContentStore"/>, which names it by its SHA-256.</param>
    /// <param name="kind">What its bytes are.</param>
    /// <param name="name">What it is saved as.</param>
    /// <param name="elsewhere">Whether pages of other sites may show it: pictures stand in feeds, mails and embeds.</param>
    public static IResult Of(HttpContext http, string path, FileKind kind, string name, bool elsewhere = false)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(kind);
        var headers = http.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = elsewhere ? "cross-origin" : "same-origin";
        var disposition = new ContentDispositionHeaderValue(kind.Shown ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        headers.ContentDisposition = disposition.ToString();
        return Results.File(path, kind.MediaType, entityTag: new EntityTagHeaderValue($"\"{Path.GetFileName(path)}\""),
            enableRangeProcessing: true);
    }
}
