using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;

namespace Interclustering.Hub.SharePictures;

/// <summary>Pictures for those who share a page, and the site's icons.</summary>
public static class SharePicturePages
{
    private const string Folder = "/partage", KeptForADay = "public, max-age=86400", KeptForAWeek = "public, max-age=604800";
    private const int MostKept = 8 * 1024 * 1024;
    private static readonly int[] IconSizes = [192, 512];

    // A picture costs some milliseconds, and is asked for by every service in which a link is shared.
    private static readonly MemoryCache Kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public static void MapSharePictures(this IEndpointRouteBuilder endpoints)
    {
        var pictures = endpoints.MapGroup(Folder).RequireRateLimiting(RequestRates.Api).ExcludeFromDescription();
        pictures.MapGet("/site.png", (HttpContext http) => Answer(http, PicturesOfPages.Site));
        pictures.MapGet("/publications/{id}.png", OfPublication);
        pictures.MapGet("/clusters/{code}.png", (string code, HttpContext http, FederationDirectory directory) =>
            directory.Find(code) is { } cluster ? Answer(http, PicturesOfPages.Of(cluster)) : Results.NotFound());
        pictures.MapGet("/themes/{theme}.png", (string theme, HttpContext http) =>
            KnownThemes.All.Contains(theme) ? Answer(http, PicturesOfPages.OfTheme(theme)) : Results.NotFound());
        var icons = endpoints.MapGroup("").ExcludeFromDescription();
        icons.MapGet("/favicon.ico", (HttpContext http) => Icon(http, SiteIcon.Ico, "image/x-icon"));
        icons.MapGet("/apple-touch-icon.png", (HttpContext http) => Icon(http, () => SiteIcon.Png(180, isOpaque: true), "image/png"));
        foreach (var size in IconSizes)
        {
            icons.MapGet($"/icon-{size}.png", (HttpContext http) => Icon(http, () => SiteIcon.Png(size, isOpaque: true), "image/png"));
        }

        icons.MapGet("/site.webmanifest", Manifest);
    }

    private static IResult OfPublication(string id, HttpContext http, Catalogue catalogue, TimeProvider clock)
    {
        var snapshot = catalogue.Current;
        return snapshot.Find(id) is { } published
            ? Answer(http, PicturesOfPages.Of(published, snapshot.Agenda.TimesOf(published.Id), ParisDay.Today(clock)))
            : snapshot.Withdrawn.ContainsKey(id) ? Results.StatusCode(StatusCodes.Status410Gone) : Results.NotFound();
    }

    /// <summary>The same words make the same picture: they are its tag.</summary>
    private static IResult Answer(HttpContext http, SharePicture picture)
    {
        var said = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Language.Tag} {picture}")))[..16];
        http.Response.Headers.CacheControl = KeptForADay;
        var bytes = Kept.GetOrCreate(said, entry =>
        {
            var drawn = picture.Draw(Language.Culture);
            entry.Size = drawn.Length;
            return drawn;
        })!;
        return Results.Bytes(bytes, "image/png", entityTag: new EntityTagHeaderValue($"\"{said}\""));
    }

    private static IResult Icon(HttpContext http, Func<byte[]> draw, string type)
    {
        http.Response.Headers.CacheControl = KeptForAWeek;
        return Results.Bytes(Kept.GetOrCreate(http.Request.Path.Value!, entry =>
        {
            var drawn = draw();
            entry.Size = drawn.Length;
            return drawn;
        })!, type);
    }

    private static IResult Manifest(HttpResponse response)
    {
        response.Headers.CacheControl = KeptForAWeek;
        return Results.Json(
            new
            {
                name = T["Interclustering logistique"].ToString(),
                short_name = "Interclustering",
                lang = Language.Tag,
                start_url = Language.To("/"),
                display = "browser",
                background_color = "#ffffff",
                theme_color = SiteIcon.Colour,
                icons = IconSizes.Select(size => new { src = $"/icon-{size}.png", sizes = $"{size}x{size}", type = "image/png" }),
            },
            contentType: "application/manifest+json");
    }
}
