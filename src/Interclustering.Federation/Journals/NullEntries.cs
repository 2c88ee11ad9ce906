using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Federation.Journals;

/// <summary>
/// Checks that no list in a publication has an empty entry. The records' types forbid it, but JSON does not enforce them inside a list.
/// Readers of a database that is older than the input checks call this first.
/// </summary>
public static class NullEntries
{
    /// <exception cref="FormatException">A list has an empty entry.</exception>
    public static void Check(string data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Contains("null", StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(data);
            Check(document.RootElement);
        }
    }

    /// <summary>The same without the empty entries of its lists, for who can correct it.</summary>
    public static string Without(string data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.Contains("null", StringComparison.Ordinal) || JsonNode.Parse(data) is not { } root)
        {
            return data;
        }

        Remove(root);
        return root.ToJsonString(ContractJson.Options);
    }

    private static void Remove(JsonNode node)
    {
        if (node is JsonArray list)
        {
            list.RemoveAll(entry => entry is null);
        }

        foreach (var inner in node switch
        {
            JsonArray entries => entries.ToList(),
            JsonObject fields => fields.Select(field => field.Value).ToList(),
            _ => []
        })
        {
            if (inner is not null)
            {
                Remove(inner);
            }
        }
    }

    private static void Check(JsonElement element)
    {
        foreach (var inner in element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().AsEnumerable(),
            JsonValueKind.Object => element.EnumerateObject().Select(property => property.Value),
            _ => [],
        })
        {
            if (element.ValueKind == JsonValueKind.Array && inner.ValueKind == JsonValueKind.Null)
            {
                throw new FormatException("A list has an empty entry.");
            }

            Check(inner);
        }
    }
}
