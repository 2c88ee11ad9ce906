using System.Globalization;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>A word, a number, a numeric date or a mark of a sentence.</summary>
/// <param name="Word">Folded; <c>,</c> between parts of a sentence, <c>et</c> for every sign that joins.</param>
/// <param name="From">Its first character in what was typed.</param>
/// <param name="To">Exclusive.</param>
internal sealed record Term(string Word, int From, int To)
{
    public const string Comma = ",", And = "et";
    private static readonly string[] OrdinalEndings =
        ["er", "ers", "re", "e", "es", "eme", "emes", "ieme", "iemes", "nd", "nde", "st", "rd", "th"];

    /// <summary>Of digits.</summary>
    public int? Digits { get; init; }

    /// <summary>Digits as in 1er, 2e, 3rd.</summary>
    public bool IsOrdinal { get; init; }

    /// <summary>Of 30/06, 30.06.2027 or 2027-06-30: the day comes before the month in both languages.</summary>
    public NamedDay? Date { get; init; }

    public static IReadOnlyList<Term> Of(string typed)
    {
        var terms = new List<Term>();
        for (var at = 0; at < typed.Length;)
        {
            var term = char.IsAsciiDigit(typed[at]) ? DateAt(typed, at) ?? NumberAt(typed, at)
                : IsLetter(typed[at]) ? WordAt(typed, at)
                : MarkAt(typed, at);
            if (term.Word.Length > 0)
            {
                terms.Add(term);
            }

            at = term.To;
        }

        return terms;
    }

    private static bool IsLetter(char sign) => char.IsLetter(sign) || char.GetUnicodeCategory(sign) == UnicodeCategory.NonSpacingMark;

    private static int EndOf(string typed, int from, Func<char, bool> belongs)
    {
        var to = from;
        while (to < typed.Length && belongs(typed[to]))
        {
            to++;
        }

        return to;
    }

    private static Term WordAt(string typed, int from)
    {
        var to = EndOf(typed, from, IsLetter);
        var word = FoldedText.Of(typed[from..to]);
        if (word == "week" && string.Compare(typed, to, "-end", 0, 4, StringComparison.OrdinalIgnoreCase) == 0)
        {
            var end = WordAt(typed, to + 1);
            return new Term(word + end.Word, from, end.To);
        }

        return new Term(word, from, to);
    }

    private static Term NumberAt(string typed, int from)
    {
        var to = EndOf(typed, from, char.IsAsciiDigit);
        var ending = EndOf(typed, to, IsLetter);
        var isOrdinal = OrdinalEndings.Contains(FoldedText.Of(typed[to..ending]));
        var digits = int.TryParse(typed[from..to], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new Term(typed[from..to], from, isOrdinal ? ending : to) { Digits = digits, IsOrdinal = isOrdinal };
    }

    private static Term? DateAt(string typed, int from)
    {
        var to = EndOf(typed, from, sign => char.IsAsciiDigit(sign) || sign is '/' or '-' or '.');
        to = from + typed[from..to].TrimEnd('.').Length;
        var parts = typed[from..to].Split('/', '-', '.');
        if (parts.Length is not (2 or 3) || (parts.Length == 2 && typed[from..to].Contains('-', StringComparison.Ordinal))
            || !parts.All(part => part.Length is > 0 and <= 4))
        {
            return null;
        }

        int[] numbers = [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        var date = parts[0].Length == 4 && parts.Length == 3 ? new NamedDay(numbers[2], numbers[1]) { Year = numbers[0] }
            : new NamedDay(numbers[0], numbers[1]) { Year = numbers is [_, _, var year] ? year < 100 ? 2000 + year : year : null };
        return new Term(typed[from..to], from, to) { Date = date with { Typed = typed[from..to] } };
    }

    /// <summary>Blanks, apostrophes, full stops and quotation marks say nothing; a dash may be a range, and is not guessed.</summary>
    private static Term MarkAt(string typed, int from)
    {
        var betweenDigits = from > 0 && from + 1 < typed.Length && char.IsAsciiDigit(typed[from - 1]) && char.IsAsciiDigit(typed[from + 1]);
        var word = typed[from] switch
        {
            ',' or ';' or ':' => Comma,
            '&' or '+' or '/' => And,
            '.' when betweenDigits => ".",
            '.' or '\'' or '’' or '‘' or 'ʼ' or '′' or '´' or '`' or '«' or '»' or '"' or '“' or '”' or '(' or ')' => "",
            var sign when char.IsWhiteSpace(sign) || char.IsControl(sign) => "",
            var sign => sign.ToString(),
        };
        return new Term(word, from, from + 1);
    }
}
