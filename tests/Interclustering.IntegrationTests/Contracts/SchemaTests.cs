using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Contracts;

public sealed class SchemaTests
{
    private static readonly Uri Root = new("https://contracts.interclustering.example/");
    private static readonly IReadOnlyDictionary<string, JsonObject> Schemas = ContractFiles.Schemas;

    /// <summary>Every record that can be written: with a schema of its own, or described in the one that uses it.</summary>
    public static TheoryData<string> Records => [.. typeof(JournalEntry).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.GetMethod("<Clone>$") is not null).Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_has_a_schema_and_an_example_or_is_part_of_another(string record)
    {
        Assert.NotNull(Describing(record));
        if (Schemas.ContainsKey(record))
        {
            Assert.Contains(ContractFiles.Examples, example => ContractFiles.RecordOf(example) == record);
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Schema_names_the_fields_of_its_record_and_no_other(string record)
    {
        var properties = ContractJson.Options.GetTypeInfo(ContractFiles.TypeOf(record)).Properties
            .Where(property => !property.IsExtensionData
                && property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) != true).ToList();
        var schema = Flatten(Describing(record)!).ToList();

        Assert.Equal(
            properties.Select(property => property.Name).Order(StringComparer.Ordinal),
            schema.SelectMany(part => part["properties"]?.AsObject().Select(member => member.Key) ?? [])
                .Distinct().Order(StringComparer.Ordinal));

        // A control message is built before it is signed, but never sent without a signature.
        Assert.Equal(
            properties.Where(IsRequired).Select(property => property.Name).Order(StringComparer.Ordinal),
            schema.SelectMany(part => part["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [])
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_schema_has_the_dialect_an_id_a_title_and_a_description()
    {
        foreach (var (record, schema) in Schemas)
        {
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]!.GetValue<string>());
            Assert.Equal(new Uri(Root, ContractFiles.SchemaPaths[record]), IdOf(schema));
            Assert.Equal(record, schema["title"]!.GetValue<string>());
            Assert.NotEmpty(schema["description"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Vocabulary_is_the_same_in_schema_and_code()
    {
        Assert.Equal(Visibility.All, Enumerated("PublishedItem", "visibility"));
        Assert.Equal(EventFormats.All, Enumerated("Event", "format"));
        Assert.Equal(Attendance.All, Enumerated("Event", "attendance"));
        Assert.Equal(EventStatus.All, Enumerated("Event", "status"));
        Assert.All(Audiences.All, audience => Assert.Contains(
            audience, Schemas["PublishedItem"]["properties"]!["audiences"]!["description"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_example_validates_and_what_is_wrong_does_not() => Python.Run("check_examples.py");

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false } || property.Name == "signature";

    private static IEnumerable<string> Enumerated(string record, string field) =>
        Schemas[record]["properties"]![field]!["enum"]!.AsArray().Select(value => value!.GetValue<string>());

    private static JsonObject? Describing(string record) => Schemas.TryGetValue(record, out var schema)
        ? schema
        : Schemas.Values.Select(each => each["$defs"]?[JsonNamingPolicy.CamelCase.ConvertName(record)])
            .FirstOrDefault(part => part is not null)?.AsObject();

    private static IEnumerable<JsonObject> Flatten(JsonObject schema) =>
    [
        schema,
        .. (schema["allOf"]?.AsArray() ?? []).Where(part => part!["$ref"] is not null)
            .SelectMany(part => Flatten(Resolve(new Uri(IdOf(schema.Root.AsObject()), part!["$ref"]!.GetValue<string>())))),
    ];

    /// <summary>By address, as a validator does: the same references lead to files.</summary>
    private static JsonObject Resolve(Uri reference)
    {
        var schema = Schemas.Values.Single(each => IdOf(each) == new Uri(reference.GetLeftPart(UriPartial.Query)));
        return reference.Fragment.Length == 0 ? schema : schema["$defs"]![reference.Fragment["#/$defs/".Length..]]!.AsObject();
    }

    private static Uri IdOf(JsonObject schema) => new(schema["$id"]!.GetValue<string>());
}
