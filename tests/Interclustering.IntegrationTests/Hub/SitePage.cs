using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.IntegrationTests.Hub;

/// <summary>A page as readers, search engines and networks take it.</summary>
internal sealed class SitePage(IDocument document)
{
    public IDocument Document => document;

    private const string Apart = "h1, h2, h3, p, li, div, dt, dd, summary, time, small, .line, .session > span";

    /// <summary>What stands in the page's own part: what is shown apart is a word apart, spaces made one.</summary>
    public string Words
    {
        get
        {
            var main = (IElement)document.QuerySelector("main")!.Clone();
            foreach (var block in main.QuerySelectorAll(Apart))
            {
                block.Prepend(document.CreateTextNode(" "));
                block.Append(document.CreateTextNode(" "));
            }

            return Plain(main.TextContent);
        }
    }

    /// <summary>Every JSON-LD block, read back.</summary>
    public IReadOnlyList<JsonObject> Things =>
        [.. document.QuerySelectorAll("head > script[type='application/ld+json']")
            .Select(block => JsonNode.Parse(block.TextContent)!.AsObject())];

    public JsonObject Thing(string type) => Assert.Single(Things, thing => (string?)thing["@type"] == type);

    public string? Meta(string name) =>
        document.QuerySelector($"head > meta[property='{name}'], head > meta[name='{name}']")?.GetAttribute("content");

    public string? Link(string relation) => document.QuerySelector($"head > link[rel='{relation}']")?.GetAttribute("href");

    /// <summary>Where the link with these words leads.</summary>
    public string Target(string words) => Assert.Single(document.QuerySelectorAll("main a"), link => Plain(link.TextContent) == words)
        .GetAttribute("href")!;

    public static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task<SitePage> OpenAsync(TemporaryHub hub, string path)
    {
        using var answer = await hub.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new SitePage(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Publishes an item and opens its page.</summary>
    public static async Task<SitePage> OpenAsync(TemporaryHub hub, PublishedItem item, string language = "") =>
        await OpenAsync(hub, language + PathOf(item, await hub.ShowAsync(item)));

    public static string PathOf(PublishedItem item, string id) =>
        $"/{(item is BestPractice ? "ressources" : "evenements")}/{id}/{FoldedText.Slug(item.Title)}";
}
