using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Interclustering.Federation.Liveness;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Alerts;

/// <summary>
/// Tells when the certificate of a hosted participant's public address, or of the broker, ends soon. It looks four times a day.
/// </summary>
internal sealed partial class Certificates(ServerSettings settings, TimeProvider clock, ILogger<Certificates> logger)
    : SteadyService(clock, logger), IFindProblems
{
    /// <summary>How many days before its end a certificate is warned of.</summary>
    public const int WarnedDays = 14;

    private static readonly TimeSpan Look = TimeSpan.FromHours(6), AfterFailure = TimeSpan.FromMinutes(15),
        Patience = TimeSpan.FromSeconds(10);
    private volatile IReadOnlyList<(string Host, DateTime End)> ends = [];

    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        return Task.FromResult<IReadOnlyList<Problem>>([.. ends.Where(each => each.End - now < TimeSpan.FromDays(WarnedDays))
            .Select(each => new Problem("", "certificate", string.Create(CultureInfo.InvariantCulture,
                $"The certificate of {each.Host} {(each.End < now ? "has ended" : "ends")} on {each.End:yyyy-MM-dd}."), Severity.Notice)
            {
                About = each.Host,
            })]);
    }

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Certificates>();
        services.AddHostedService(provider => provider.GetRequiredService<Certificates>());
        services.AddSingleton<IFindProblems>(provider => provider.GetRequiredService<Certificates>());
    }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        var places = Places();
        while (places.Count > 0)
        {
            var found = new List<(string Host, DateTime End)>();
            foreach (var (host, port) in places)
            {
                if (await EndOfAsync(host, port, stop) is { } end)
                {
                    found.Add((host, end));
                }
            }

            ends = found;
            await Task.Delay(found.Count == places.Count ? Look : AfterFailure, Clock, stop);
        }
    }

    private List<(string Host, int Port)> Places() =>
    [
        .. settings.Roles.Select(role => settings.Directory.Find(role)?.Address).OfType<string>().Select(address => new Uri(address))
            .Where(address => address.Scheme == Uri.UriSchemeHttps).Select(address => (address.Host, address.Port)).Distinct(),
        .. settings.Bus is { Tls: true } bus ? bus.Nodes.Select(node => (node.Host, node.Port)) : [],
    ];

    /// <summary>When a server's certificate ends, UTC, also of one that does not verify; null where nothing answers.</summary>
    private async Task<DateTime?> EndOfAsync(string host, int port, CancellationToken stop)
    {
        DateTime? end = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(host, port, limit.Token);
            await using var encrypted = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
            {
                end = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
                return errors == SslPolicyErrors.None;
            });
            await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException
            || (exception is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // A server may not reach its own outer address; that nothing answers there is for others to tell.
            LogUnseen(host, port, exception.Message);
        }

        return end;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The certificate of {Host}:{Port} was not taken: {Reason}")]
    private partial void LogUnseen(string host, int port, string reason);
}
