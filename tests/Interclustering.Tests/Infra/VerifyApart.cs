using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Interclustering.Server.Commands;
using Microsoft.Extensions.Configuration;

namespace Interclustering.Tests.Infra;

/// <summary><c>verify</c> where the participants run apart.</summary>
public sealed class VerifyApart
{
    [Fact]
    public async Task Those_who_do_not_answer_are_named()
    {
        // Bound and never listening: no other process can take the port, and nothing answers there.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://{taken.LocalEndPoint}";
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Interclustering:Roles", "bsc"), new("Interclustering:Addresses:hub", address)]).Build();
        using var errors = new StringWriter();
        var exit = await new RootCommand { VerifyCommand.Create(_ => configuration) }.Parse(["verify"])
            .InvokeAsync(new InvocationConfiguration { Error = errors, EnableDefaultExceptionHandler = false },
                TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.StartsWith($"hub gives no report at {address}: ", errors.ToString(), StringComparison.Ordinal);
    }
}
