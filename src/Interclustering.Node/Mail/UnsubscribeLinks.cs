using System.Security.Cryptography;
using System.Text;
using Interclustering.Node.Workspace;
using Microsoft.AspNetCore.DataProtection;

namespace Interclustering.Node.Mail;

/// <summary>
/// Addresses at which one member turns one kind of mail off. The token is encrypted and signed by Data Protection: it opens nothing else,
/// is kept nowhere, and ends with the account.
/// </summary>
public sealed class UnsubscribeLinks(IDataProtectionProvider protection)
{
    internal const string Path = "/desabonnement";
    private const int Longest = 1000;

    internal string TokenOf(NodeInstance node, string member, string group) => Protector(node).Protect($"{group}/{member}");

    /// <summary>Null for what is none of this cluster's.</summary>
    internal (string Group, string Member)? Read(NodeInstance node, string token)
    {
        if (token.Length > Longest)
        {
            return null;
        }

        try
        {
            return Protector(node).Unprotect(token).Split('/', 2) is [var group, var member] && MailGroups.IsKnown(group)
                ? (group, member) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private IDataProtector Protector(NodeInstance node) => protection.CreateProtector("Interclustering.Mail.Unsubscribe", node.Code);
}
