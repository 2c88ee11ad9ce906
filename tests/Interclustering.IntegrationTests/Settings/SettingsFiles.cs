using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Interclustering.IntegrationTests.Settings;

/// <summary>What <see cref="WrongSettings"/> name.</summary>
internal static class SettingsFiles
{
    /// <summary>Makes the files.</summary>
    public static void Make(string folder)
    {
        File.WriteAllText(At("a-file"), "");
        File.WriteAllText(At("no-json.json"), "{ \"hub\": ");
        var whole = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "directory.json"));
        File.WriteAllText(At("twice.json"), whole.Replace("\"lsn\"", "\"bsc\"", StringComparison.Ordinal));
        File.WriteAllText(At("hub-twice.json"), whole.Replace("\"lsn\"", "\"hub\"", StringComparison.Ordinal));
        File.WriteAllText(At("capital.json"), whole.Replace("\"bsc\"", "\"BSC\"", StringComparison.Ordinal));
        File.WriteAllText(At("no-key.json"), WithKey("0123456789abcdef", "AAAA"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var info = key.ExportSubjectPublicKeyInfo();
        File.WriteAllText(
            At("other-key.json"), WithKey(Convert.ToHexStringLower(SHA256.HashData(info))[..16], Convert.ToBase64String(info)));
        KeepKey("broken-key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        KeepKey("public-key", key.ExportSubjectPublicKeyInfoPem());
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        KeepKey("other-curve", larger.ExportPkcs8PrivateKeyPem());

        string At(string name) => Path.Combine(folder, name);

        string WithKey(string keyid, string text) => whole.Replace(
            "\"code\": \"bsc\",", $"\"code\": \"bsc\", \"keys\": [{{ \"keyid\": \"{keyid}\", \"key\": \"{text}\" }}],",
            StringComparison.Ordinal);

        void KeepKey(string data, string pem)
        {
            Directory.CreateDirectory(Path.Combine(folder, data, "keys"));
            File.WriteAllText(Path.Combine(folder, data, "keys", "bsc.pem"), pem);
        }
    }

    /// <summary>A program that listens, on a port that it chose.</summary>
    public static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
