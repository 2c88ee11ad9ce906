using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Seo;

/// <summary>Things as schema.org names them. What is not known is left out.</summary>
internal static class SchemaOrg
{
    public static JsonObject Thing(string type, params IEnumerable<(string Name, JsonNode? Value)> properties)
    {
        var thing = new JsonObject { ["@type"] = type };
        foreach (var (name, value) in properties.Where(property => property.Value is not null))
        {
            thing[name] = value;
        }

        return thing;
    }

    /// <summary>One value stands alone, none is left out.</summary>
    public static JsonNode? List(params IReadOnlyList<JsonNode> values) =>
        values.Count switch { 0 => null, 1 => values[0], _ => new JsonArray([.. values]) };

    /// <summary>A file that this site serves.</summary>
    public static JsonObject Document(Attachment file, string origin) => Thing("DigitalDocument",
        ("name", file.Name), ("encodingFormat", file.MediaType), ("url", origin + PublishedFiles.PathOf(file.Sha256, file.Name)));

    public static JsonObject Organisation(Cluster cluster) => Thing("Organization", ("name", cluster.Name), ("url", cluster.Site));

    /// <summary>The owner first, then those who organise with it.</summary>
    public static IReadOnlyList<Cluster> Organisers(Published published, FederationDirectory directory) =>
        [published.Owner, .. published.Item.CoOrganisers.Select(directory.Find).OfType<Cluster>()
            .Where(cluster => cluster != published.Owner).Distinct()];

    public static JsonNode? ThemesOf(PublishedItem item) =>
        List([.. item.Themes.Select(theme => Thing("Thing", ("name", Vocabulary.Label(theme))))]);

    /// <summary>Where the page stands: a section, a theme, itself.</summary>
    public static JsonObject Breadcrumbs(string origin, params IReadOnlyList<(string Name, string Path)> steps) => Thing("BreadcrumbList",
        ("itemListElement", new JsonArray(
        [
            .. steps.Select((step, index) =>
                Thing("ListItem", ("position", index + 1), ("name", step.Name), ("item", origin + Language.To(step.Path)))),
        ])));
}
