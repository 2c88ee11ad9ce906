using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>Merges what a source gives with what was changed here, field by field: the local text counts.</summary>
public static class SourceMerge
{
    /// <summary>
    /// What is to be published: the source's fields, and those in which the text here differs from what the source gave last.
    /// </summary>
    public static Publication Of(WorkingCopy copy, Publication given)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var changed = Changed(copy);
        if (changed.Count == 0)
        {
            return given;
        }

        var (mine, merged) = (Fields(copy.Data), Fields(PublicationText.Of(given)));
        foreach (var field in changed)
        {
            merged.Remove(field);
            if (mine[field] is { } local)
            {
                merged[field] = local.DeepClone();
            }
        }

        return PublicationText.Read(copy.Kind, merged.ToJsonString(ContractJson.Options));
    }

    /// <summary>Names of the fields that were changed here.</summary>
    public static IReadOnlyList<string> Changed(WorkingCopy copy)
    {
        ArgumentNullException.ThrowIfNull(copy);
        if (copy.SourceData is null || copy.SourceData == copy.Data)
        {
            return [];
        }

        var (given, mine) = (Fields(copy.SourceData), Fields(copy.Data));
        return [.. given.Select(field => field.Key).Union(mine.Select(field => field.Key))
            .Where(field => !JsonNode.DeepEquals(given[field], mine[field]))];
    }

    /// <summary>
    /// What the source is taken to have given, after a later text came back that this database had lost: all of that text, but for the
    /// fields that were changed here before and still read so. Else nothing that the source gives later would ever count again.
    /// </summary>
    /// <param name="before">As this database has it.</param>
    /// <param name="returned">The text that came back, of the same kind.</param>
    public static Publication Given(WorkingCopy before, Publication returned)
    {
        ArgumentNullException.ThrowIfNull(before);
        var changed = Changed(before);
        if (changed.Count == 0 || before.Kind != PublicationText.KindOf(returned))
        {
            return returned;
        }

        var (source, mine, given) = (Fields(before.SourceData!), Fields(before.Data), Fields(PublicationText.Of(returned)));
        foreach (var field in changed.Where(field => JsonNode.DeepEquals(mine[field], given[field])))
        {
            given.Remove(field);
            if (source[field] is { } text)
            {
                given[field] = text.DeepClone();
            }
        }

        return PublicationText.Read(before.Kind, given.ToJsonString(ContractJson.Options));
    }

    private static JsonObject Fields(string data) => JsonNode.Parse(data)!.AsObject();
}
