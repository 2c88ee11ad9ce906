using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Interclustering.Contracts;
using Interclustering.Hub.Api;
using Interclustering.Hub.Caching;
using Interclustering.Hub.Embeds;
using Interclustering.Hub.Filters;
using Interclustering.Hub.Items;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.OEmbed;

/// <summary>
/// oEmbed 1.0: an address of this site that is pasted elsewhere becomes a card or an agenda. Pages name the endpoint in their head
/// (<see cref="SiteDocument.IsEmbeddable"/>).
/// </summary>
internal static class OEmbedPages
{
    private const int Widest = 640, CardHeight = 220;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static void MapOEmbed(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapFresh("", EmbedPages.Kept).RequireRateLimiting(RequestRates.Api).RequireCors(AnyOrigin.Policy)
            .ExcludeFromDescription().MapGet("/oembed", Answer);

    /// <param name="request">With <c>url</c>; and <c>maxwidth</c>, <c>maxheight</c> in pixels, <c>format</c>, and <c>link</c> where a link
    /// is to stand before the frame.</param>
    /// <param name="catalogue">What is public.</param>
    /// <param name="directory">For what a filter may say.</param>
    /// <returns>404 for what can't be shown elsewhere (§2.3.4), 501 for another format than JSON.</returns>
    private static IResult Answer(HttpRequest request, Catalogue catalogue, FederationDirectory directory)
    {
        if (request.Query["format"].FirstOrDefault() is { Length: > 0 } format && format != "json")
        {
            return TypedResults.Problem("This endpoint answers in JSON only.", statusCode: StatusCodes.Status501NotImplemented);
        }

        if (PastedAddress.Read(request.Query["url"].FirstOrDefault(), request.Host, directory) is not { } address)
        {
            return Missing();
        }

        Published? published = null;
        if (address.Publication is { } id && ((published = catalogue.Current.Find(id)) is null
            || published.Kind == Kinds.BestPractice != address.IsSheet))
        {
            return Missing();
        }

        // The answer is in the language of what was pasted, not of the endpoint.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = address.Culture;
        return TypedResults.Json(Of(request, address, published, directory));
    }

    private static RichAnswer Of(HttpRequest request, PastedAddress address, Published? published, FederationDirectory directory)
    {
        var origin = Pages.OriginOf(request);
        var title = published?.Title ?? (address.Choice.Layout == EmbedChoice.SheetsLayout
            ? FilterWords.Title(T["Fiches pratiques"], address.Filter, directory)
            : FilterWords.Title(T["Agenda de l’interclustering logistique"], address.Filter, directory));
        var width = Bounded(request, "maxwidth", Widest);
        var height = Bounded(request, "maxheight", published is null ? Snippets.HeightOf(address.Choice) : CardHeight);
        // What looks for the endpoint by itself, as WordPress does, shows a link until the frame has spoken, and where no script runs.
        var link = request.Query["link"] == "1"
            ? $"<blockquote><a href=\"{Encoder.Encode(request.Query["url"].ToString())}\">{Encoder.Encode(title)}</a></blockquote>" : "";
        return new RichAnswer(
            title,
            string.Create(CultureInfo.InvariantCulture, $"{link}<iframe src=\"{Encoder.Encode(origin + address.FramePath)}\" "
                + $"title=\"{Encoder.Encode(title)}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\" loading=\"lazy\">"
                + $"</iframe>"),
            width, height, origin + Language.To("/"), published?.Owner.Name,
            published is null ? null : origin + Language.To($"/clusters/{published.Owner.Code}"));
    }

    /// <summary>What we would take, or less where less is asked for; what is no number of pixels is left aside.</summary>
    private static int Bounded(HttpRequest request, string name, int wanted) =>
        int.TryParse(request.Query[name].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0
            ? Math.Min(most, wanted) : wanted;

    private static IResult Missing() =>
        TypedResults.Problem("No address of this site that can stand elsewhere.", statusCode: StatusCodes.Status404NotFound);
}
