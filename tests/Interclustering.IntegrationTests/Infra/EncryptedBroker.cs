using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>
/// A RabbitMQ that listens with TLS: its certificate is for localhost, by an authority that was made for this run and that no machine
/// trusts.
/// </summary>
public sealed class EncryptedBroker : IAsyncLifetime
{
    private string folder = "";
    private LocalBroker broker = null!;

    public int Port { get; } = ServerProgram.FreePort();

    /// <summary>The authority's certificate: trusted by a process that names it in SSL_CERT_FILE.</summary>
    public string Authority => Path.Combine(folder, "authority.pem");

    public async ValueTask InitializeAsync()
    {
        folder = await ServerProgram.CreateFolderAsync("interclustering-certificates-", new ServerAccount("rabbitmq"));
        await WriteCertificatesAsync();
        broker = new LocalBroker
        {
            MoreConfiguration = string.Create(CultureInfo.InvariantCulture, $"""
                listeners.ssl.default = 127.0.0.1:{Port}
                ssl_options.cacertfile = {Authority}
                ssl_options.certfile = {folder}/server.pem
                ssl_options.keyfile = {folder}/server.key
                ssl_options.verify = verify_none
                ssl_options.versions.1 = tlsv1.3
                ssl_options.versions.2 = tlsv1.2
                """),
        };
        await broker.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WriteCertificatesAsync()
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        authorityRequest.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, critical: false));
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        serverRequest.CertificateExtensions.Add(names.Build());
        serverRequest.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        serverRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        serverRequest.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var server = serverRequest.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));

        await File.WriteAllTextAsync(Authority, authority.ExportCertificatePem());
        await File.WriteAllTextAsync($"{folder}/server.pem", server.ExportCertificatePem());
        await File.WriteAllTextAsync($"{folder}/server.key", serverKey.ExportPkcs8PrivateKeyPem());
    }
}
