using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Liveness;

/// <summary>
/// A background service that never ends the process over what it works on. What it does not expect is logged, and its work begins again
/// after a pause that grows from a second to a minute: content, a database or a file that fails once may fail again.
/// </summary>
public abstract partial class SteadyService(TimeProvider clock, ILogger logger) : BackgroundService
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    private (DateTimeOffset At, string Message)? failed;

    /// <summary>
    /// What it failed with, until it has run again for a while; null when it runs. May name hosts and paths: for operators.
    /// </summary>
    public string? Failure => failed is { } last && Clock.GetUtcNow() - last.At < 2 * LongestPause ? last.Message : null;

    protected TimeProvider Clock { get; } = clock;

    /// <summary>For what a service catches itself, and tries again.</summary>
    protected void Fails(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        failed = (Clock.GetUtcNow(), exception.Message);
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = Clock.GetTimestamp();
            try
            {
                await WorkAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // What worked for a while begins with a short pause again.
                pause = Clock.GetElapsedTime(began) > LongestPause ? FirstPause : pause;
                Fails(exception);
                LogFailed(exception, GetType().Name, pause);
            }

            await Task.Delay(pause, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Runs until it is stopped, or has nothing more to do. May be called again after it has thrown.</summary>
    protected abstract Task WorkAsync(CancellationToken stop);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Service} failed; it begins again in {Pause}")]
    private partial void LogFailed(Exception exception, string service, TimeSpan pause);
}
