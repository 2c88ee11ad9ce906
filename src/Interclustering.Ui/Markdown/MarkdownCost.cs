using System.Buffers;

namespace Interclustering.Ui.Markdown;

/// <summary>
/// Tells from the text alone, in one pass, whether parsing it stays cheap. Markdig is quadratic in three things: marks that may open or
/// close something inside one block, markers that nest containers on one line, and the cells of a table, whose rows are all as wide as the
/// widest. The bounds are counts, far above what people write.
/// </summary>
internal static class MarkdownCost
{
    /// <summary>What a text may have at every door of the workspace.</summary>
    public const int MostCharacters = 60_000;

    /// <summary>Brackets, stars and the like between two empty lines.</summary>
    public const int MostMarks = 4_000;

    /// <summary>Quotations and lists that one line opens.</summary>
    public const int MostNested = 40;

    /// <summary>Lines of a block times the bars of its longest one.</summary>
    public const int MostCells = 10_000;

    private static readonly SearchValues<char> Marks = SearchValues.Create("[]()*_`<>!&\\~|");

    public static bool IsBearable(string markdown)
    {
        if (markdown.Length > MostCharacters)
        {
            return false;
        }

        var (marks, lines, bars) = (0, 0, 0);
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                (marks, lines, bars) = (0, 0, 0);
                continue;
            }

            lines++;
            marks += MarksIn(line);
            bars = Math.Max(bars, line.Count('|'));
            if (marks > MostMarks || (long)bars * lines > MostCells || NestedIn(line) > MostNested)
            {
                return false;
            }
        }

        return true;
    }

    private static int MarksIn(ReadOnlySpan<char> line)
    {
        var count = 0;
        while (line.IndexOfAny(Marks) is >= 0 and var at)
        {
            count++;
            line = line[(at + 1)..];
        }

        return count;
    }

    /// <summary>« > > - 1. » opens four.</summary>
    private static int NestedIn(ReadOnlySpan<char> line)
    {
        var count = 0;
        for (var index = 0; index < line.Length; index++)
        {
            var opens = index + 1 == line.Length || line[index + 1] is ' ' or '\t';
            switch (line[index])
            {
                case '>':
                case '-' or '+' or '*' or '.' or ')' when opens:
                    count++;
                    break;
                case ' ' or '\t' or (>= '0' and <= '9'):
                    break;
                default:
                    return count;
            }
        }

        return count;
    }
}
