using System.Security.Cryptography;
using System.Text;

namespace Interclustering.Hub.Embeds;

/// <summary>The component as browsers get it, and its tag.</summary>
internal static class EmbedScript
{
    public static string Text { get; } = Read();

    // Weak: it is sent compressed in more than one way.
    public static string Tag { get; } = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..16]}\"";

    private static string Read()
    {
        using var stream = typeof(EmbedScript).Assembly.GetManifestResourceStream("interclustering.js")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
