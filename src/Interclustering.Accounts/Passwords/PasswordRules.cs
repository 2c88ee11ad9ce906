using System.Globalization;

namespace Interclustering.Accounts.Passwords;

/// <summary>
/// What a password has to be: long, and not what is tried first (NIST SP 800-63B §3.1.1.2). No rule about kinds of characters.
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 12, Longest = 200;
    private const int FewestCharacters = 5, ShortestWord = 4;
    private const string Product = "interclustering";

    private static readonly string[] TriedFirst =
        ["123456789", "azerty", "qwerty", "motdepasse", "password", "bonjour", "soleil", "logistique", "supplychain", "iloveyou", "doudou",
            "changeme"];

    /// <summary>Why it can't be; null when it can.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="words">What is easy to guess: the person's name and address, the cluster's name.</param>
    public static string? Refuse(string password, IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(words);
        var plain = Plain(password);
        return password.Length < Shortest
            ? T["Trop court : {0} caractères au moins. Plusieurs mots à la suite font un bon mot de passe.", Shortest]
            : password.Length > Longest ? T["Trop long : {0} caractères au plus.", Longest]
            : plain.Distinct().Count() < FewestCharacters ? T["Trop simple : presque toujours le même caractère."]
            : IsRepetition(plain) || IsRow(plain) ? T["Trop simple : la même suite de caractères se répète, ou ils se suivent."]
            : IsMostly(plain, TriedFirst) || CommonPasswords.Contains(password) || CommonPasswords.Contains(plain)
                ? T["Trop connu : c’est ce que l’on essaie d’abord."]
            : Words(words).Any(word => plain.Contains(word, StringComparison.Ordinal))
                ? T["Trop facile à deviner : il contient un nom ou une adresse d’ici."]
            : null;
    }

    private static bool IsMostly(string plain, IEnumerable<string> words) =>
        words.Aggregate(plain, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal)).Length < plain.Length / 2;

    /// <summary><c>quaiquaiquai</c>: one piece, again and again.</summary>
    private static bool IsRepetition(string plain) => Enumerable.Range(1, plain.Length / 2)
        .Any(length => !Enumerable.Range(length, plain.Length - length).Any(index => plain[index] != plain[index - length]));

    /// <summary><c>abcdefgh2345</c>: nearly every character is next to the one before.</summary>
    private static bool IsRow(string plain) =>
        plain.Zip(plain.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) <= 1) >= (plain.Length - 1) * 3 / 4;

    /// <summary>Whole names, and each word of them; of an address what stands before the @, and the domain without its end.</summary>
    private static IEnumerable<string> Words(IEnumerable<string> texts) => texts.Append(Product)
        .SelectMany(text => text.Split('@') is [var local, var domain]
            ? [local, .. local.Split('.', '-', '_', '+'), domain.Contains('.', StringComparison.Ordinal)
                ? domain[..domain.LastIndexOf('.')] : domain]
            : (string[])[text, .. text.Split(' ', '-')])
        .Select(Plain).Where(word => word.Length >= ShortestWord);

    private static string Plain(string text) => new([.. text.ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit)]);
}
