using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Federation.Receiving;
using Interclustering.Federation.Recovery;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Hosting;

/// <summary>A participant that this process hosts, with all that runs for it.</summary>
public sealed record HostedParticipant(
    Participant Participant, IReadOnlyList<Relay> Relays, Inbox Inbox, RunOperations Operations);

/// <summary>
/// Runs the participants that this process hosts, once it holds the locks of their journals: a second process on the same database waits,
/// says so, and takes over when the first one ends. The bus starts only then, so that it takes nothing from the first one's queue.
/// </summary>
public sealed partial class FederationHost(
    IEnumerable<HostedParticipant> hosted, FederationBus bus, TimeProvider clock, ILogger<FederationHost> logger)
    : SteadyService(clock, logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>Why nothing is sent or read yet; null while this process relays.</summary>
    public string? Waiting { get; private set; } = "The locks of the journals are not taken yet.";

    /// <summary>Since when this process relays and reads; null before that.</summary>
    public DateTimeOffset? Since { get; private set; }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        if (!hosted.Any())
        {
            // The broker may know its user no more: without a bus there is no login to be refused.
            Waiting = "Every participant of this process has left the federation.";
            await Task.Delay(Timeout.InfiniteTimeSpan, Clock, stop);
            return;
        }

        var locks = new Dictionary<string, JournalLock>();
        try
        {
            foreach (var participant in hosted.Select(each => each.Participant))
            {
                locks[participant.Code] = await TakeAsync(participant, stop);
            }

            Waiting = null;
            Since = Clock.GetUtcNow();
            foreach (var participant in hosted.Select(each => each.Participant))
            {
                FederationTelemetry.Begin(participant.Code, participant.Peers);
            }

            await StartBusAsync(stop);
            await Task.WhenAll(hosted.SelectMany(each => Works(each)).Append(end => HoldAsync(locks, end))
                .Select(work => UntilStoppedAsync(work, stop)));
        }
        finally
        {
            try
            {
                await StopBusAsync();
            }
            finally
            {
                foreach (var held in locks.Values)
                {
                    await held.DisposeAsync();
                }
            }
        }
    }

    /// <summary>What a bus that does not stop in time had in hand is read again by the next process.</summary>
    private async Task StopBusAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await bus.StopAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            LogNotStopped();
        }
    }

    /// <summary>Starts the bus, or starts it anew. What runs meanwhile waits and tries again.</summary>
    public async Task StartBusAsync(CancellationToken stop)
    {
        try
        {
            await bus.StartAsync(stop);
        }
        catch (MassTransitException exception)
        {
            // The login is refused. ConnectionLog has said so; BusWatchdog tries again, and ends the process where that doesn't help.
            LogNotStarted(exception.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Another start has taken its place.
        }
    }

    private static IEnumerable<Func<CancellationToken, Task>> Works(HostedParticipant each) =>
        [each.Inbox.RunAsync, each.Operations.RunAsync,
            .. each.Relays.Select<Relay, Func<CancellationToken, Task>>(relay => relay.RunAsync)];

    private async Task<JournalLock> TakeAsync(Participant participant, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var db = participant.Open();
                if (await JournalLock.TryTakeAsync(db, stop) is { } taken)
                {
                    return taken;
                }

                Say(participant, "another process relays this journal from the same database", "");
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                Say(participant, "its database does not answer", exception.Message);
            }

            await Task.Delay(Retry, participant.Clock, stop);
        }
    }

    /// <param name="participant">The participant that waits.</param>
    /// <param name="reason">In words fit for the public.</param>
    /// <param name="cause">Logged as well, for operators only.</param>
    private void Say(Participant participant, string reason, string cause)
    {
        var waiting = $"{participant.Code} waits: {reason}.";
        if (waiting != Waiting)
        {
            Waiting = waiting;
            LogWaiting(participant.Code, reason, cause);
        }
    }

    /// <summary>
    /// Takes a lock again that was lost with its connection. What runs meanwhile writes to the same database, and sends nothing else.
    /// </summary>
    private async Task HoldAsync(Dictionary<string, JournalLock> locks, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Retry, stop);
            foreach (var participant in hosted.Select(each => each.Participant))
            {
                if (!await locks[participant.Code].IsHeldAsync(stop))
                {
                    await locks[participant.Code].DisposeAsync();
                    locks[participant.Code] = await TakeAsync(participant, stop);
                    Waiting = null;
                    LogTakenAgain(participant.Code);
                }
            }
        }
    }

    /// <summary>
    /// A work that fails begins again, and the others go on: what one participant's entries do to a program keeps no other from sending and
    /// reading. Until it has run for a while it is told as a problem, so that half a participant does not look as if it ran.
    /// </summary>
    private async Task UntilStoppedAsync(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            var began = Clock.GetTimestamp();
            try
            {
                await Task.Run(() => run(stop), stop);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = Clock.GetElapsedTime(began) > LongestPause ? FirstPause : pause;
                LogFailed(exception, pause);
                Fails(exception);
            }

            await Task.Delay(pause, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Participant} waits: {Reason} {Cause}")]
    private partial void LogWaiting(string participant, string reason, string cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "A part of the federation failed; it begins again in {Pause}")]
    private partial void LogFailed(Exception exception, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bus did not stop in time")]
    private partial void LogNotStopped();

    [LoggerMessage(Level = LogLevel.Debug, Message = "The bus can't be started: {Reason}")]
    private partial void LogNotStarted(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Participant} holds the lock of its journal again")]
    private partial void LogTakenAgain(string participant);
}

/// <summary>Registers participants, their relays and inboxes, and the bus between them.</summary>
public static class FederationSetup
{
    public static IServiceCollection AddFederation(
        this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<Participant>> participants, IReadOnlyList<string> codes,
        FederationDirectory directory, BusSettings bus, FederationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(codes);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(directory);
        services.AddSingleton(provider => participants(provider));
        foreach (var code in codes.Where(code => directory.Find(code)?.Left is null))
        {
            services.AddKeyedSingleton(code, (provider, _) => Assemble(provider, code));
            services.AddSingleton(provider => provider.GetRequiredKeyedService<HostedParticipant>(code));
            services.AddSingleton(provider => provider.GetRequiredKeyedService<HostedParticipant>(code).Inbox);
        }

        services.AddSingleton(bus);
        services.AddSingleton(provider =>
            new FederationBus(() => [.. provider.GetServices<Inbox>().Select(inbox => inbox.Reader)], bus,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(provider => new CommitWatch(
            provider.GetRequiredService<IReadOnlyList<Participant>>(), settings, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CommitWatch>>()));
        services.AddSingleton<FederationHost>();
        services.AddHostedService(provider => provider.GetRequiredService<FederationHost>());
        services.AddSingleton<IFindProblems, FailingServices>();
        services.AddSingleton<LeftClusters>();
        services.AddSingleton<IFindProblems>(provider => provider.GetRequiredService<LeftClusters>());
        services.AddHostedService(provider => provider.GetRequiredService<LeftClusters>());
        services.AddSingleton<Problems>();
        services.AddSingleton<CurrentProblems>();
        services.AddSingleton<BusWatchdog>();
        services.AddHostedService(provider => provider.GetRequiredService<BusWatchdog>());
        return services;
    }

    private static HostedParticipant Assemble(IServiceProvider provider, string code)
    {
        var participant = provider.GetRequiredService<IReadOnlyList<Participant>>().Single(each => each.Code == code);
        var bus = provider.GetRequiredService<FederationBus>();
        var settings = provider.GetRequiredService<FederationSettings>();
        var logging = provider.GetRequiredService<ILoggerFactory>();
        IReadOnlyList<Relay> relays =
            [.. participant.Peers.Select(peer => new Relay(participant, peer, bus, settings, logging.CreateLogger<Relay>()))];
        var recovery = new JournalRecovery(participant, relays, bus, settings, logging.CreateLogger<JournalRecovery>());
        return new HostedParticipant(
            participant, relays, new Inbox(participant, relays, recovery, bus, settings, logging.CreateLogger<Inbox>()),
            new RunOperations(participant, recovery, settings, logging.CreateLogger<RunOperations>()));
    }
}
