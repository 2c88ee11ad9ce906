using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Interclustering.Federation.Bus;
using Interclustering.Server.Alerts;
using Interclustering.Server.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.Server.Doctor;

/// <summary>Whether each hosted participant can sign in at the broker, and how long its certificate is good.</summary>
internal static class BrokerChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Finding>> OfAsync(ServerSettings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var findings = settings.Bus.Host is null ? [Finding.Good("bus", "in memory")] : new List<Finding>();
        foreach (var node in settings.Bus.Nodes)
        {
            findings.AddRange(await OfAsync(settings, node, clock, cancellation));
        }

        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> OfAsync(
        ServerSettings settings, BrokerNode node, TimeProvider clock, CancellationToken cancellation)
    {
        var (findings, host) = (new List<Finding>(), node.Host);
        DateTime? end = null;
        foreach (var code in settings.Roles)
        {
            var factory = new ConnectionFactory
            {
                HostName = host,
                Port = node.Port,
                VirtualHost = settings.Bus.VirtualHost,
                UserName = settings.Bus.Username.Length > 0 ? settings.Bus.Username : code,
                Password = settings.Bus.Password,
                AutomaticRecoveryEnabled = false,
                RequestedConnectionTimeout = Patience,
                Ssl = new SslOption(settings.Bus.Nodes[0].Host, enabled: settings.Bus.Tls)
                {
                    CertificateValidationCallback = (_, given, _, errors) =>
                    {
                        // The certificate is gone once the connection is.
                        end = (given as X509Certificate2)?.NotAfter.ToUniversalTime();
                        return errors == SslPolicyErrors.None;
                    },
                },
            };
            try
            {
                await using var connection = await factory.CreateConnectionAsync(cancellation);
                findings.Add(Finding.Good(code, $"signs in at the broker {host}"));
            }
            catch (BrokerUnreachableException exception)
            {
                var reason = exception.GetBaseException();
                findings.Add(reason is AuthenticationFailureException
                    ? Finding.Wrong(code, $"The broker {host} refuses the user {factory.UserName}",
                        "Set its password again: infra/rabbitmq/set-up.sh, or rabbitmqctl change_password")
                    : Finding.Wrong(code, $"The broker {host} is not reached: {reason.Message}",
                        "Look at Bus:Host, Bus:Port and Bus:Tls, and whether the broker runs"));
            }
        }

        return end is { } last ? [.. findings, Ends(host, last, clock)] : findings;
    }

    /// <summary>When a certificate ends.</summary>
    internal static Finding Ends(string subject, DateTime end, TimeProvider clock)
    {
        const int Warned = Certificates.WarnedDays;
        var days = (int)(end - clock.GetUtcNow().UtcDateTime).TotalDays;
        var words = string.Create(CultureInfo.InvariantCulture, $"Its certificate ends in {days} days, on {end:yyyy-MM-dd}");
        return days >= Warned ? Finding.Good(subject, words)
            : Finding.Wrong(subject, words,
                "Have it renewed: Caddy does that by itself, where it is reached on port 80 or 443");
    }
}
