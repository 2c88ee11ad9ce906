using System.Text.Json;

namespace Interclustering.Dates;

/// <summary>A time without school.</summary>
/// <param name="Name">In French, e.g. <c>Vacances d’hiver</c>.</param>
/// <param name="Zones">A, B, C.</param>
/// <param name="From">First free day.</param>
/// <param name="Until">Last free day.</param>
public sealed record SchoolHoliday(string Name, IReadOnlyList<string> Zones, DateOnly From, DateOnly Until);

/// <summary>The school holidays of some years, from a file that an operator can replace.</summary>
/// <param name="Source">Where the dates are from.</param>
/// <param name="Holidays">In any order.</param>
public sealed record SchoolHolidays(string Source, IReadOnlyList<SchoolHoliday> Holidays)
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    // Zones since 2015, by the region of their académies (Code de l'éducation, art. L521-1 and its decrees); Corsica and overseas have
    // their own.
    private static readonly Dictionary<string, string> ZonesByRegion = new()
    {
        ["84"] = "A",
        ["27"] = "A",
        ["75"] = "A",
        ["53"] = "B",
        ["24"] = "B",
        ["44"] = "B",
        ["32"] = "B",
        ["28"] = "B",
        ["52"] = "B",
        ["93"] = "B",
        ["11"] = "C",
        ["76"] = "C",
    };

    public static IReadOnlyList<string> AllZones { get; } = ["A", "B", "C"];

    /// <summary>Those that come with the program.</summary>
    public static SchoolHolidays Known { get; } = Read(typeof(SchoolHolidays).Assembly.GetManifestResourceStream("school-holidays.json")!);

    /// <summary>The zone of a region by its INSEE code; null for Corsica, overseas, and what is none.</summary>
    public static string? ZoneOf(string? region) => region is null ? null : ZonesByRegion.GetValueOrDefault(region);

    /// <exception cref="JsonException">The file has another form.</exception>
    public static SchoolHolidays Read(Stream file) => JsonSerializer.Deserialize<SchoolHolidays>(file, Options)
        ?? throw new JsonException("An object is expected.");

    /// <summary>Whether school holidays of that day are known at all: between the first and the last of the file.</summary>
    public bool Covers(DateOnly day) => Holidays.Count > 0 && day >= Holidays.Min(holiday => holiday.From)
        && day <= Holidays.Max(holiday => holiday.Until);

    /// <summary>What some zones have on a day, with those of them that have it.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Zones)> On(DateOnly day, IReadOnlyList<string> zones) =>
        Holidays.Where(holiday => day >= holiday.From && day <= holiday.Until)
            .Select(holiday => (holiday.Name, Zones: (IReadOnlyList<string>)[.. holiday.Zones.Intersect(zones)]))
                .Where(holiday => holiday.Zones.Count > 0);
}
