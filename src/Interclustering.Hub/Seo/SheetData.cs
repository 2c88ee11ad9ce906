using System.Globalization;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;
using static Interclustering.Hub.Seo.SchemaOrg;

namespace Interclustering.Hub.Seo;

/// <summary>A best-practice sheet as a schema.org <c>Article</c>, its files as <c>DigitalDocument</c>.</summary>
internal static class SheetData
{
    /// <param name="published">The sheet.</param>
    /// <param name="directory">Names its clusters.</param>
    /// <param name="page">Its address.</param>
    /// <param name="documents">Those of its files that this site serves.</param>
    public static JsonObject Of(Published published, FederationDirectory directory, string page, IEnumerable<JsonObject> documents)
    {
        var sheet = published.Item;
        return published.ForMembers
            ? Thing("Article",
                ("headline", published.Title),
                ("dateModified", DateWords.Iso(DateOnly.FromDateTime(ParisDay.Of(published.RevisedAt)))),
                ("publisher", Organisation(published.Owner)),
                ("description", ItemCard.Describe(published)))
            : Thing("Article",
                ("headline", published.Title),
                ("description", ItemCard.Describe(published)),
                ("url", sheet.Url ?? page),
                ("datePublished", Iso(published.PublishedAt)),
                ("dateModified", Iso(published.RevisedAt)),
                ("author", List([.. Organisers(published, directory).Select(Organisation)])),
                ("publisher", Organisation(published.Owner)),
                ("inLanguage", sheet.Language),
                ("about", ThemesOf(sheet)),
                ("hasPart", List([.. documents])));
    }

    private static string Iso(DateTime utc) =>
        DateTime.SpecifyKind(utc, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
