using System.Text;
using DotNet.Testcontainers.Builders;
using Interclustering.Federation.Bus;
using Interclustering.Testing.Servers;
using Testcontainers.RabbitMq;

namespace Interclustering.Testing.Containers;

/// <summary>A RabbitMQ by Testcontainers, with the very definitions of infra/rabbitmq.</summary>
/// <param name="image">The image to run.</param>
/// <param name="endpoint">Where the engine listens; null for the one that Testcontainers finds.</param>
public sealed class ContainerBroker(string image, Uri? endpoint) : IBroker
{
    private RabbitMqContainer container = null!;

    public BusSettings SettingsOf(string code) => new()
    {
        Host = container.Hostname,
        Port = container.GetMappedPublicPort(5672),
        Username = code,
        Password = LocalBroker.Password,
    };

    public async ValueTask InitializeAsync()
    {
        var builder = new RabbitMqBuilder(image)
            .WithResourceMapping(File.ReadAllBytes(PathOf("definitions.json")), "/definitions.json")
            .WithResourceMapping(File.ReadAllBytes(PathOf("set-up.sh")), "/set-up.sh")
            .WithResourceMapping(File.ReadAllBytes(PathOf("rabbitmq.conf")), "/etc/rabbitmq/rabbitmq.conf")
            // What Testcontainers waits for by itself is a line that Debian's server does not print.
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("completed with"));
        builder = LocalBroker.Participants.Aggregate(builder, (with, code) =>
            with.WithResourceMapping(Encoding.UTF8.GetBytes(LocalBroker.Password), $"/run/secrets/broker-password-{code}"));
        container = (endpoint is null ? builder : builder.WithDockerEndpoint(endpoint).WithCleanUp(false).WithAutoRemove(true)).Build();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await container.StartAsync(patience.Token);
        await RunAsync("env", ["DEFINITIONS=/definitions.json", "/bin/sh", "/set-up.sh"]);
    }

    public Task ControlAsync(params string[] arguments) => RunAsync("rabbitmqctl", arguments);

    private async Task RunAsync(string program, string[] arguments)
    {
        var result = await container.ExecAsync(
            ["/bin/sh", "-c", "PATH=/usr/lib/rabbitmq/bin:$PATH; export PATH; exec \"$@\"", "sh", program, .. arguments]);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Stdout}{result.Stderr}");
        }
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();

    private static string PathOf(string file) => Path.Combine(Repository.Root, "infra", "rabbitmq", file);
}
