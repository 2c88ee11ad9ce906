using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Interclustering.Node.Publishing.Revisions;

/// <summary>A piece of text that stayed, came, or went.</summary>
public enum Change
{
    Stayed,
    Came,
    Went,
}

/// <summary>A field that two versions have differently.</summary>
/// <param name="Label">Its name in the form.</param>
/// <param name="Pieces">In order; together they are both texts.</param>
public sealed record Difference(string Label, IReadOnlyList<(Change Change, string Text)> Pieces);

/// <summary>What two versions of a publication have differently, word by word.</summary>
internal static class Differences
{
    private const int Neighbourhood = 120;
    private static readonly WordChunker Words = new();

    public static IReadOnlyList<Difference> Between(
        IReadOnlyList<(string Label, string Text)> before, IReadOnlyList<(string Label, string Text)> after)
    {
        var old = before.ToDictionary(field => field.Label, field => field.Text);
        return [.. after.Where(field => old.GetValueOrDefault(field.Label, "") != field.Text)
            .Select(field => new Difference(field.Label, Compare(old.GetValueOrDefault(field.Label, ""), field.Text)))];
    }

    private static List<(Change, string)> Compare(string before, string after)
    {
        var pieces = new List<(Change Change, string Text)>();
        foreach (var word in InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false, ignoreCase: false, Words).Lines)
        {
            var change = word.Type switch { ChangeType.Inserted => Change.Came, ChangeType.Deleted => Change.Went, _ => Change.Stayed };
            if (pieces.Count > 0 && pieces[^1].Change == change)
            {
                pieces[^1] = (change, pieces[^1].Text + word.Text);
            }
            else
            {
                pieces.Add((change, word.Text ?? ""));
            }
        }

        return [.. pieces.Select(piece => piece.Change == Change.Stayed ? (piece.Change, Shortened(piece.Text)) : piece)];
    }

    /// <summary>What stayed is there for its neighbours only: the middle of a long piece is left out.</summary>
    private static string Shortened(string text) => text.Length <= 2 * Neighbourhood
        ? text : $"{text[..Neighbourhood]} […] {text[^Neighbourhood..]}";
}
