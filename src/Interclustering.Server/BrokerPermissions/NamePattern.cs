using System.Text.RegularExpressions;

namespace Interclustering.Server.BrokerPermissions;

/// <summary>A pattern as the broker applies it to names: found anywhere, unless it is anchored.</summary>
internal sealed partial class NamePattern(string text)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Names that the pattern spells out: in <c>^(a\.b|c)$</c> these are a.b and c, which no guess would find.</summary>
    public IEnumerable<string> Spelled =>
        Literal().Matches(text).Select(literal => literal.Value.Replace("\\", "", StringComparison.Ordinal));

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="RegexMatchTimeoutException">Applying it takes too long.</exception>
    public bool Matches(string name) => Regex.IsMatch(name, text, RegexOptions.CultureInvariant, Patience);

    [GeneratedRegex(@"(?:\\\W|[\w.-])+")]
    private static partial Regex Literal();
}
