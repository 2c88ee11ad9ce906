using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interclustering.Node.Sources;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>The operators are told by mail before users notice: each problem once.</summary>
public sealed class OperatorAlertTests : IAsyncDisposable
{
    private readonly OneProcess process = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [Fact]
    public async Task A_problem_is_told_once_to_all_of_them_also_over_a_restart()
    {
        (string, string)[] told = [("Alerts:To", "one@ops.example, two@ops.example"), ("Alerts:AfterMinutes", "0")];
        await process.StartAsync("hub,bsc", told);
        await UntilToldAsync("le bus en mémoire n’atteint pas les autres");
        var first = Assert.Single(await MailsAsync(), mail => Says(mail, "le bus en mémoire n’atteint pas les autres"));
        Assert.Equal("one@ops.example, two@ops.example", string.Join(", ", first.To.Mailboxes.Select(to => to.Address)));
        Assert.Contains("lsn, pasca", first.TextBody, StringComparison.Ordinal);
        await process.StopAsync();

        var free = new DriveInfo(process.Folder).AvailableFreeSpace / (1024 * 1024);
        await process.StartAsync("hub,bsc", [.. told, ("Health:LeastFreeMebibytes", $"{(free + 1) * 2}")]);
        await UntilToldAsync("le disque est presque plein");
        Assert.Single(await MailsAsync(), mail => Says(mail, "le bus en mémoire n’atteint pas les autres"));
    }

    [Fact]
    public async Task A_source_that_was_not_read_for_days_is_told_and_its_name_only_to_them()
    {
        await process.StartAsync("hub,bsc", ("Alerts:To", "one@ops.example"), ("Alerts:AfterMinutes", "0"));
        await using (var db = process.Services.GetRequiredService<Nodes>().Find("bsc")!.Open())
        {
            var source = new SourceRow
            {
                Name = "Agenda privé",
                Address = "https://agenda.example/private.ics",
                System = "ics",
                CreatedBy = "Claire (démonstration)",
                CreatedAt = DateTime.UtcNow.AddDays(-30),
                DueAt = DateTime.UtcNow.AddDays(1),
                Failures = 12,
            };
            db.Add(source);
            db.Add(new SourceRun { Source = source.Id, At = DateTime.UtcNow.AddDays(-4) });
            db.Add(new SourceRun { Source = source.Id, At = DateTime.UtcNow.AddHours(-1), Failure = "404" });
            await db.SaveChangesAsync(Cancellation);
        }

        await process.StopAsync();
        await process.StartAsync("hub,bsc", ("Alerts:To", "one@ops.example"), ("Alerts:AfterMinutes", "0"));
        var (_, problem) = await process.UntilToldAsync("source", "bsc");
        Assert.DoesNotContain("Agenda", problem.ToString(), StringComparison.Ordinal);
        await UntilToldAsync("Agenda privé: 404");
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_told_with_its_day()
    {
        using var key = RSA.Create(2048);
        var end = DateTimeOffset.UtcNow.AddDays(5);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-80), end);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var serving = ServeAsync(listener, certificate, stop.Token);

        await process.StartAsync("bsc", ("Bus:Transport", "rabbitmq"), ("Bus:Host", "127.0.0.1"), ("Bus:Tls", "true"),
            ("Bus:Password", "unused"), ("Bus:Port", $"{((IPEndPoint)listener.LocalEndpoint).Port}"));
        await Until.TrueAsync(
            async () => (await process.ReadAsync()).Text.Contains($"ends on {end.UtcDateTime:yyyy-MM-dd}", StringComparison.Ordinal),
            async () => (await process.ReadAsync()).Text);
        await stop.CancelAsync();
        await serving;
    }

    /// <summary>A handshake for each connection, and nothing more.</summary>
    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await listener.AcceptTcpClientAsync(stop);
                await using var encrypted = new SslStream(connection.GetStream());
                await encrypted.AuthenticateAsServerAsync(certificate);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or AuthenticationException)
            {
                // The clients refuse it, as no authority has signed it.
            }
        }
    }

    private Task UntilToldAsync(string words) => Until.TrueAsync(
        async () => (await MailsAsync()).Any(mail => Says(mail, words)),
        async () => $"{words} is told; {string.Join(" / ", (await MailsAsync()).Select(mail => mail.TextBody))}");

    private static bool Says(MimeMessage mail, string words) =>
        (mail.Subject + mail.TextBody).Contains(words, StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<MimeMessage>> MailsAsync()
    {
        var folder = Path.Combine(process.Folder, "mail");
        return !Directory.Exists(folder) ? []
            : await Task.WhenAll(Directory.EnumerateFiles(folder, "*.eml").Select(file => MimeMessage.LoadAsync(file, Cancellation)));
    }
}
