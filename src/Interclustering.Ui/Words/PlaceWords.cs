using System.Globalization;
using Interclustering.Contracts;
using static Interclustering.Ui.Texts;

namespace Interclustering.Ui.Words;

/// <summary>Where an event takes place, in words.</summary>
public static class PlaceWords
{
    /// <summary>Name, then postal address; empty for no place.</summary>
    public static IReadOnlyList<string> Lines(Place? place) => place is null ? [] :
    [
        .. ((string[])[place.Name ?? "", Joined(place.Street, $"{place.PostalCode} {place.City}".Trim())]).Where(line => line.Length > 0),
    ];

    /// <summary>Name and postal address on one line; null for no place.</summary>
    public static string? OneLine(Place? place) => Lines(place) is { Count: > 0 } lines ? string.Join(", ", lines) : null;

    /// <summary>The town, or the next best; and whether it can be followed online.</summary>
    public static string Briefly(Event happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        return happening.Attendance == Attendance.Online ? T["En ligne"]
            : (happening.Place?.City ?? happening.Place?.Name) is not { } place ? Vocabulary.Label(happening.Attendance)
            : happening.Attendance == Attendance.Hybrid ? $"{place} {T["et en ligne"]}"
            : place;
    }

    /// <summary>The page of a map on which the place is marked; null without coordinates.</summary>
    public static string? MapOf(Place? place) =>
        Degrees(place?.Latitude) is { } latitude && Degrees(place?.Longitude) is { } longitude
            ? $"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"
            : null;

    /// <summary>Whether it can be followed from elsewhere.</summary>
    public static bool IsOnline(Event happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        return happening.MovedOnline || happening.Attendance != Attendance.OnSite;
    }

    /// <summary>Where to follow it; null where that is not given.</summary>
    public static string? OnlineUrl(Event happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        return !IsOnline(happening) ? null : happening.OnlineUrl ?? (happening as Webinar)?.PlatformUrl;
    }

    /// <summary>In one line, as calendars have it.</summary>
    public static string? InOneLine(Event happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        var lines = happening.MovedOnline ? [] : Lines(happening.Place);
        return lines.Count > 0 ? string.Join(", ", lines) : IsOnline(happening) ? OnlineUrl(happening) ?? T["En ligne"] : null;
    }

    private static string Joined(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    private static string? Degrees(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var degrees)
            ? degrees.ToString(CultureInfo.InvariantCulture)
            : null;
}
