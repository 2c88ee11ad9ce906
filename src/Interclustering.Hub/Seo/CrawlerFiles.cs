using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Interclustering.Contracts;
using Interclustering.Hub.About;
using Interclustering.Hub.Caching;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Interclustering.Hub.Seo;

/// <summary>
/// What crawlers and finders of flaws ask a site for: <c>/sitemap.xml</c> (sitemaps.org 0.9, with the other language of each page),
/// <c>/robots.txt</c> (RFC 9309), <c>/.well-known/security.txt</c> (RFC 9116).
/// </summary>
public static class CrawlerFiles
{
    /// <summary>Addresses in one file; the protocol allows 50,000.</summary>
    private const int MostPerFile = 10_000;
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9", Xhtml = "http://www.w3.org/1999/xhtml";

    public static void MapCrawlerFiles(this IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.MapFresh("").ExcludeFromDescription();
        files.MapGet("/sitemap.xml", ShowSitemap);
        files.MapGet("/sitemap-{part:int}.xml", ShowPart);
        files.MapGet("/robots.txt", (HttpRequest request) => Results.Text(
            $"User-agent: *\nDisallow: /espace\nDisallow: /etat/\nAllow: /\n\nSitemap: {OriginOf(request)}/sitemap.xml\n"));
        files.MapGet("/.well-known/security.txt", ShowSecurity);
    }

    private static IResult ShowSitemap(HttpRequest request, Catalogue catalogue, FederationDirectory directory)
    {
        var pages = PagesOf(catalogue.Current, directory);
        var parts = (pages.Count + MostPerFile - 1) / MostPerFile;
        return parts == 1
            ? Xml(SetOf(pages, OriginOf(request)))
            : Xml(new XElement(Sitemap + "sitemapindex", Enumerable.Range(1, parts).Select(part =>
                new XElement(Sitemap + "sitemap", new XElement(
                    Sitemap + "loc", string.Create(CultureInfo.InvariantCulture, $"{OriginOf(request)}/sitemap-{part}.xml"))))));
    }

    private static IResult ShowPart(int part, HttpRequest request, Catalogue catalogue, FederationDirectory directory) =>
        PagesOf(catalogue.Current, directory).Skip((Math.Max(1, part) - 1) * MostPerFile).Take(MostPerFile).ToList() is { Count: > 0 } pages
            ? Xml(SetOf(pages, OriginOf(request))) : Results.NotFound();

    /// <summary>
    /// Who is to be told of flaws, see <c>Site:Contact</c>; without it the file is not there. It expires eleven months after it is asked
    /// for.
    /// </summary>
    private static IResult ShowSecurity(HttpRequest request, SitePublisher publisher, TimeProvider clock) =>
        publisher.Contact is not { } address
        ? Results.NotFound()
        : Results.Text(
            $"Contact: {(address.Contains("://", StringComparison.Ordinal) ? address : "mailto:" + address)}\n"
            + $"Expires: {DateWords.Iso(ParisDay.Today(clock).AddMonths(11))}T00:00:00Z\nPreferred-Languages: fr, en\nCanonical: "
            + $"{OriginOf(request)}/.well-known/security.txt\n");

    private static List<(string Path, DateTime? Revised)> PagesOf(Snapshot snapshot, FederationDirectory directory) =>
    [
        ("/", null), ("/agenda/carte", null), ("/ressources", null), ("/themes", null), ("/clusters", null), ("/abonnement", null),
        ("/qui-sommes-nous", null), ("/api", null),
        .. directory.Clusters.Select(cluster => ($"/clusters/{cluster.Code}", (DateTime?)null)),
        .. snapshot.Items.Values.Where(item => !item.ForMembers)
            .SelectMany(item => item.Item.Themes, (item, theme) => (Theme: theme, item.RevisedAt))
            .GroupBy(pair => pair.Theme, pair => pair.RevisedAt).OrderBy(theme => theme.Key, StringComparer.Ordinal)
            .Select(theme => ($"/themes/{theme.Key}", (DateTime?)theme.Max())),
        .. snapshot.Items.Values.OrderBy(item => item.Position).Select(item => (item.Path, (DateTime?)item.RevisedAt)),
    ];

    private static XElement SetOf(IEnumerable<(string Path, DateTime? Revised)> pages, string origin) => new(
        Sitemap + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Xhtml),
            pages.SelectMany(page => new[] { "", Language.EnglishPrefix }.Select(prefix => new XElement(
            Sitemap + "url", new XElement(Sitemap + "loc", origin + prefix + page.Path),
            page.Revised is { } revised
                ? new XElement(Sitemap + "lastmod", revised.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) : null,
            Alternate("fr", origin + page.Path), Alternate("en", origin + Language.EnglishPrefix + page.Path)))));

    private static XElement Alternate(string language, string address) => new(
        Xhtml + "link", new XAttribute("rel", "alternate"), new XAttribute("hreflang", language), new XAttribute("href", address));

    private static IResult Xml(XElement root) =>
        Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n", "application/xml; charset=utf-8", Encoding.UTF8);

    private static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
