using System.Net;
using System.Text;
using System.Text.Json;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// The JSON-LD blocks of a page, also those that their authors have wrapped in comments, or broken in a way that can be mended.
/// </summary>
internal static class JsonLdBlocks
{
    private const int MostBlocks = 1_000;

    /// <summary>What hid a script from the browsers of the nineties, and still stands around JSON.</summary>
    private static readonly string[] Wrappers = ["<!--", "-->", "<![CDATA[", "]]>", "//", "/*", "*/", ";"];

    private static readonly JsonSerializerOptions Lenient =
        new() { AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };

    public static IReadOnlyList<JsonElement> Read(IReadOnlyList<HtmlPart> page, ImportDocumentBuilder reading)
    {
        var blocks = new List<JsonElement>();
        var scripts = Scripts(page).Take(MostBlocks + 1).ToList();
        if (scripts.Count > MostBlocks)
        {
            reading.Miss(T["La page a plus de {0} blocs de données : les suivants n’ont pas été lus.", MostBlocks]);
        }

        foreach (var script in scripts.Take(MostBlocks).Select(Unwrapped).Where(script => script.Length > 0))
        {
            if ((Parse(script) ?? Parse(Mended(script))) is { } block)
            {
                blocks.Add(block);
            }
            else
            {
                reading.Reject(null, null, T["Un bloc de données de la page (JSON-LD) est abîmé : il ne peut pas être lu."]);
            }
        }

        return blocks;
    }

    private static IEnumerable<string> Scripts(IEnumerable<HtmlPart> page)
    {
        StringBuilder? script = null;
        foreach (var part in page)
        {
            if (part is { Kind: HtmlPartKind.Start, Value: "script" }
                && part.Attribute("type")?.Trim().StartsWith("application/ld+json", StringComparison.OrdinalIgnoreCase) == true)
            {
                script = new StringBuilder();
            }
            else if (script is not null && part.Kind == HtmlPartKind.Text)
            {
                script.Append(part.Value);
            }
            else if (script is not null)
            {
                yield return script.ToString();
                script = null;
            }
        }
    }

    private static string Unwrapped(string script)
    {
        var json = script.AsSpan().Trim().Trim('\uFEFF');
        for (var left = int.MaxValue; json.Length < left;)
        {
            left = json.Length;
            foreach (var wrapper in Wrappers)
            {
                json = json.StartsWith(wrapper, StringComparison.OrdinalIgnoreCase) ? json[wrapper.Length..].Trim() : json;
                json = json.EndsWith(wrapper, StringComparison.OrdinalIgnoreCase) ? json[..^wrapper.Length].Trim() : json;
            }
        }

        return json.ToString();
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(ImportReader.WithoutLoneSurrogates(json), Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Line ends inside strings, and quotes that an editor has turned into entities.</summary>
    private static string Mended(string json)
    {
        var lines = string.Create(json.Length, json, (mended, text) =>
        {
            for (var at = 0; at < mended.Length; at++)
            {
                mended[at] = char.IsControl(text[at]) ? ' ' : text[at];
            }
        });
        return lines.Contains("&quot;", StringComparison.Ordinal) && !lines.Contains('"', StringComparison.Ordinal)
            ? WebUtility.HtmlDecode(lines) : lines;
    }
}
