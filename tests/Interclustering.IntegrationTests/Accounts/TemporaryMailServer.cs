using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Interclustering.IntegrationTests.Accounts;

/// <summary>Takes mail on a port of this machine as RFC 5321 has it, as little of it as a client needs; it offers no STARTTLS.</summary>
internal sealed class TemporaryMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public TemporaryMailServer()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public List<MimeMessage> Received { get; } = [];

    /// <summary>The verb of each line that a client has sent, without what a mail says.</summary>
    public List<string> Verbs { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or InvalidOperationException && stop.IsCancellationRequested)
        {
            // Stopped: while it waited, or between two clients, when it is not listening any more.
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 localhost");
        while (await reader.ReadLineAsync(stop.Token) is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
        {
            Verbs.Add(line.Split(' ')[0].ToUpperInvariant());
            if (!line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("250 ok");
                continue;
            }

            await writer.WriteLineAsync("354 go on");
            var text = new StringBuilder();
            while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
            {
                text.Append(part.StartsWith("..", StringComparison.Ordinal) ? part[1..] : part).Append("\r\n");
            }

            using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
            Received.Add(await MimeMessage.LoadAsync(bytes, stop.Token));
            await writer.WriteLineAsync("250 taken");
        }

        await writer.WriteLineAsync("221 bye");
    }
}
