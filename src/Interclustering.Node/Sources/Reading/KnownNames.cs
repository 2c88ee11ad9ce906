using System.Globalization;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Sources.Reading;

/// <summary>What sources call regions and themes, mapped to our codes.</summary>
internal static class KnownNames
{
    private static readonly Dictionary<string, string> Regions = Index(
        ("11", "Île-de-France"), ("24", "Centre-Val de Loire"), ("27", "Bourgogne-Franche-Comté"), ("28", "Normandie"),
            ("32", "Hauts-de-France"),
        ("44", "Grand Est"), ("52", "Pays de la Loire"), ("53", "Bretagne"), ("75", "Nouvelle-Aquitaine"), ("76", "Occitanie"),
        ("84", "Auvergne-Rhône-Alpes"), ("93", "Provence-Alpes-Côte d’Azur"), ("94", "Corse"));

    private static readonly Dictionary<string, string> ThemeLabels = Index(
        (KnownThemes.Ecology, "Transition écologique"), (KnownThemes.Digital, "Digitalisation et IA"),
            (KnownThemes.Property, "Foncier logistique"),
        (KnownThemes.Consumption, "Nouvelles tendances de consommation"), (KnownThemes.Urban, "Logistique urbaine"),
            (KnownThemes.Skills, "Emploi et compétences"),
        (KnownThemes.Excellence, "Excellence supply chain"), (KnownThemes.Resilience, "Résilience et gestion des risques"));

    /// <summary>INSEE code of a region by its name.</summary>
    public static string? Region(string? name) => name is not null && Regions.TryGetValue(Simple(name), out var code) ? code : null;

    /// <summary>Slugs of the words that are a known theme's slug or label, each once.</summary>
    public static IReadOnlyList<string> ThemesAmong(IEnumerable<string> words) =>
        [.. words.Select(word => ThemeLabels.GetValueOrDefault(Simple(word))).OfType<string>().Distinct()];

    private static Dictionary<string, string> Index(params IEnumerable<(string Code, string Label)> entries)
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, label) in entries)
        {
            index[Simple(label)] = code;
            index[Simple(code)] = code;
        }

        return index;
    }

    /// <summary>Without case, accents and punctuation.</summary>
    public static string Simple(string text)
    {
        var simple = new StringBuilder(text.Length);
        foreach (var character in FoldedText.Decomposed(CleanText.Field(text) ?? ""))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                simple.Append(char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ');
            }
        }

        return simple.ToString().Trim();
    }
}
