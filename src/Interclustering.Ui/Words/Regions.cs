namespace Interclustering.Ui.Words;

/// <summary>The regions of France by INSEE code: 13 metropolitan ones, then 5 overseas.</summary>
public static class Regions
{
    private const string Overseas = "97";

    // Departments of each region since 2016 (INSEE, Code officiel géographique); a postal code begins with its department's.
    private static readonly (string Region, string Departments)[] Departments =
    [
        ("84", "01 03 07 15 26 38 42 43 63 69 73 74"), ("27", "21 25 39 58 70 71 89 90"), ("53", "22 29 35 56"),
            ("24", "18 28 36 37 41 45"), ("94", "20"),
        ("44", "08 10 51 52 54 55 57 67 68 88"), ("32", "02 59 60 62 80"), ("11", "75 77 78 91 92 93 94 95"), ("28", "14 27 50 61 76"),
        ("75", "16 17 19 23 24 33 40 47 64 79 86 87"), ("76", "09 11 12 30 31 32 34 46 48 65 66 81 82"), ("52", "44 49 53 72 85"),
            ("93", "04 05 06 13 83 84"),
        ("01", "971"), ("02", "972"), ("03", "973"), ("04", "974"), ("06", "976"),
    ];

    private static readonly Dictionary<string, string> ByDepartment =
        Departments.SelectMany(row => row.Departments.Split(' ').Select(department => (department, row.Region))).ToDictionary();

    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("84", "Auvergne-Rhône-Alpes"), ("27", "Bourgogne-Franche-Comté"), ("53", "Bretagne"), ("24", "Centre-Val de Loire"),
            ("94", "Corse"),
        ("44", "Grand Est"), ("32", "Hauts-de-France"), ("11", "Île-de-France"), ("28", "Normandie"), ("75", "Nouvelle-Aquitaine"),
        ("76", "Occitanie"), ("52", "Pays de la Loire"), ("93", "Provence-Alpes-Côte d’Azur"),
        ("01", "Guadeloupe"), ("02", "Martinique"), ("03", "Guyane"), ("04", "La Réunion"), ("06", "Mayotte"),
    ];

    public static IReadOnlyList<string> Codes { get; } = [.. All.Select(region => region.Code)];

    /// <summary>The name of a region; an unknown code is shown as it is.</summary>
    public static string NameOf(string code) => All.FirstOrDefault(region => region.Code == code).Name ?? code;

    /// <summary>The region of a French postal code; null when it is none.</summary>
    public static string? OfPostalCode(string? postalCode) =>
        postalCode is not { Length: 5 } || !postalCode.All(char.IsAsciiDigit) ? null
        : ByDepartment.GetValueOrDefault(postalCode[..(postalCode.StartsWith(Overseas, StringComparison.Ordinal) ? 3 : 2)]);
}
