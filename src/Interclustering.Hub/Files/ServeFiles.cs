using Interclustering.Files;
using Interclustering.Hub.Items;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Files;

/// <summary>Gives a file to readers while a public item names it.</summary>
internal static class ServeFiles
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/fichiers/{sha256}/{name}", ["GET", "HEAD"], Serve).ExcludeFromDescription();

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
            return Results.LocalRedirect(PublishedFiles.PathOf(sha256, named[0].Name));
        }

        if (files.Find(sha256) is not { } path || files.KindOf(sha256) is not { } kind)
        {
            return Pages.NotFound(T["Ce fichier n’est pas encore arrivé : son cluster est en train de l’envoyer. Revenez dans un moment."]);
        }

        return ServedFile.Of(http, path, kind, name, elsewhere: FileKind.Pictures.Contains(kind));
    }
}
