using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Interclustering.Content;

/// <summary>
/// A published JSON Schema as a list of rules that are evaluated without allocating results: each entry is checked at every door, and
/// nearly all hold. It knows the keywords that our schemas use. A yes and a no are exact; null where only the library tells.
/// </summary>
internal sealed class SchemaRules
{
    private static readonly HashSet<string> Annotations =
        ["$schema", "$id", "$defs", "title", "description", "default", "examples", "format", "then", "else"];

    private readonly List<Func<JsonElement, bool?>> rules = [];

    private SchemaRules()
    {
    }

    /// <summary>The rules of every document.</summary>
    /// <param name="documents">Schemas by their file names.</param>
    public static Dictionary<string, SchemaRules> Compile(IReadOnlyDictionary<string, JsonNode> documents)
    {
        var known = new Dictionary<JsonNode, SchemaRules>(ReferenceEqualityComparer.Instance);
        return documents.ToDictionary(document => document.Key, document => Compile(document.Value, document.Key, documents, known));
    }

    /// <summary>Whether the schema holds for a value; null where it is not known here.</summary>
    public bool? Holds(JsonElement value)
    {
        bool? all = true;
        foreach (var rule in rules)
        {
            switch (rule(value))
            {
                case false:
                    return false;
                case null:
                    all = null;
                    break;
            }
        }

        return all;
    }

    private static SchemaRules Compile(
        JsonNode schema, string file, IReadOnlyDictionary<string, JsonNode> documents, Dictionary<JsonNode, SchemaRules> known)
    {
        if (known.TryGetValue(schema, out var compiled))
        {
            return compiled;
        }

        // Known before its parts are compiled: a schema may refer to itself.
        known[schema] = compiled = new SchemaRules();
        SchemaRules Inner(JsonNode? inner) => Compile(inner!, file, documents, known);
        if (schema is not JsonObject members)
        {
            var always = schema.GetValue<bool>();
            compiled.rules.Add(_ => always);
            return compiled;
        }

        foreach (var (keyword, argument) in members)
        {
            if (!Annotations.Contains(keyword))
            {
                compiled.rules.Add(keyword switch
                {
                    "$ref" => Resolve(argument!.GetValue<string>(), file, documents, known).Holds,
                    "allOf" => All([.. argument!.AsArray().Select(Inner)]),
                    "not" => Not(Inner(argument)),
                    "if" => Condition(Inner(argument), members["then"] is { } then ? Inner(then) : null,
                        members["else"] is { } otherwise ? Inner(otherwise) : null),
                    "properties" => Properties(argument!.AsObject().ToDictionary(member => member.Key, member => Inner(member.Value))),
                    "items" => Items(Inner(argument)),
                    "required" => Required(Texts(argument)),
                    "dependentRequired" => Dependent(argument!.AsObject().ToDictionary(each => each.Key, each => Texts(each.Value))),
                    "type" when argument is JsonValue => Type(argument.GetValue<string>()),
                    "const" when argument?.GetValueKind() == JsonValueKind.String => OneOf([argument.GetValue<string>()]),
                    "enum" when argument!.AsArray().All(item => item?.GetValueKind() == JsonValueKind.String) => OneOf(Texts(argument)),
                    "pattern" => Pattern(argument!.GetValue<string>()),
                    "minLength" => MinLength(argument!.GetValue<int>()),
                    "maxLength" => MaxLength(argument!.GetValue<int>()),
                    "minItems" => Length(argument!.GetValue<int>(), int.MaxValue),
                    "maxItems" => Length(0, argument!.GetValue<int>()),
                    "uniqueItems" => Unique,
                    "minimum" => Range(argument!.GetValue<long>(), long.MaxValue),
                    "maximum" => Range(long.MinValue, argument!.GetValue<long>()),
                    _ => _ => null,
                });
            }
        }

        return compiled;
    }

    private static SchemaRules Resolve(
        string reference, string file, IReadOnlyDictionary<string, JsonNode> documents, Dictionary<JsonNode, SchemaRules> known)
    {
        var (path, pointer) = reference.Split('#') is [var before, var after] ? (before, after) : (reference, "");
        var target = path.Length == 0 ? file : path.Split('/')[^1];
        var schema = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(documents[target], (node, name) => node[name]!);
        return Compile(schema, target, documents, known);
    }

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];

    private static Func<JsonElement, bool?> All(SchemaRules[] schemas) => value =>
    {
        bool? all = true;
        foreach (var schema in schemas)
        {
            all &= schema.Holds(value);
        }

        return all;
    };

    private static Func<JsonElement, bool?> Not(SchemaRules schema) => value => !schema.Holds(value);

    private static Func<JsonElement, bool?> Condition(SchemaRules condition, SchemaRules? then, SchemaRules? otherwise) => value =>
        condition.Holds(value) switch
        {
            true => then is null ? true : then.Holds(value),
            false => otherwise is null ? true : otherwise.Holds(value),
            null => null,
        };

    private static Func<JsonElement, bool?> Properties(Dictionary<string, SchemaRules> schemas) => value =>
    {
        bool? all = true;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (schemas.TryGetValue(member.Name, out var schema))
                {
                    all &= schema.Holds(member.Value);
                }
            }
        }

        return all;
    };

    private static Func<JsonElement, bool?> Items(SchemaRules schema) => value =>
    {
        bool? all = true;
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                all &= schema.Holds(item);
            }
        }

        return all;
    };

    private static Func<JsonElement, bool?> Required(string[] names) => value =>
        value.ValueKind != JsonValueKind.Object || names.All(name => value.TryGetProperty(name, out _));

    private static Func<JsonElement, bool?> Dependent(Dictionary<string, string[]> names) => value =>
        value.ValueKind != JsonValueKind.Object
        || names.All(each => !value.TryGetProperty(each.Key, out _) || each.Value.All(name => value.TryGetProperty(name, out _)));

    private static Func<JsonElement, bool?> Type(string type) => value => (type, value.ValueKind) switch
    {
        ("object", var kind) => kind == JsonValueKind.Object,
        ("array", var kind) => kind == JsonValueKind.Array,
        ("string", var kind) => kind == JsonValueKind.String,
        ("boolean", var kind) => kind is JsonValueKind.True or JsonValueKind.False,
        // 1.0 and 1e2 are integers as well.
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _) ? true : null,
        ("integer", _) => false,
        _ => null,
    };

    private static Func<JsonElement, bool?> OneOf(string[] texts) => value =>
        value.ValueKind == JsonValueKind.String && texts.Any(text => value.ValueEquals(text));

    private static Func<JsonElement, bool?> Pattern(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        return value => value.ValueKind != JsonValueKind.String || regex.IsMatch(value.GetString()!);
    }

    /// <summary>The library counts what readers see as one character, of which a text never has more than code units.</summary>
    private static Func<JsonElement, bool?> MaxLength(int most) => value =>
        value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= most ? true : null;

    private static Func<JsonElement, bool?> MinLength(int least) => value =>
        value.ValueKind != JsonValueKind.String ? true
        : value.GetString()! is var text && text.Length < least ? false
        : least <= 1 || text.All(letter => letter is >= ' ' and <= '~') ? true : null;

    private static Func<JsonElement, bool?> Length(int least, int most) => value =>
        value.ValueKind != JsonValueKind.Array || (value.GetArrayLength() is var length && length >= least && length <= most);

    private static bool? Unique(JsonElement value) =>
        value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2 ? true
        : value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? value.EnumerateArray().Select(item => item.GetString()).Distinct().Count() == value.GetArrayLength() : null;

    private static Func<JsonElement, bool?> Range(long least, long most) => value =>
        value.ValueKind != JsonValueKind.Number ? true : value.TryGetInt64(out var number) ? number >= least && number <= most : null;
}
