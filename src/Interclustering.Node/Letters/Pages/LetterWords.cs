using Interclustering.Node.Letters.Formats;
using Interclustering.Node.Letters.Selection;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Letters.Pages;

/// <summary>What several pages of letters say.</summary>
internal static class LetterWords
{
    private const int Kilobyte = 1000;

    /// <summary>Usual title of a new letter: it names the month of most of its days.</summary>
    public static string TitleOf(string cluster, LetterFilter filter) => Language.InFrench(() => T["{0} : les rendez-vous de {1}", cluster,
        DateWords.MonthInText(filter.From.AddDays((filter.To.DayNumber - filter.From.DayNumber) / 2))]);

    /// <param name="sentAt">Of the last letter, UTC.</param>
    public static string AlreadyIn(DateTime sentAt) =>
        T["déjà dans votre lettre du {0}", DateWords.InFull(DateOnly.FromDateTime(ParisDay.Of(sentAt)))];

    /// <summary>In lists.</summary>
    public static string NameOf(string title) => title.Length == 0 ? T["(effacé)"] : title;

    public static string Size(LetterOutput output) => T["{0} Ko sur {1}", Kilobytes(output.Bytes), LetterText.MostBytes / Kilobyte];

    /// <summary>What to do where mail programs would cut it.</summary>
    public static string TooLong(LetterOutput output, int items) =>
        T["La lettre ferait {0} Ko. Au-delà de {1} Ko, Gmail en cache la fin.", Kilobytes(output.Bytes), LetterText.MostBytes / Kilobyte]
        + " " + T.Count("Décochez au moins {0} élément.|Décochez au moins {0} éléments.", ToUntick(output, items));

    /// <summary>By their mean length.</summary>
    private static int ToUntick(LetterOutput output, int items) =>
        Math.Max(1, (int)Math.Ceiling((output.Bytes - LetterText.MostBytes) * (double)Math.Max(1, items) / output.Bytes));

    private static int Kilobytes(int bytes) => (bytes + Kilobyte - 1) / Kilobyte;
}
