using System.Net.Sockets;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Liveness;
using Interclustering.Federation.Receiving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Hosting;

/// <summary>
/// Looks after the bus, and keeps what is wrong for the pages and the metrics on its way. A broker that is away is waited for. Where one
/// answers while the bus stays dead (a refused login ends a receive endpoint for good, and a bus that was refused for long looks only once
/// a minute), the bus is started anew; where that doesn't help, the process ends: containers are restarted when they exit, not when they
/// are unhealthy. A bus that seems to work and brings nothing is started anew as well, see <see cref="SilentBus"/>.
/// </summary>
public sealed partial class BusWatchdog(
    Problems problems, CurrentProblems current, FederationHost host, FederationBus bus, IEnumerable<Inbox> inboxes, BusSettings broker,
    FederationSettings settings, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<BusWatchdog> logger)
    : SteadyService(clock, logger)
{
    private readonly SilentBus silence = new(settings.Heartbeat);
    private readonly IReadOnlyList<Inbox> inboxes = [.. inboxes];

    /// <summary>EX_UNAVAILABLE of sysexits.h: a service that this one needs is not there.</summary>
    public const int Unavailable = 69;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private DateTimeOffset? failingSince;
    private bool startedAnew;
    private Task starting = Task.CompletedTask;

    /// <summary>What the process should end with; 0 for an orderly end.</summary>
    public int ExitCode { get; private set; }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            current.Found = await problems.FindAsync(asksAgain: false, stop);
            var failure = host.Waiting is null ? bus.Failure : null;
            failingSince = failure is not null && await AnswersAsync(stop) ? failingSince ?? Clock.GetUtcNow() : null;
            startedAnew &= failure is not null;
            if (starting.IsCompleted && failingSince is { } since && Clock.GetUtcNow() - since > settings.ExitAfter)
            {
                if (startedAnew)
                {
                    LogEnding(settings.ExitAfter, failure!);
                    ExitCode = Unavailable;
                    lifetime.StopApplication();
                    return;
                }

                LogStartingAnew(settings.ExitAfter, failure!);
                startedAnew = true;
                failingSince = null;
                // Not waited for: it takes as long as the broker is away again.
                starting = host.StartBusAsync(stop);
            }

            if (starting.IsCompleted && broker.Host is not null && inboxes.Count > 0
                && silence.IsDue(
                    Clock.GetUtcNow(), works: host.Waiting is null
                        && failure is null, inboxes.Min(inbox => inbox.HeardAt ?? DateTimeOffset.MinValue)))
            {
                LogSilent();
                starting = host.StartBusAsync(stop);
            }

            await Task.Delay(Look, Clock, stop);
            if (starting.IsFaulted)
            {
                // Not again at the next look: while the bus stays dead, it is started anew in its time, or the process ends.
                var failed = starting;
                starting = Task.CompletedTask;
                await failed;
            }
        }
    }

    /// <summary>Whether a broker's address accepts connections.</summary>
    private async Task<bool> AnswersAsync(CancellationToken stop) => broker.Host is null
        || (await Task.WhenAll(broker.Nodes.Select(node => AnswersAsync(node, stop)))).Any(answers => answers);

    private static async Task<bool> AnswersAsync(BrokerNode node, CancellationToken stop)
    {
        using var client = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(Look);
        try
        {
            await client.ConnectAsync(node.Host, node.Port, deadline.Token);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The broker answers, and the bus has not worked for {Time}: it is started anew. {Failure}")]
    private partial void LogStartingAnew(TimeSpan time, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bus works and brings nothing, not even heartbeats: it is started anew")]
    private partial void LogSilent();

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The broker answers, and the bus has not worked for {Time}: the process ends, to be started again. {Failure}")]
    private partial void LogEnding(TimeSpan time, string failure);
}
