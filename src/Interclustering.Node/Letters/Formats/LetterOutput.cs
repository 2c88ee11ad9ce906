using System.Security.Cryptography;
using System.Text;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Letters.Formats;

/// <summary>A letter as it is copied or kept.</summary>
/// <param name="Html">See <see cref="LetterHtml"/>.</param>
/// <param name="Markdown">See <see cref="LetterMarkdown"/>.</param>
/// <param name="Plain">See <see cref="LetterPlainText"/>.</param>
public sealed record LetterOutput(string Html, string Markdown, string Plain)
{
    /// <summary>Of the HTML, in UTF-8.</summary>
    public int Bytes { get; } = Encoding.UTF8.GetByteCount(Html);

    /// <summary>Longer than <see cref="LetterText.MostBytes"/>: mail programs would cut it.</summary>
    public bool IsTooLong => Bytes > LetterText.MostBytes;

    /// <summary>Tells whether what is marked as sent is still what was shown: 16 hexadecimal digits.</summary>
    public string Seen => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Html)))[..16];

    /// <summary>In French, whatever the language of the workspace.</summary>
    internal static LetterOutput Of(Func<LetterText> write) => Language.InFrench(() =>
    {
        var letter = write();
        return new LetterOutput(LetterHtml.Of(letter), LetterMarkdown.Of(letter), LetterPlainText.Of(letter));
    });
}
