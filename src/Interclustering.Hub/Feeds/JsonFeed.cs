using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>A feed as JSON Feed 1.1, with what an event is under <c>_interclustering</c>.</summary>
internal static class JsonFeed
{
    private const string Version = "https://jsonfeed.org/version/1.1";
    private static readonly JsonSerializerOptions Options =
        new(ContractJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static byte[] Write(Feed feed) => JsonSerializer.SerializeToUtf8Bytes(
        new Document(
            Version, feed.Title, feed.Page, feed.Self, feed.Next, feed.Description, Language.Tag,
            new FeedFacts(new Uri(feed.Page, "/abonnement"), Instant(feed.Updated)), [.. feed.Entries.Select(Convert)]),
        Options);

    private static Item Convert(FeedEntry entry) => new(
        entry.Id, entry.Address, entry.Origin, entry.Title, entry.Html, entry.Summary, entry.Image, Instant(entry.PublishedAt),
            Instant(entry.RevisedAt),
        [.. entry.Authors.Select(author => new Author(author.Name, author.Site))], entry.Tags, entry.Published.Item.Language,
        // The extension speaks the contracts' language, not the feed's: camelCase, as in the API.
        JsonSerializer.SerializeToNode(ItemFacts.Of(entry.Published), ContractJson.Options));

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Document(
        string Version, string Title, Uri HomePageUrl, Uri FeedUrl, Uri? NextUrl, string Description, string Language,
        [property: JsonPropertyName("_interclustering")] FeedFacts Facts, IReadOnlyList<Item> Items);

    private sealed record Item(
        string Id, Uri Url, Uri? ExternalUrl, string Title, string ContentHtml, string Summary, Uri? Image, string DatePublished,
            string DateModified,
        IReadOnlyList<Author> Authors, IReadOnlyList<string> Tags, string Language,
            [property: JsonPropertyName("_interclustering")] JsonNode? Facts);

    private sealed record Author(string Name, string? Url);

    private sealed record FeedFacts(Uri About, string Updated);
}
