using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Interclustering.FaultTests;

/// <summary>A line between a node and the broker that can be cut, held, or made to lose what comes back.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<(TcpClient Near, TcpClient Far)> lines = [];
    private readonly int target;
    private readonly Task accepting;
    private volatile bool held;
    private volatile bool swallows;
    private volatile bool refuses;

    public TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Closes every line, and takes no new one until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        refuses = true;
        while (lines.TryTake(out var line))
        {
            line.Near.Close();
            line.Far.Close();
        }
    }

    /// <summary>Lines stay open and carry nothing.</summary>
    public void Hold() => held = true;

    /// <summary>What the broker answers is lost; what the node sends arrives.</summary>
    public void Swallow() => swallows = true;

    public void Mend() => held = swallows = refuses = false;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync(stop.Token);
                if (refuses)
                {
                    near.Close();
                    continue;
                }

                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                lines.Add((near, far));
                _ = CarryAsync(near, far, answers: false);
                _ = CarryAsync(far, near, answers: true);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the proxy, or of the broker behind it.
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, stop.Token) is > 0 and var count)
            {
                while (held)
                {
                    await Task.Delay(20, stop.Token);
                }

                if (!(answers && swallows))
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count), stop.Token);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException)
        {
            // One end has closed: so does the other.
        }

        from.Close();
        to.Close();
    }
}
