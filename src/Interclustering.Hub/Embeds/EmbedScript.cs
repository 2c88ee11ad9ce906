using System.Security.Cryptography;
using System.Text;

namespace Interclustering.Hub.Embeds;

/// <summary>A script for other sites as browsers get it.</summary>
/// <param name="Text">JavaScript.</param>
/// <param name="Tag">Weak: it is sent compressed in more than one way.</param>
internal sealed record EmbedScript(string Text, string Tag)
{
    /// <summary>The web component.</summary>
    public static EmbedScript Component { get; } = Read("interclustering.js");

    /// <summary>In a frame: tells its height.</summary>
    public static EmbedScript Frame { get; } = Read("frame.js");

    /// <summary>In the page around frames: gives them that height.</summary>
    public static EmbedScript Height { get; } = Read("height.js");

    private static EmbedScript Read(string name)
    {
        using var stream = typeof(EmbedScript).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return new EmbedScript(text, $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}\"");
    }
}
