namespace Interclustering.Contracts;

/// <summary>CloudEvents types of journal entries: <c>fr.interclustering.&lt;kind&gt;.v&lt;n&gt;</c>. A kind not listed here is kept and handed on.</summary>
public static class Kinds
{
    public const string Event = "event";
    public const string Webinar = "webinar";
    public const string BestPractice = "best-practice";
    public const string Person = "person";
    public const string Withdrawn = "withdrawn";

    /// <summary>Only in the hub's journal: an origin's entry, applied and visible. See <see cref="Accepted"/>.</summary>
    public const string Accepted = "accepted";

    /// <summary>Only in the hub's journal: an authentic entry that could not be applied. See <see cref="Quarantined"/>.</summary>
    public const string Quarantined = "quarantined";

    private const string Prefix = "fr.interclustering.";

    /// <summary>The wire name of version 1 of a kind, e.g. <c>fr.interclustering.event.v1</c>.</summary>
    public static string TypeOf(string kind) => $"{Prefix}{kind}.v1";

    /// <summary>The kind in a wire name, whatever its version; the whole name when it is not one of ours.</summary>
    public static string KindOf(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var end = type.LastIndexOf(".v", StringComparison.Ordinal);
        return type.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length ? type[Prefix.Length..end] : type;
    }
}
