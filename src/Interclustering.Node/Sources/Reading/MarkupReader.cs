using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Items that are marked in HTML, in the shape of JSON-LD, so that one reader knows what they mean.</summary>
internal sealed class MarkupReader(MarkupSyntax syntax, ImportDocumentBuilder reading)
{
    /// <summary>Letters of all values: those of an element are also letters of the elements around it.</summary>
    private const int MostLetters = 8 * 1024 * 1024;

    private const int MostOfOne = 60_000, MostNested = 12, MostValues = 200;

    private static readonly HashSet<string> Silent = ["script", "style", "noscript", "template"];
    private static readonly HashSet<string> Breaks = ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"];

    private readonly List<JsonObject> roots = [], items = [];
    private readonly List<Open> open = [];
    private readonly StringBuilder text = new();
    private int letters, silent;

    public IReadOnlyList<JsonElement> Read(IEnumerable<HtmlPart> page)
    {
        foreach (var part in page)
        {
            switch (part.Kind)
            {
                case HtmlPartKind.Start:
                    Begin(part);
                    break;
                case HtmlPartKind.End:
                    End(part);
                    break;
                default:
                    Say(part.Value);
                    break;
            }
        }

        return [.. roots.Where(root => !syntax.EventsOnly || IsEvent(root)).Select(root => JsonSerializer.SerializeToElement(root))];
    }

    private static bool IsEvent(JsonObject item) => item["@type"] is JsonArray types && types.Any(type => (string?)type == "Event");

    private void Begin(HtmlPart part)
    {
        silent += Silent.Contains(part.Value) ? 1 : 0;
        if (Breaks.Contains(part.Value))
        {
            text.Append('\n');
        }

        var (mark, owner) = (syntax.Of(part), items.LastOrDefault());
        if (mark?.Types is { } types)
        {
            var item = new JsonObject { ["@type"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]) };
            if (!string.IsNullOrWhiteSpace(mark.Id))
            {
                item["@id"] = mark.Id;
            }

            if (owner is null || mark.Properties.Count == 0)
            {
                roots.Add(item);
            }
            else if (items.Count < MostNested)
            {
                Put(owner, mark.Properties[0], item);
            }

            items.Add(item);
            open.Add(new Open(item, null, [], text.Length));
            return;
        }

        // In the value class pattern of microformats an empty element has the time.
        if (open.FindLast(element => element.Properties.Any(name => name is "startDate" or "endDate")) is { Owner: not null } outer
            && part.Attribute("title") is { } title && MarkupSyntax.Tokens(part.Attribute("class")).Contains("value-title"))
        {
            outer.Value = title;
        }

        open.Add(new Open(null, owner, owner is null ? [] : mark?.Properties ?? [], text.Length) { Value = mark?.Value });
    }

    private void End(HtmlPart part)
    {
        silent -= Silent.Contains(part.Value) ? 1 : 0;
        var ended = open[^1];
        open.RemoveAt(open.Count - 1);
        if (ended.Item is not null)
        {
            items.RemoveAt(items.Count - 1);
        }

        foreach (var name in ended.Properties)
        {
            if (ValueOf(ended) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                Put(ended.Owner!, name, JsonValue.Create(value.Trim()));
            }
        }

        if (open.Count == 0)
        {
            text.Clear();
        }
    }

    private void Say(string words)
    {
        if (silent > 0 || items.Count == 0)
        {
            return;
        }

        // Line ends of HTML are spaces.
        foreach (var letter in words)
        {
            var isSpace = letter is ' ' or '\t' or '\r' or '\n' or '\f';
            if (!isSpace || (text.Length > 0 && text[^1] is not (' ' or '\n')))
            {
                text.Append(isSpace ? ' ' : letter);
            }
        }
    }

    private string? ValueOf(Open ended)
    {
        var length = Math.Min(ended.Value?.Length ?? (text.Length - ended.From), MostOfOne);
        if (letters + length > MostLetters)
        {
            reading.Miss(T["La page est trop longue : une partie n’a pas été lue."]);
            return null;
        }

        letters += length;
        return ended.Value?[..length] ?? text.ToString(ended.From, length);
    }

    private static void Put(JsonObject owner, string property, JsonNode value)
    {
        if (owner[property] is not JsonArray values)
        {
            // An item has one name, and what it was given as its own counts.
            if (owner.ContainsKey(property))
            {
                return;
            }

            owner[property] = values = [];
        }

        if (values.Count < MostValues)
        {
            values.Add(value);
        }
    }

    /// <param name="Item">That it has begun.</param>
    /// <param name="Owner">The item that its value is for.</param>
    /// <param name="Properties">Which it gives a value to.</param>
    /// <param name="From">Where its text begins.</param>
    private sealed record Open(JsonObject? Item, JsonObject? Owner, IReadOnlyList<string> Properties, int From)
    {
        public string? Value { get; set; }
    }
}
