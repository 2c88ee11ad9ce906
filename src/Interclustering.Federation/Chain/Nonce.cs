using System.Security.Cryptography;

namespace Interclustering.Federation.Chain;

/// <summary>Random text in the data of every entry, so that a digest can't be guessed back into a name.</summary>
public static class Nonce
{
    /// <summary>128 random bits in lower-case hexadecimal.</summary>
    public static string Create() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
