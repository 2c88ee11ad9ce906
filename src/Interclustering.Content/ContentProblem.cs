namespace Interclustering.Content;

/// <summary>What keeps a publication, or the entry that carries it, from being shown.</summary>
/// <param name="At">Where, as a JSON pointer: <c>/sessions/0/start</c>; empty for the whole.</param>
/// <param name="Rule">One of <see cref="ContentRules"/>.</param>
/// <param name="Limit">Of a text that is too long or a list with too many items: how much is allowed; else 0.</param>
public sealed record ContentProblem(string At, string Rule, long Limit = 0)
{
    /// <summary>In English, for operators. It says where and what, and never the content itself, which an erasure must reach.</summary>
    public string Detail => $"{(At.Length == 0 ? "It" : At)} {Rule switch
    {
        ContentRules.Form => "has another form than expected.",
        ContentRules.Missing => "lacks a field that it must have.",
        ContentRules.Empty => "is empty.",
        ContentRules.TooLong => $"has more than {Limit} characters.",
        ContentRules.TooMany => $"has more than {Limit} items.",
        ContentRules.TooFew => "has too few items.",
        ContentRules.Twice => "has an item twice.",
        ContentRules.Choice => "has a value that is none of those allowed.",
        ContentRules.Number => "is a number outside of what is allowed.",
        ContentRules.Spelling => "is not written as it has to be, or holds a character that is not allowed.",
        ContentRules.Characters => "holds the character U+0000.",
        ContentRules.Date => "is no date, or not of the years 2000 to 2200.",
        ContentRules.Order => "ends before it starts.",
        ContentRules.Address => "is no address of the web: http or https is expected.",
        ContentRules.Zone => "is no time zone of the tz database.",
        ContentRules.Repetition => "can't be followed.",
        ContentRules.Coordinate => "is no coordinate on earth.",
        ContentRules.Deep => $"nests more than {Limit} deep.",
        _ => "can't be shown.",
    }}";

    public override string ToString() => Detail;
}

/// <summary>What can be wrong.</summary>
public static class ContentRules
{
    /// <summary>Another type, null included.</summary>
    public const string Form = "form";
    public const string Missing = "missing";
    public const string Empty = "empty";
    public const string TooLong = "too-long";
    public const string TooMany = "too-many";
    public const string TooFew = "too-few";
    public const string Twice = "twice";
    public const string Choice = "choice";
    public const string Number = "number";
    public const string Spelling = "spelling";
    public const string Characters = "characters";
    public const string Date = "date";
    public const string Order = "order";
    public const string Address = "address";
    public const string Zone = "zone";
    public const string Repetition = "repetition";
    public const string Coordinate = "coordinate";
    public const string Deep = "deep";

    /// <summary>Expanding or rendering it fails, for a reason that no other rule names.</summary>
    public const string Unshowable = "unshowable";
}
