using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Hub.Files;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Markdown;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Seo;

/// <summary>What others show of a published item: its canonical page is the origin's, where it has one.</summary>
internal static class ItemCard
{
    private const int DescriptionLength = 300;

    /// <param name="published">The item.</param>
    /// <param name="thing">The item as schema.org has it.</param>
    /// <param name="origin">Of this site.</param>
    /// <param name="section">Where it stands.</param>
    /// <param name="store">Knows which uploaded pictures have arrived.</param>
    public static PageCard Of(Published published, JsonObject thing, string origin, (string Name, string Path) section, HubFiles store)
    {
        (string, string)[] theme = published.Item.Themes is [var first, ..] ? [(Vocabulary.Label(first), $"/themes/{first}")] : [];
        return new PageCard
        {
            Canonical = published.Item.Url,
            Type = published.Kind == Kinds.BestPractice ? "article" : "website",
            Image = (published.Item as Event)?.Image is { } image && store.AddressOf(image) is not null ? image : null,
            Drawn = $"/partage/publications/{published.Id}.png?v={published.Revision}",
            Things = [thing, SchemaOrg.Breadcrumbs(origin, [section, .. theme, (published.Title, published.Path)])],
        };
    }

    /// <summary>One or two sentences; of a members' item, for whom it is.</summary>
    public static string? Describe(Published published) =>
        published.ForMembers ? T["Réservé aux adhérents de {0}", published.Owner.Name]
        : published.Item.Summary ?? (MarkdownText.ToPlainText(published.Item.Text, DescriptionLength) is { Length: > 0 } text
            ? text : null);
}
