using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>A device with one passkey (WebAuthn level 3, ES256, no attestation) that has verified its owner.</summary>
internal sealed class Authenticator : IDisposable
{
    private const byte Verified = 0x05, WithKey = 0x40;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private byte[] owner = [];
    private uint uses;

    /// <summary>What <c>navigator.credentials.create</c> gives for these options.</summary>
    public string Create(string options, string origin)
    {
        using var asked = JsonDocument.Parse(options);
        owner = Base64Url.DecodeFromChars(asked.RootElement.GetProperty("user").GetProperty("id").GetString());
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. DataOf(asked, Verified | WithKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58,
            (byte)data.Length, .. data];
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(ClientData("webauthn.create", asked, origin)),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = (string[])["internal"],
        });
    }

    /// <summary>What <c>navigator.credentials.get</c> gives for these options.</summary>
    public string Get(string options, string origin)
    {
        using var asked = JsonDocument.Parse(options);
        var (client, data) = (ClientData("webauthn.get", asked, origin), DataOf(asked, Verified));
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(
                key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = Base64Url.EncodeToString(owner),
        });
    }

    public void Dispose() => key.Dispose();

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Base64Url.EncodeToString(id),
        rawId = Base64Url.EncodeToString(id),
        type = "public-key",
        authenticatorAttachment = "platform",
        clientExtensionResults = new { },
        response,
    });

    private byte[] DataOf(JsonDocument asked, byte flags)
    {
        var relyingParty = asked.RootElement.TryGetProperty("rpId", out var named) ? named.GetString()
            : asked.RootElement.GetProperty("rp").GetProperty("id").GetString();
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++uses);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty!)), flags, .. count];
    }

    private static byte[] ClientData(string type, JsonDocument asked, string origin) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    /// <summary>A CBOR text string of less than 24 bytes.</summary>
    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}
