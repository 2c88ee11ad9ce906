using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Testing;

/// <summary>
/// Schemas (<c>Event.schema.json</c>), examples (<c>examples/Event.timed.json</c>), and vectors, as they stand beside the records.
/// </summary>
internal static class ContractFiles
{
    private const string SchemaSuffix = ".schema.json";

    public static string Folder { get; } = Repository.PathTo("contracts", "Interclustering.Contracts");

    /// <summary>Paths of schemas by the record's name, relative to <see cref="Folder"/>.</summary>
    public static IReadOnlyDictionary<string, string> SchemaPaths { get; } = Repository.Files("contracts", "*" + SchemaSuffix)
        .ToDictionary(path => Path.GetFileName(path)[..^SchemaSuffix.Length], path => Path.GetRelativePath(Folder, path));

    /// <summary>Schemas by the record's name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Schemas { get; } =
        SchemaPaths.ToDictionary(schema => schema.Key, schema => JsonNode.Parse(Read(schema.Value))!.AsObject());

    /// <summary>Paths of examples, relative to <see cref="Folder"/>.</summary>
    public static IReadOnlyList<string> Examples { get; } =
        [.. Repository.Files("contracts", "*.json").Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "examples")
            .Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    public static string RecordOf(string example) => Path.GetFileName(example).Split('.')[0];

    public static Type TypeOf(string record) =>
        typeof(JournalEntry).Assembly.GetType($"Interclustering.Contracts.{record}", throwOnError: true)!;

    public static string Read(string example) => File.ReadAllText(Path.Combine(Folder, example));

    public static T Example<T>(string example) => JsonSerializer.Deserialize<T>(Read(example), ContractJson.Options)!;

    public static JsonElement Vector(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("contracts", "vectors", name)));
        return document.RootElement.Clone();
    }
}
