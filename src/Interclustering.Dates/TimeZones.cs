using System.Collections.Frozen;
using NodaTime.TimeZones;

namespace Interclustering.Dates;

/// <summary>
/// The one list of time zones: those of the tz database as NodaTime ships it, so that every machine knows the same, whatever its own files
/// hold.
/// </summary>
public static class TimeZones
{
    public const string Utc = "UTC";
    public const string Paris = "Europe/Paris";

    private static readonly TzdbDateTimeZoneSource Source = TzdbDateTimeZoneSource.Default;
    private static readonly FrozenDictionary<string, string> Links = Source.CanonicalIdMap.ToFrozenDictionary();
    private static readonly FrozenSet<string> Known = Source.CanonicalIdMap.Keys.Where(id => id.Contains('/', StringComparison.Ordinal))
        .Append(Utc).ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Spellings = Source.CanonicalIdMap
        .Select(pair => (Typed: pair.Key, Name: Known.Contains(pair.Key) ? pair.Key : pair.Value == "Etc/UTC" ? Utc : pair.Value))
        .Concat(Source.WindowsMapping.PrimaryMapping.Select(pair => (Typed: pair.Key, Name: pair.Value == "Etc/UTC" ? Utc : pair.Value)))
        .GroupBy(pair => pair.Typed, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(same => same.Key, same => same.First().Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether publications may name it: <c>Europe/Paris</c>, <c>UTC</c>; no abbreviation, no other spelling.</summary>
    public static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>
    /// The name of a zone that a person or a foreign calendar has written in another way: <c>europe/paris</c>, <c>GB</c>,
    /// <c>Romance Standard Time</c>. Null where it is not clear which one is meant.
    /// </summary>
    public static string? NameOf(string? typed) => typed is null ? null : Spellings.GetValueOrDefault(typed.Trim());

    /// <summary>The name under which this machine's own files know it, links resolved; Paris for what is no zone.</summary>
    public static TimeZoneInfo Find(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(IsKnown(name) ? name : Paris, out var zone)
        || TimeZoneInfo.TryFindSystemTimeZoneById(Links.GetValueOrDefault(name, Paris), out zone)
            ? zone : TimeZoneInfo.Utc;
}
