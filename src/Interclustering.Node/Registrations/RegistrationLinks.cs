using System.Security.Cryptography;
using System.Text;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.DataProtection;

namespace Interclustering.Node.Registrations;

/// <summary>
/// Addresses of the public pages. The link to one's own registration is encrypted and signed by Data Protection: it opens nothing else, and
/// is kept nowhere.
/// </summary>
public sealed class RegistrationLinks(IDataProtectionProvider protection)
{
    public const string Form = "/inscription", Own = "/mon-inscription";
    private const int Longest = 600;

    /// <summary>Of the form, below the workspace's address.</summary>
    public static string FormOf(string id) => $"{Form}/{id}";

    internal string OwnOf(NodeInstance node, Guid registration) => $"{Own}/{Protector(node, "Own").Protect(registration.ToString("N"))}";

    /// <summary>Null for what is none of this cluster's.</summary>
    internal Guid? Read(NodeInstance node, string token) =>
        Unprotect(Protector(node, "Own"), token) is { } text && Guid.TryParseExact(text, "N", out var id) ? id : null;

    /// <summary>Says that the form of an event was open when its page was made.</summary>
    internal string StampOf(NodeInstance node, string id) => Protector(node, "Stamp").Protect(id);

    internal bool IsStamp(NodeInstance node, string id, string stamp) => Unprotect(Protector(node, "Stamp"), stamp) == id;

    private static string? Unprotect(IDataProtector protector, string text)
    {
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(text);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private IDataProtector Protector(NodeInstance node, string purpose) =>
        protection.CreateProtector("Interclustering.Registrations", node.Code, purpose);
}
