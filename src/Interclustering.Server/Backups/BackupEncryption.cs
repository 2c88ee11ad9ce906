using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Interclustering.Server.Backups;

/// <summary>
/// Archives for one recipient: enveloped data of CMS (RFC 5652), AES-256 under an RSA key (OAEP, SHA-256). What
/// <c>openssl cms -decrypt -binary -inform DER</c> reads. The server has the certificate only, and can't open what it has written.
/// </summary>
internal static class BackupEncryption
{
    private const int LeastBits = 2048;
    private static readonly byte[] Gzip = [0x1f, 0x8b];

    /// <summary>Whether the archive begins as one that is not encrypted does not.</summary>
    public static bool IsEncrypted(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        return file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && !start.SequenceEqual(Gzip);
    }

    /// <summary>The certificate of a file in PEM or DER.</summary>
    /// <exception cref="BackupFailedException">It is none, or not for RSA.</exception>
    public static X509Certificate ReadRecipient(string path)
    {
        X509Certificate? certificate;
        try
        {
            certificate = new X509CertificateParser().ReadCertificate(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or GeneralSecurityException)
        {
            throw new BackupFailedException($"{path} can't be read as a certificate: {exception.Message}", exception);
        }

        return certificate?.GetPublicKey() is RsaKeyParameters { Modulus.BitLength: >= LeastBits } ? certificate
            : throw new BackupFailedException($"{path} has no certificate of an RSA key of {LeastBits} bits or more.");
    }

    /// <summary>Encrypts what is written to it. Disposing of it ends the message, and leaves the output open.</summary>
    public static Stream Encrypt(Stream output, X509Certificate recipient)
    {
        var sha256 = new AlgorithmIdentifier(NistObjectIdentifiers.IdSha256);
        var oaep = new RsaesOaepParameters(
            sha256, new AlgorithmIdentifier(PkcsObjectIdentifiers.IdMgf1, sha256), RsaesOaepParameters.DefaultPSourceAlgorithm);
        var message = new CmsEnvelopedDataStreamGenerator();
        message.AddRecipientInfoGenerator(new KeyTransRecipientInfoGenerator(
            recipient, new Asn1KeyWrapper(PkcsObjectIdentifiers.IdRsaesOaep, oaep, recipient)));
        return message.Open(output, CmsEnvelopedGenerator.Aes256Cbc);
    }

    /// <exception cref="BackupFailedException">It is no such message, or for another key.</exception>
    public static Stream Decrypt(Stream input, string keyFile)
    {
        try
        {
            var key = ReadKey(keyFile);
            foreach (var recipient in new CmsEnvelopedDataParser(input).GetRecipientInfos().GetRecipients())
            {
                return recipient.GetContentStream(key).ContentStream;
            }

            throw new BackupFailedException("The archive is for no recipient.");
        }
        catch (Exception exception) when (exception is CmsException or GeneralSecurityException or Asn1Exception
            or Asn1ParsingException or InvalidOperationException or CryptoException)
        {
            throw new BackupFailedException($"The archive can't be opened with {keyFile}: {exception.Message}", exception);
        }
    }

    private static AsymmetricKeyParameter ReadKey(string path)
    {
        try
        {
            using var reader = new PemReader(File.OpenText(path));
            return reader.ReadObject() switch
            {
                AsymmetricCipherKeyPair pair => pair.Private,
                AsymmetricKeyParameter { IsPrivate: true } key => key,
                _ => throw new BackupFailedException($"{path} has no private key in PEM."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException($"{path} can't be read as a private key: {exception.Message}", exception);
        }
    }
}
