using System.Diagnostics;
using Interclustering.Testing.Servers;

namespace Interclustering.Testing.Containers;

/// <summary>
/// RabbitMQ by Testcontainers where there is no engine: Podman's service on a socket of its own, with an image of Debian's package.
/// </summary>
public sealed class PodmanBroker : IAsyncLifetime
{
    private const int NotHere = 3;
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-podman-").FullName;
    private Process? service;

    /// <summary>Why containers can't be tried on this machine; null when they can.</summary>
    public string? Missing { get; private set; }

    public ContainerBroker Broker { get; private set; } = null!;

    private Uri Endpoint => new($"unix://{folder}/podman.sock");

    private string Log => Path.Combine(folder, "podman.log");

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "podman.sh"), [folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using (var script = Process.Start(start)!)
        {
            var (said, errors) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
            await script.WaitForExitAsync();
            if (script.ExitCode == NotHere)
            {
                Missing = (await said).Trim();
                return;
            }

            Assert.True(script.ExitCode == 0, await said + await errors);
        }

        var environment = new Dictionary<string, string> { ["CONTAINERS_CONF"] = Path.Combine(folder, "containers.conf") };
        service = ServerProgram.Start(new ServerAccount("root"), "/usr/bin/podman", ["system", "service", "--time=0", Endpoint.ToString()],
            environment, Log);
        await Until.TrueAsync(
            () => Task.FromResult(File.Exists(Endpoint.LocalPath)), () => Task.FromResult($"podman listens: {ServerProgram.Tail(Log)}"));
        Broker = new ContainerBroker("rabbitmq:3.10", Endpoint);
        await Broker.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
        {
            try
            {
                await Broker.DisposeAsync();
            }
            catch (Docker.DotNet.DockerApiException exception)
                when (exception.Message.Contains("no such container", StringComparison.Ordinal))
            {
                // Podman has removed it before it was asked to: what was wanted.
            }

            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
            service.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }
}
