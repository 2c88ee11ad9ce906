using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Interclustering.Ui.Words;

/// <summary>
/// What the interface says. A text is written in French where it is used, and is its own key: the project's <c>Texts.en.resx</c> holds the
/// English. French typography (no-break spaces) is added here, so that sources hold plain spaces.
/// </summary>
public sealed class Wording(Type texts)
{
    private const char NoBreak = '\u00a0';
    private readonly ResourceManager english = new(texts);

    /// <summary>As many as there are texts in the code.</summary>
    private readonly ConcurrentDictionary<string, string> typeset = new(), translated = new();

    public string this[string french] => Language.IsEnglish
        ? translated.GetOrAdd(french, static (text, words) => words.Translate(text), this)
        : typeset.GetOrAdd(french, static text => Typeset(text));

    /// <summary>The same with <c>{0}</c>, <c>{1}</c>… filled in, in the language's culture.</summary>
    public string this[string french, params object?[] values] => string.Format(Language.Culture, this[french], values);

    /// <summary>
    /// One or many: <c>{0} événement|{0} événements</c>. In French nothing is singular (CLDR plural rules), in English plural.
    /// </summary>
    /// <param name="french">The singular and the plural, <c>{0}</c> for the number.</param>
    /// <param name="count">Chooses between them.</param>
    /// <param name="others">For <c>{1}</c> and so on.</param>
    public string Count(string french, long count, params object[] others)
    {
        var forms = this[french].Split('|');
        var singular = count == 1 || (count == 0 && !Language.IsEnglish);
        return string.Format(Language.Culture, singular ? forms[0] : forms[^1], [count, .. others]);
    }

    /// <summary>French punctuation with the spaces that must not break; a number (<c>{0}</c>) stays with its noun.</summary>
    public static string Typeset(string french)
    {
        ArgumentNullException.ThrowIfNull(french);
        return string.Create(french.Length, french, static (typeset, text) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                var breaks = text[index] == ' '
                    && ((index + 1 < text.Length && text[index + 1] is ':' or ';' or '!' or '?' or '»')
                        || (index > 0 && text[index - 1] is '«' or '}'));
                typeset[index] = breaks ? NoBreak : text[index];
            }
        });
    }

    /// <summary>A text without English, which a test would not let pass, stays French.</summary>
    private string Translate(string french) =>
        english.GetResourceSet(CultureInfo.GetCultureInfo("en"), createIfNotExists: true, tryParents: false)?.GetString(french) ?? french;
}
