using System.Globalization;

namespace Interclustering.Node.ActivityReports;

/// <summary>A year, or one of its quarters.</summary>
/// <param name="Year">Of the calendar.</param>
/// <param name="Quarter">1 to 4; null for the whole year.</param>
public sealed record ReportPeriod(int Year, int? Quarter)
{
    private const int FirstYear = 2000, LastYear = 2200;

    public DateOnly From => new(Year, ((Quarter ?? 1) - 1) * 3 + 1, 1);

    /// <summary>The last day.</summary>
    public DateOnly To => Quarter is null ? new DateOnly(Year, 12, 31) : From.AddMonths(3).AddDays(-1);

    /// <summary>The quarters that it is made of, in order.</summary>
    public IReadOnlyList<ReportPeriod> Quarters => Quarter is null
        ? [.. Enumerable.Range(1, 4).Select(quarter => new ReportPeriod(Year, quarter))] : [this];

    public ReportPeriod Before => Quarter switch
    {
        null => this with { Year = Year - 1 },
        1 => new(Year - 1, 4),
        var quarter => this with { Quarter = quarter - 1 },
    };

    public ReportPeriod After => Quarter switch
    {
        null => this with { Year = Year + 1 },
        4 => new(Year + 1, 1),
        var quarter => this with { Quarter = quarter + 1 },
    };

    /// <summary>As in an address: <c>2026</c> or <c>2026-T4</c>.</summary>
    public string Key => Quarter is null ? Year.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Year}-T{Quarter}");

    public string InWords => Quarter switch
    {
        null => Key,
        1 => T["1er trimestre {0}", Year],
        var quarter => T["{0}e trimestre {1}", quarter.Value, Year],
    };

    public bool Has(DateOnly day) => From <= day && day <= To;

    public static ReportPeriod QuarterOf(DateOnly day) => new(day.Year, ((day.Month - 1) / 3) + 1);

    /// <summary>Null for what is no period.</summary>
    public static ReportPeriod? Read(string? key) => key?.Split('-') is [var year, .. var rest] && rest.Length <= 1
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > FirstYear and < LastYear
        ? rest is [] ? new(number, null) : rest[0] is ['T', >= '1' and <= '4'] ? new(number, rest[0][1] - '0') : null : null;
}
