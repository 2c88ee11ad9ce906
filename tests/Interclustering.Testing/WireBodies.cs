using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Testing;

/// <summary>Every example and every vector as a body of the bus.</summary>
internal static class WireBodies
{
    /// <summary>Bodies, with the name under which a failure is told.</summary>
    public static IReadOnlyList<(string Name, string Body)> All { get; } = [.. FromExamples(), .. FromVectors()];

    private static IEnumerable<(string Name, string Body)> FromExamples()
    {
        foreach (var example in ContractFiles.Examples)
        {
            var text = ContractFiles.Read(example);
            switch (ContractFiles.RecordOf(example))
            {
                case nameof(FederationMessage):
                    yield return (example, text);
                    break;
                case nameof(JournalSegment):
                    yield return (example, Message("segment", text));
                    break;
                case nameof(Heartbeat) or nameof(Receipt) or nameof(ReplayRequest):
                    yield return (example, Message(JsonNamingPolicy.CamelCase.ConvertName(ContractFiles.RecordOf(example)), text));
                    break;
                case nameof(JournalEntry):
                    yield return (example, Segment(text));
                    break;
            }
        }
    }

    private static IEnumerable<(string Name, string Body)> FromVectors()
    {
        foreach (var vector in ContractFiles.Vector("entries.json").GetProperty("entries").EnumerateArray())
        {
            yield return ("entries.json", Segment(vector.GetProperty("entry").GetRawText()));
        }

        foreach (var part in (string[])["accept", "refuse"])
        {
            foreach (var vector in ContractFiles.Vector("chain.json").GetProperty(part).EnumerateArray())
            {
                yield return ($"chain.json: {vector.GetProperty("what")}",
                    Segment([.. vector.GetProperty("entries").EnumerateArray().Select(entry => entry.GetRawText())]));
            }
        }

        foreach (var vector in ContractFiles.Vector("signatures.json").GetProperty("verify").EnumerateArray())
        {
            yield return ($"signatures.json: {vector.GetProperty("what")}",
                Message(vector.GetProperty("part").GetString()!, vector.GetProperty("message").GetRawText()));
        }
    }

    private static string Message(string part, string text) => new JsonObject { [part] = JsonNode.Parse(text) }.ToJsonString();

    private static string Segment(params string[] entries)
    {
        var last = JsonNode.Parse(entries[^1])!;
        return Message("segment", new JsonObject
        {
            ["journal"] = last["source"]!.DeepClone(),
            ["epoch"] = last["epoch"]!.DeepClone(),
            ["sequence"] = long.Parse(last["sequence"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            ["hash"] = last["hash"]!.DeepClone(),
            ["erased"] = new JsonArray(),
            ["keyid"] = "0123456789abcdef",
            ["signature"] = new string('A', 86),
            ["entries"] = new JsonArray([.. entries.Select(entry => JsonNode.Parse(entry))]),
        }.ToJsonString());
    }
}
