using System.Text.Json;

namespace Interclustering.Federation.Publications;

/// <summary>
/// A list in a publication has no empty entries: the records say so by their types, which JSON does not follow inside a list. Whoever reads one from
/// a database that is older than the checks at its doors asks here first.
/// </summary>
public static class NoGaps
{
    /// <exception cref="FormatException">A list has an empty entry.</exception>
    public static void Check(string data)
    {
        using var document = JsonDocument.Parse(data);
        Check(document.RootElement);
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
