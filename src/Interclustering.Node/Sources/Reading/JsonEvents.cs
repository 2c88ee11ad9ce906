using System.Text.Json;

namespace Interclustering.Node.Sources.Reading;

/// <summary>The events of a JSON answer, where it has a list of them.</summary>
internal static class JsonEvents
{
    private const int TextLimit = 60_000;

    private static readonly string[] JsonLdNames = ["@context", "@graph", "@type"];

    /// <returns>Null where it has none.</returns>
    public static IReadOnlyList<JsonElement>? In(JsonElement root)
    {
        var events = root.ValueKind == JsonValueKind.Array ? root : root.Member("events");
        return events.ValueKind switch
        {
            JsonValueKind.Array => [.. events.EnumerateArray()],
            // PHP writes a list that has lost an item as an object: {"0": …, "2": …}.
            JsonValueKind.Object when events.EnumerateObject().All(item => item.Name.All(char.IsAsciiDigit)
                && item.Value.ValueKind == JsonValueKind.Object) => [.. events.EnumerateObject().Select(item => item.Value)],
            _ => null,
        };
    }

    public static bool IsJsonLd(JsonElement root)
    {
        var first = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().FirstOrDefault() : root;
        return JsonLdNames.Any(name => first.Member(name).ValueKind != JsonValueKind.Undefined);
    }

    /// <summary>What the answer says instead: <c>{"code", "message"}</c> of WordPress, <c>{"error"}</c> of others.</summary>
    public static string WhyNone(JsonElement root) =>
        CleanText.Field(root.Text("message") ?? root.Text("error") ?? root.Text("code")) is { } said
        ? T["Le site répond par une erreur, sans liste d’événements : « {0} ».", said]
        : T["Le contenu JSON n’a pas de liste d’événements (« events »)."];

    /// <summary>Lines of an event that no field of ours has, after its text.</summary>
    public static string? WithLines(string? markdown, params IEnumerable<(string Label, string? Said)> lines)
    {
        var said = string.Join("\n\n", lines.Where(line => line.Said is not null).Select(line => $"{line.Label}\u00A0: {line.Said}"));
        if (said.Length == 0 || markdown is null)
        {
            return said.Length == 0 ? markdown : said;
        }

        var room = TextLimit - said.Length - 3;
        var end = markdown.Length <= room ? markdown.Length : char.IsHighSurrogate(markdown[room - 1]) ? room - 1 : room;
        return $"{markdown[..end]}{(end < markdown.Length ? "…" : "")}\n\n{said}";
    }
}
