using Interclustering.Files;
using Interclustering.Hub.Items;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Interclustering.Hub.Files;

/// <summary>Gives a file to readers while a public item names it: never as a page of this site, whatever is in it.</summary>
internal static class ServeFiles
{
    /// <summary>It runs nothing, loads nothing, and has no origin.</summary>
    private const string Policy = "default-src 'none'; sandbox";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/fichiers/{sha256}/{name}", ["GET", "HEAD"], Serve).ExcludeFromDescription();

    public static string AddressOf(string sha256, string name) => $"/fichiers/{sha256}/{Uri.EscapeDataString(name)}";

    private static IResult Serve(string sha256, string name, HttpContext http, HubFiles files)
    {
        http.Response.Headers.CacheControl = "no-cache";
        var named = files.References[sha256].Select(reference => reference.File).ToList();
        if (named.Count == 0)
        {
            return files.IsGone(sha256) ? Pages.Gone(T["Ce fichier a été retiré par le cluster qui l’avait publié."]) : Pages.NotFound(
                T["Aucun fichier n’a cette adresse."]);
        }

        if (named.All(file => file.Name != name))
        {
            return Results.LocalRedirect(AddressOf(sha256, named[0].Name));
        }

        if (files.Find(sha256) is not { } path || files.KindOf(sha256) is not { } kind)
        {
            return Pages.NotFound(T["Ce fichier n’est pas encore arrivé : son cluster est en train de l’envoyer. Revenez dans un moment."]);
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentDisposition = Disposition(kind, name);
        return Results.File(path, kind.MediaType, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }

    private static string Disposition(FileKind kind, string name)
    {
        var disposition = new ContentDispositionHeaderValue(kind.Shown ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        return disposition.ToString();
    }
}
