using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Interclustering.Contracts;

namespace Interclustering.Ui.Shell;

/// <summary>What search engines and social networks show of a page.</summary>
public sealed record PageCard
{
    // Letters stay letters; what could end the script element (<, >, &, quotes) is escaped always.
    private static readonly JsonSerializerOptions Escaped = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The origin's page, absolute; null where the page itself is it.</summary>
    public string? Canonical { get; init; }

    /// <summary>Whether search engines should list the page: what a filter leaves of another page is not worth listing.</summary>
    public bool IsIndexed { get; init; } = true;

    /// <summary>Open Graph's <c>og:type</c>.</summary>
    public string Type { get; init; } = "website";

    /// <summary>The one that its cluster gave.</summary>
    public Picture? Image { get; init; }

    /// <summary>Path of the picture that this site draws of the page, 1200 × 630.</summary>
    public string Drawn { get; init; } = "/partage/site.png";

    /// <summary>schema.org things, each a document of its own.</summary>
    public IReadOnlyList<JsonObject> Things { get; init; } = [];

    /// <summary>A thing as the text of a JSON-LD data block.</summary>
    public static string Write(JsonObject thing)
    {
        ArgumentNullException.ThrowIfNull(thing);
        var document = new JsonObject { ["@context"] = "https://schema.org" };
        foreach (var (name, value) in thing)
        {
            document[name] = value?.DeepClone();
        }

        return document.ToJsonString(Escaped);
    }
}
