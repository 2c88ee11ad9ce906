using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Interclustering.Ui.Shell;

/// <summary>
/// Addresses that let their bearer in, or act for them: an invitation, a new password, a preview, a private calendar, the end of a kind of
/// mail. Logs and traces of requests leave out the secret part.
/// </summary>
public static partial class SecretAddresses
{
    /// <summary>The text with every secret part replaced.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Secret().Replace(text, "$1…");
    }

    /// <summary>Whether an address is one of them: what it leads to must not learn it.</summary>
    public static bool Holds(PathString path) => path.HasValue && Secret().IsMatch(path.Value);

    // Also where an address stands inside another one, or begins without its slash, as routing logs it; and the tokens of the cluster's
    // API.
    [GeneratedRegex(
        @"((?:/|%2F|(?<![A-Za-z0-9-]))(?:invitation|mot-de-passe|apercu|calendrier|desabonnement|jour-j|mon-inscription)(?:/|%2F)|\bicl_)"
            + "[A-Za-z0-9_-]{8,}",
        RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
