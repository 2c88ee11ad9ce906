using System.Diagnostics;
using System.Globalization;
using System.Net;
using Interclustering.Testing;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>
/// A node as a process of its own and a broker with a certificate: it connects to the one that it can trust, and to no other.
/// </summary>
public sealed class EncryptedBus(EncryptedBroker broker) : IClassFixture<EncryptedBroker>, IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("interclustering-encrypted-").FullName;

    [Fact]
    public async Task A_node_connects_to_a_broker_whose_authority_it_trusts()
    {
        using var node = Node.Start(data, broker, "localhost", trusts: true);
        await Until.TrueAsync(node.IsReadyAsync, () => Task.FromResult($"the node is connected:\n{node.Log}"));
    }

    [Fact]
    public async Task A_node_refuses_a_broker_whose_authority_it_does_not_trust()
    {
        using var node = Node.Start(data, broker, "localhost", trusts: false);
        await RefusedAsync(node);
    }

    [Fact]
    public async Task A_node_refuses_a_broker_whose_certificate_is_for_another_name()
    {
        using var node = Node.Start(data, broker, "127.0.0.1", trusts: true);
        await RefusedAsync(node);
    }

    [Fact]
    public async Task The_doctor_signs_in_with_TLS_and_says_when_the_certificate_ends()
    {
        await using var node = new ServerProcess(
            new Dictionary<string, string>(Node.SettingsOf(broker, "localhost")) { ["SSL_CERT_FILE"] = broker.Authority }, data);
        var (_, output) = await node.RunAsync("doctor");
        Assert.Contains("signs in at the broker localhost", output, StringComparison.Ordinal);
        Assert.Contains("Its certificate ends in 0 days", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    /// <summary>For the one thing in which it differs from the node that connects.</summary>
    private static async Task RefusedAsync(Node node)
    {
        await Until.TrueAsync(
            () => Task.FromResult(node.Log.Contains("The remote certificate was rejected", StringComparison.Ordinal)),
            () => Task.FromResult($"the certificate is rejected:\n{node.Log}"));
        Assert.False(await node.IsReadyAsync());
    }

    /// <summary>Its log goes to a file, because no test waits until it is ready.</summary>
    private sealed class Node(Process process, string log, HttpClient http) : IDisposable
    {
        public string Log => File.Exists(log) ? File.ReadAllText(log) : "";

        public static Dictionary<string, string> SettingsOf(EncryptedBroker broker, string host) => new()
        {
            ["Interclustering__Roles"] = "bsc",
            ["Interclustering__Bus__Transport"] = "rabbitmq",
            ["Interclustering__Bus__Host"] = host,
            ["Interclustering__Bus__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["Interclustering__Bus__Password"] = LocalBroker.Password,
            ["Interclustering__Bus__Tls"] = "true",
        };

        public static Node Start(string data, EncryptedBroker broker, string host, bool trusts)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ServerProgram.FreePort()}");
            var environment = SettingsOf(broker, host);
            if (trusts)
            {
                environment["SSL_CERT_FILE"] = broker.Authority;
            }

            var log = Path.Combine(data, "server.log");
            var program = Path.Combine(AppContext.BaseDirectory, "Interclustering.Server.dll");
            var process = ServerProgram.Start(
                new ServerAccount(Environment.UserName), "dotnet",
                    [program, "serve", "--urls", address, "--data", Path.Combine(data, "data")], environment, log);
            return new Node(process, log, new HttpClient { BaseAddress = new Uri(address) });
        }

        public async Task<bool> IsReadyAsync()
        {
            try
            {
                using var response = await http.GetAsync("/healthz/ready");
                return response.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
            http.Dispose();
        }
    }
}
