using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Interclustering.Node.JointWebinars.Day;

/// <summary>
/// The link with which a speaker reads the day without an account. It names the dossier and its slot, is sealed by this server, and ends
/// with the day: of another slot it opens nothing.
/// </summary>
internal sealed class SpeakerLink(IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("speaker-day").ToTimeLimitedDataProtector();

    /// <param name="node">Code of the cluster.</param>
    /// <param name="dossier">Its id.</param>
    /// <param name="slot">The chosen one.</param>
    /// <param name="until">The end of its day, UTC.</param>
    public string Of(string node, string dossier, string slot, DateTimeOffset until) =>
        protector.Protect($"{node} {dossier} {slot}", until);

    /// <summary>The dossier's id and the slot; null for what this server has not made, or what is over.</summary>
    public (string Dossier, string Slot)? Read(string node, string token)
    {
        try
        {
            return protector.Unprotect(token).Split(' ') is [var code, var dossier, var slot] && code == node ? (dossier, slot) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
