namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>What a sentence means for an event: a rule with exceptions, or single days, or why neither.</summary>
internal sealed record ReadRepetition
{
    /// <summary>RFC 5545 §3.3.10, with its end; null for single days.</summary>
    public string? Rule { get; init; }

    /// <summary>Local starts that don't take place.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>All days that are named one by one, the first date among them.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>Why there is neither.</summary>
    public string? Error { get; init; }

    public static ReadRepetition Refused(string error) => new() { Error = error };
}
