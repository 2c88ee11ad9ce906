using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Files;

/// <summary>What of a request is signed.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">Absolute, as sent, without a query.</param>
/// <param name="ContentDigest">Field of RFC 9530; null for a request without content.</param>
/// <param name="UploadOffset">Null for a request that asks only.</param>
public sealed record SignedRequest(string Method, string Path, string? ContentDigest = null, string? UploadOffset = null)
{
    /// <summary>The fields that must be covered, and their values, in the order in which we sign them.</summary>
    internal IEnumerable<(string Name, string Value)> Components => ((string Name, string? Value)[])
        [("@method", Method), ("@path", Path), ("content-digest", ContentDigest), ("upload-offset", UploadOffset)]
        is var all ? all.Where(each => each.Value is not null).Select(each => (each.Name, each.Value!)) : [];
}

/// <summary>Marks an endpoint of the hub that takes nothing but what a cluster signed.</summary>
public sealed record NeedsSignature;

/// <summary>HTTP Message Signatures (RFC 9421) with a participant's key, over the little that pushing a file needs.</summary>
public static partial class RequestSignature
{
    public const string InputField = "Signature-Input";
    public const string SignatureField = "Signature";
    private const string Label = "ic";
    private const string Tag = "interclustering-files";
    private const string Algorithm = "ecdsa-p256-sha256";

    /// <summary>How far the time of a request may be off one's own.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    /// <summary>The values of <see cref="InputField"/> and <see cref="SignatureField"/>.</summary>
    public static (string Input, string Signature) Sign(SignedRequest request, SigningKey key, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        var names = string.Join(' ', request.Components.Select(component => $"\"{component.Name}\""));
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"({names});created={clock.GetUtcNow().ToUnixTimeSeconds()};keyid=\"{key.Public.Keyid}\";alg=\"{Algorithm}\";tag=\"{Tag}\"");
        var signature = Base64Url.DecodeFromChars(key.Sign(Base([.. request.Components], parameters)));
        return ($"{Label}={parameters}", $"{Label}=:{Convert.ToBase64String(signature)}:");
    }

    /// <summary>Why a request is not the key holder's, or not of now; null when it is.</summary>
    public static string? Refuse(SignedRequest request, string? input, string? signature, IReadOnlyList<PublicKey> keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ReadInput(input) is not { } told || ReadSignature(signature) is not { } given || told.Label != given.Label)
        {
            return "the request is not signed";
        }

        var values = request.Components.ToDictionary(component => component.Name, component => component.Value);
        if (!told.Names.Order().SequenceEqual(values.Keys.Order()))
        {
            return $"the signature must cover exactly {string.Join(", ", values.Keys)}";
        }

        if (told.Parameters.GetValueOrDefault("alg", Quoted(Algorithm)) != Quoted(Algorithm)
            || told.Parameters.GetValueOrDefault("tag") != Quoted(Tag))
        {
            return "the signature is of another kind";
        }

        if (!long.TryParse(told.Parameters.GetValueOrDefault("created"), NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            || Math.Abs(now.ToUnixTimeSeconds() - created) > Freshness.TotalSeconds)
        {
            return "the signature is too old, or the clocks differ";
        }

        var covered = Base([.. told.Names.Select(name => (name, values[name]))], told.Text);
        return Signatures.Verify(told.Parameters.GetValueOrDefault("keyid", "").Trim('"'), Base64Url.EncodeToString(given.Bytes),
            covered, keys)
            ? null
            : "the signature is not this cluster's";
    }

    /// <summary>
    /// Reads <see cref="InputField"/>: one signature, whose parameters are integers and strings without escapes, each once.
    /// </summary>
    /// <returns>Its parts, parameters as they are written; null for anything else.</returns>
    internal static (string Label, IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Parameters, string Text)? ReadInput(
        string? field)
    {
        if (InputForm().Match(field ?? "") is not { Success: true } match)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>();
        return match.Groups["key"].Captures.Zip(match.Groups["value"].Captures)
            .All(pair => parameters.TryAdd(pair.First.Value, pair.Second.Value))
            ? (match.Groups["label"].Value, [.. match.Groups["name"].Captures.Select(name => name.Value)], parameters,
                match.Groups["parameters"].Value)
            : null;
    }

    /// <summary>Reads <see cref="SignatureField"/>: one signature of 64 bytes; null for anything else.</summary>
    internal static (string Label, byte[] Bytes)? ReadSignature(string? field) =>
        SignatureForm().Match(field ?? "") is { Success: true } match
            ? (match.Groups["label"].Value, Convert.FromBase64String(match.Groups["bytes"].Value)) : null;

    /// <summary>The field of RFC 9530 for some content.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:";

    /// <summary>RFC 9421 §2.5.</summary>
    private static byte[] Base(IReadOnlyList<(string Name, string Value)> components, string parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in components)
        {
            text.Append('"').Append(name).Append("\": ").Append(value).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.Append("\"@signature-params\": ").Append(parameters).ToString());
    }

    private static string Quoted(string value) => $"\"{value}\"";

    [GeneratedRegex("""
        ^(?<label>[a-z*][a-z0-9_.*-]{0,30})=
        (?<parameters>\("(?<name>[a-z@-]+)"([ ]"(?<name>[a-z@-]+)"){0,7}\)
        (;(?<key>[a-z]+)=(?<value>[0-9]{1,12}|"[\x20-\x21\x23-\x5B\x5D-\x7E]{0,80}")){1,8})\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex InputForm();

    [GeneratedRegex("^(?<label>[a-z*][a-z0-9_.*-]{0,30})=:(?<bytes>[A-Za-z0-9+/]{86}==):\\z")]
    private static partial Regex SignatureForm();
}
