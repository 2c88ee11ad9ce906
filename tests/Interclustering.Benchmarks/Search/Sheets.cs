using System.Text;
using System.Text.Json;
using Interclustering.Benchmarks.Growth;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Benchmarks.Search;

/// <summary>
/// Sheets to be searched: words of the trade, each of which stands in a share of them, among words that are as rare as Zipf's law has it.
/// </summary>
internal static class Sheets
{
    private const int Rare = 20_000, Seed = 18;

    /// <summary>The first stands in half of the sheets, the last in a tenth.</summary>
    public static readonly IReadOnlyList<string> Common =
    [
        "logistique", "transport", "entrepôt", "énergie", "livraison", "client", "fournisseur", "stock", "commande", "camion", "plateforme",
        "carbone", "formation", "sécurité", "quai", "palette", "emballage", "tournée", "conducteur", "hydrogène", "biogaz", "fluvial",
        "ferroviaire", "portuaire", "mutualisation", "traçabilité", "robot", "capteur", "éclairage", "toiture",
    ];

    private static readonly string[] Syllables =
        ["ba", "ce", "di", "fo", "gu", "la", "mé", "ni", "po", "ra", "se", "ti", "vo", "cha", "bri", "clo", "dre", "gri", "plo", "tra"];

    public static IEnumerable<PublicationRow> Rows(int count)
    {
        var random = new Random(Seed);
        var rare = Enumerable.Range(0, Rare).Select(_ => string.Concat(random.GetItems(Syllables, 4))).ToArray();
        return Enumerable.Range(1, count).Select(number => Archive.RowOf(
            number, Kinds.BestPractice, JsonSerializer.Serialize(SheetOf(random, rare), ContractJson.Options)));
    }

    private static BestPractice SheetOf(Random random, string[] rare) => new()
    {
        Nonce = Nonce.Create(),
        Title = Sentence(random, rare, 7, 0.1),
        Summary = Sentence(random, rare, 25, 0.08),
        Text = string.Join("\n\n", Enumerable.Range(0, 6).Select(_ => Sentence(random, rare, random.Next(15, 45), 0.04))),
        Themes = [KnownThemes.All[random.Next(KnownThemes.All.Count)]],
    };

    private static string Sentence(Random random, string[] rare, int words, double shareOfCommon)
    {
        var text = new StringBuilder();
        for (var place = 0; place < words; place++)
        {
            // Squares favour the first of the list.
            var word = random.NextDouble() < shareOfCommon ? Common[(int)(Common.Count * Math.Pow(random.NextDouble(), 1.3))]
                : rare[(int)Math.Min(Rare - 1, Math.Pow(Rare, random.NextDouble()))];
            text.Append(text.Length == 0 ? "" : " ").Append(word);
        }

        return text.Append('.').ToString();
    }
}
