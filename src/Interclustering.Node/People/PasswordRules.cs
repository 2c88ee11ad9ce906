using System.Globalization;

namespace Interclustering.Node.People;

/// <summary>What a password has to be: long, and not what everybody tries first (NIST SP 800-63B §3.1.1.2). No rule about kinds of characters.</summary>
public static class PasswordRules
{
    public const int Shortest = 12, Longest = 200;
    private const int FewestCharacters = 5, ShortestWord = 4;

    private static readonly string[] TriedFirst =
        ["123456789", "azerty", "qwerty", "motdepasse", "password", "bonjour", "soleil", "logistique", "supplychain", "interclustering", "iloveyou", "doudou", "changeme"];

    /// <summary>Why it can't be; null when it can.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="words">What somebody would guess: her name and address, her cluster's name.</param>
    public static string? Refuse(string password, IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(password);
        var plain = Plain(password);
        return password.Length < Shortest ? T["Trop court : {0} caractères au moins. Plusieurs mots à la suite font un bon mot de passe.", Shortest]
            : password.Length > Longest ? T["Trop long : {0} caractères au plus.", Longest]
            : plain.Distinct().Count() < FewestCharacters ? T["Trop simple : presque toujours le même caractère."]
            : IsMostly(plain, TriedFirst) ? T["Trop connu : c’est ce que l’on essaie d’abord."]
            : IsMostly(plain, words.SelectMany(text => text.Split([' ', '@', '.', '-'])).Select(Plain).Where(word => word.Length >= ShortestWord))
                ? T["Trop facile à deviner : il tient surtout en un nom ou une adresse."]
            : null;
    }

    private static bool IsMostly(string plain, IEnumerable<string> words) =>
        words.Aggregate(plain, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal)).Length < plain.Length / 2;

    private static string Plain(string text) => new([.. text.ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit)]);
}
