using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>What the server tells systemd: it listens, it starts again within its process, it stops.</summary>
public sealed class UnderSystemd : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-notify-").FullName;
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        socket.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Systemd_hears_when_it_listens_starts_again_and_stops()
    {
        var (directory, listener) = (Path.Combine(folder, "directory.json"), Path.Combine(folder, "notify"));
        socket.Bind(new UnixDomainSocketEndPoint(listener));
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "directory.json"));
        await File.WriteAllTextAsync(directory, text);
        await using var server = new ServerProcess(new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = listener,
            ["Interclustering__Roles"] = "bsc",
            ["Interclustering__Directory"] = directory,
            ["Interclustering__Demonstration"] = "false",
        });
        server.Launch();
        Assert.Equal("READY=1", await ToldAsync());
        using (var answer = await server.Http.GetAsync("/healthz/live"))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        // A name that has changed: the server starts again within its process, and systemd must not take that for an end.
        var changed = JsonNode.Parse(text)!;
        changed["hub"]!["name"] = "Essai";
        await File.WriteAllTextAsync(directory, changed.ToJsonString());
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$", await ToldAsync());
        Assert.Equal("READY=1", await ToldAsync());

        Assert.Equal(0, await server.TerminateAsync());
        Assert.Equal("STOPPING=1", await ToldAsync());
    }

    private async Task<string> ToldAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        var buffer = new byte[256];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, deadline.Token));
    }
}
