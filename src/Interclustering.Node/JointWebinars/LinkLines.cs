using Interclustering.Contracts;
using Interclustering.Node.Forms;

namespace Interclustering.Node.JointWebinars;

/// <summary>Links one a line: « Libellé — https://… », or the address alone.</summary>
internal static class LinkLines
{
    /// <summary>Null when one of them is no https address.</summary>
    public static IReadOnlyList<Link>? Read(string lines)
    {
        var links = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.LastIndexOf(" — ", StringComparison.Ordinal) is var dash and > 0
                ? new Link(line[..dash].Trim(), TypedAddress.Completed(line[(dash + 3)..]))
                : new Link("Diaporama", TypedAddress.Completed(line))).ToList();
        return links.All(link => link.Url.Length <= 2000 && Uri.TryCreate(link.Url, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps && address.Host.Length > 0) ? links : null;
    }

    public static string Write(IEnumerable<Link> links) => string.Join('\n', links.Select(link => $"{link.Label} — {link.Url}"));
}
