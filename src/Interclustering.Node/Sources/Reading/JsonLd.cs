using System.Text.Json;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// Values of JSON-LD 1.1 in whatever form their author chose: plain, with a language, in a list, under a full IRI, or named elsewhere on
/// the page.
/// </summary>
internal sealed class JsonLd
{
    private const int MostNamed = 20_000, MostValues = 200;

    /// <summary>Letters of what may be named elsewhere, and members of what may have prefixes: each is looked up many times.</summary>
    private const int MostLetters = 20_000, MostMembers = 200;

    private const string BlankNode = "_:";

    private static readonly string[] Prefixes = ["", "schema:", "https://schema.org/", "http://schema.org/"];
    private readonly Dictionary<string, JsonElement> named = new(StringComparer.Ordinal);

    private readonly JsonLd? page;

    /// <param name="roots">A block, or all those of a page.</param>
    /// <param name="page">Where names are looked up that the block itself does not have.</param>
    public JsonLd(IEnumerable<JsonElement> roots, JsonLd? page = null)
    {
        this.page = page;
        foreach (var root in roots)
        {
            Index(root);
        }
    }

    /// <summary>A member by its name in schema.org.</summary>
    public static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object ? default
        : Prefixes.Take(element.GetPropertyCount() > MostMembers ? 1 : Prefixes.Length).Select(prefix => element.Member(prefix + name))
            .FirstOrDefault(value => value.ValueKind != JsonValueKind.Undefined);

    /// <summary>The last words of its types: <c>Event</c> for <c>https://schema.org/Event</c> and <c>schema:Event</c>.</summary>
    public static IEnumerable<string> Types(JsonElement element) => Values(element.Member("@type"))
        .Select(type => type.ValueKind == JsonValueKind.String ? Last(type.GetString()) : null).OfType<string>();

    /// <summary>What identifies it; null for a blank node, whose name is the document's own affair.</summary>
    public static string? Id(JsonElement element) =>
        Text(element.Member("@id")) is { } id && !id.StartsWith(BlankNode, StringComparison.Ordinal) ? id.Trim() : null;

    /// <summary>The term of an enumeration, without its vocabulary.</summary>
    public static IEnumerable<string> Terms(JsonElement element, string name) =>
        Values(Member(element, name)).Select(Link).Select(Last).OfType<string>();

    /// <summary>A text: the French one, else one without a language, else the first.</summary>
    public static string? Text(JsonElement element, string name) => Text(Member(element, name));

    public static IEnumerable<string> Texts(JsonElement element, string name) =>
        Values(Member(element, name)).Select(value => Spoken(value).Text).OfType<string>();

    /// <summary>Addresses: as text, as <c>@id</c>, or of an object that has one.</summary>
    public IEnumerable<string> Links(JsonElement element, string name) =>
        Values(Member(element, name)).Select(Resolved).Select(Link).OfType<string>();

    /// <summary>The objects of a value; what only names one is looked up on the page.</summary>
    public IEnumerable<JsonElement> Parts(JsonElement element, string name) => Values(Member(element, name))
        .Where(value => value.ValueKind == JsonValueKind.Object).Select(Resolved);

    private static string? Text(JsonElement value)
    {
        var texts = Values(value).Select(Spoken).Where(spoken => spoken.Text is not null).ToList();
        return texts.Count == 0 ? null
            : (texts.Find(spoken => spoken.Language?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true).Text
                ?? texts.Find(spoken => spoken.Language is null).Text ?? texts[0].Text);
    }

    private static IEnumerable<JsonElement> Values(JsonElement value)
    {
        var list = value.ValueKind != JsonValueKind.Object ? value
            : value.Member("@list") is { ValueKind: JsonValueKind.Array } ordered ? ordered
            : value.Member("@set") is { ValueKind: JsonValueKind.Array } set ? set : value;
        return list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray().Take(MostValues),
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [list],
        };
    }

    private static (string? Text, string? Language) Spoken(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return (Plain(value), null);
        }

        if (value.Member("@value") is { ValueKind: not JsonValueKind.Undefined } literal)
        {
            return (Plain(literal), value.Text("@language"));
        }

        // A language map: {"fr": "…", "en": "…"}.
        return value.Text("@type") is not null ? default : value.Text("fr") is { } french ? (french, "fr")
            : value.EnumerateObject().Take(MostValues).Where(member => member.Name is { Length: 2 } and not "id")
                .Select(member => ((string?)Plain(member.Value), (string?)member.Name)).FirstOrDefault(pair => pair.Item1 is not null);
    }

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string? Link(JsonElement value) => value.ValueKind != JsonValueKind.Object ? Plain(value)
        : value.Text("@value") ?? Text(value, "url") ?? Text(value, "contentUrl") ?? Id(value);

    private static string? Last(string? term) => term?.Trim().Split('/', '#', ':')[^1];

    private JsonElement Resolved(JsonElement reference) =>
        reference.Text("@id") is not { } id || reference.GetPropertyCount() > 1 ? reference
        : named.TryGetValue(id, out var own) ? own
        : page?.named.GetValueOrDefault(id, reference) ?? reference;

    /// <returns>How long it is, each part counted once.</returns>
    private int Index(JsonElement element)
    {
        // The parser has bounded the depth.
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Sum(Index);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return element.GetRawText().Length;
        }

        var length = element.EnumerateObject().Sum(member => Index(member.Value));
        if (length <= MostLetters && element.GetPropertyCount() > 1 && named.Count < MostNamed && element.Text("@id") is { } id)
        {
            named.TryAdd(id, element);
        }

        return length;
    }
}
