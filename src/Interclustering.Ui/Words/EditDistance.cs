namespace Interclustering.Ui.Words;

/// <summary>How far a typed word is from another.</summary>
public static class EditDistance
{
    /// <summary>Optimal string alignment: Damerau's and Levenshtein's distance, no part edited twice.</summary>
    public static int Between(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var costs = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    costs[row, column] = row + column;
                    continue;
                }

                var wrong = one[row - 1] == other[column - 1] ? 0 : 1;
                costs[row, column] = Math.Min(
                    Math.Min(costs[row - 1, column] + 1, costs[row, column - 1] + 1), costs[row - 1, column - 1] + wrong);
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                {
                    costs[row, column] = Math.Min(costs[row, column], costs[row - 2, column - 2] + 1);
                }
            }
        }

        return costs[one.Length, other.Length];
    }
}
