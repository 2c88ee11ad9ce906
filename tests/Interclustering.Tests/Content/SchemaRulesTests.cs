using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Content;
using Interclustering.Testing;

namespace Interclustering.Tests.Content;

/// <summary>
/// What the rules say of a schema is what the library says: of every example, and of every example with one thing changed.
/// </summary>
public sealed class SchemaRulesTests
{
    public static TheoryData<string> Examples => [.. ContractFiles.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_rules_agree_with_the_library(string example)
    {
        var record = ContractFiles.RecordOf(example);
        var text = ContractFiles.Read(example);

        foreach (var changed in Changes(text).Prepend(text))
        {
            var value = JsonElement.Parse(changed);
            if (PublishedSchemas.HoldsByRules(record, value) is { } holds)
            {
                Assert.True(holds == PublishedSchemas.HoldsByLibrary(record, value), changed);
            }
        }
    }

    [Theory]
    [InlineData("Events/examples/Event.timed.json")]
    [InlineData("Webinars/examples/Webinar.replay.json")]
    [InlineData("BestPractices/examples/BestPractice.rich.json")]
    [InlineData("People/examples/Person.rich.json")]
    [InlineData("DateHolds/examples/DateHold.rich.json")]
    [InlineData("Agreements/examples/CoOrganisation.rich.json")]
    [InlineData("Agreements/examples/SameEvent.minimal.json")]
    [InlineData("Journal/examples/JournalEntry.traced.json")]
    public void The_rules_know_what_publications_say(string example)
    {
        var value = JsonElement.Parse(ContractFiles.Read(example));

        Assert.True(PublishedSchemas.HoldsByRules(ContractFiles.RecordOf(example), value));
        Assert.False(PublishedSchemas.HoldsByRules(ContractFiles.RecordOf(example), JsonElement.Parse("[]")));
    }

    /// <summary>The text with each of its values removed, and replaced by others.</summary>
    private static IEnumerable<string> Changes(string text)
    {
        string[] others =
        [
            "null", "0", "-1", "1.0", "3000000000", "true", "\"\"", "\"x\"", "\"é😀\\r\\n\"", $"\"{new string('a', 2100)}\"", "[]", "{}",
            "[\"a\",\"a\"]", "[1,1]", "{\"label\":\"x\"}", "\"2026-02-30\"", "\"https://x\"",
        ];
        var count = Places(JsonNode.Parse(text)!).Count();
        for (var place = 0; place < count; place++)
        {
            foreach (var other in others.Append(null))
            {
                var root = JsonNode.Parse(text)!;
                var (parent, name, index) = Places(root).ElementAt(place);
                if (parent is JsonObject members)
                {
                    members.Remove(name!);
                    if (other is not null)
                    {
                        members[name!] = JsonNode.Parse(other);
                    }
                }
                else if (parent is JsonArray items)
                {
                    items.RemoveAt(index);
                    if (other is not null)
                    {
                        items.Insert(index, JsonNode.Parse(other));
                    }
                }

                yield return root.ToJsonString();
            }
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(member => (IEnumerable<(JsonNode, string?, int)>)
            [(node, member.Key, 0), .. member.Value is null ? [] : Places(member.Value)]),
        JsonArray items => items.ToList().SelectMany((item, index) => (IEnumerable<(JsonNode, string?, int)>)
            [(node, null, index), .. item is null ? [] : Places(item)]),
        _ => [],
    };
}
