using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Interclustering.Content;

/// <summary>The JSON Schemas of <c>contracts/</c>, as they are published, applied to what arrives.</summary>
internal static partial class PublishedSchemas
{
    private const string Suffix = ".schema.json";

    private static readonly Dictionary<string, JsonNode> Documents = Load();
    private static readonly Dictionary<string, SchemaRules> Rules = SchemaRules.Compile(Documents);
    private static readonly Lazy<Dictionary<string, JsonSchema>> All = new(Build);
    private static readonly EvaluationOptions Flag = new() { OutputFormat = OutputFormat.Flag, Culture = CultureInfo.InvariantCulture };
    private static readonly EvaluationOptions Detailed =
        new() { OutputFormat = OutputFormat.Hierarchical, Culture = CultureInfo.InvariantCulture };

    /// <summary>What the schema of a record says against a value; nothing where it holds.</summary>
    /// <param name="record">E.g. <c>Event</c>.</param>
    /// <param name="value">As it came.</param>
    public static IReadOnlyList<ContentProblem> Check(string record, JsonElement value)
    {
        var holds = HoldsByRules(record, value);
        if (holds == true)
        {
            return [];
        }

        var schema = All.Value[record + Suffix];
        if (holds is null && HoldsByLibrary(record, value))
        {
            return [];
        }

        var problems = new List<ContentProblem>();
        Collect(schema.Evaluate(value, Detailed), problems);
        return [.. problems.Distinct()];
    }

    /// <inheritdoc cref="SchemaRules.Holds"/>
    internal static bool? HoldsByRules(string record, JsonElement value) => Rules[record + Suffix].Holds(value);

    internal static bool HoldsByLibrary(string record, JsonElement value) => All.Value[record + Suffix].Evaluate(value, Flag).IsValid;

    private static Dictionary<string, JsonNode> Load()
    {
        var assembly = typeof(PublishedSchemas).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).ToDictionary(
            name => name,
            name =>
            {
                using var text = assembly.GetManifestResourceStream(name)!;
                var schema = JsonNode.Parse(text)!;
                CloseEnds(schema);
                return schema;
            });
    }

    private static Dictionary<string, JsonSchema> Build()
    {
        var building = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        return Documents.ToDictionary(
            document => document.Key, document => JsonSchema.FromText(document.Value.ToJsonString(), building));
    }

    /// <summary>In ECMA-262, which JSON Schema asks for, <c>$</c> is the end. In .NET it stands before a last line feed as well.</summary>
    private static void CloseEnds(JsonNode? schema)
    {
        foreach (var inner in schema switch
        {
            JsonObject members => members.Select(member => member.Value).ToList(),
            JsonArray items => [.. items],
            _ => []
        })
        {
            CloseEnds(inner);
        }

        if (schema is JsonObject { } with && with["pattern"] is JsonValue pattern && pattern.TryGetValue<string>(out var text))
        {
            with["pattern"] = text.Replace("$", @"(?![\s\S])", StringComparison.Ordinal);
        }
    }

    /// <summary>Only what fails on the way from the root counts; the condition of an <c>if</c> is none.</summary>
    private static void Collect(EvaluationResults results, List<ContentProblem> problems)
    {
        if (results.IsValid)
        {
            return;
        }

        var pointer = results.InstanceLocation.ToString();
        foreach (var (keyword, message) in results.Errors ?? [])
        {
            if (RuleOf(keyword, pointer) is { } rule)
            {
                problems.Add(
                    new ContentProblem(pointer, rule, rule is ContentRules.TooLong or ContentRules.TooMany ? FirstNumberIn(message) : 0));
            }
        }

        foreach (var inner in (results.Details ?? [])
            .Where(inner => !inner.EvaluationPath.ToString().EndsWith("/if", StringComparison.Ordinal)))
        {
            Collect(inner, problems);
        }
    }

    private static string? RuleOf(string keyword, string pointer) => keyword switch
    {
        "type" => ContentRules.Form,
        "required" or "dependentRequired" => ContentRules.Missing,
        "minLength" => ContentRules.Empty,
        "maxLength" => ContentRules.TooLong,
        "maxItems" => ContentRules.TooMany,
        "minItems" => ContentRules.TooFew,
        "uniqueItems" => ContentRules.Twice,
        "enum" or "const" => ContentRules.Choice,
        "minimum" or "maximum" => ContentRules.Number,
        "pattern" => RuleOfPattern(pointer),
        _ => null,
    };

    /// <summary>What a pattern is there for, by the field that it stands at.</summary>
    private static string RuleOfPattern(string pointer)
    {
        var field = pointer.Split('/').Last(part => part.Length > 0 && !char.IsAsciiDigit(part[0]));
        return field switch
        {
            "start" or "end" or "previousStart" or "except" or "slot" or "slots" or "deadline" or "dueOn" or "expiresOn" or "reviewedOn"
                or "reviewBy" or "time" => ContentRules.Date,
            "timeZone" => ContentRules.Zone,
            "rule" => ContentRules.Repetition,
            _ when field.EndsWith("url", StringComparison.OrdinalIgnoreCase) => ContentRules.Address,
            _ => ContentRules.Spelling,
        };
    }

    /// <summary>« Value should be at most 200 characters. »</summary>
    private static long FirstNumberIn(string message) =>
        long.TryParse(Number().Match(message).ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
