using Interclustering.Federation;
using Interclustering.Federation.Liveness;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Backups;

/// <summary>Makes a backup whenever the last one is old enough, where a folder is set, and says when that fails.</summary>
internal sealed partial class ScheduledBackups(ServerSettings settings, TimeProvider clock, ILogger<ScheduledBackups> logger)
    : SteadyService(clock, logger), IFindProblems
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1), AfterFailure = TimeSpan.FromMinutes(15);
    private readonly BackupFolder folder = new(settings);

    /// <summary>How old the last backup is; null where there is none, or no schedule.</summary>
    public TimeSpan? Age => settings.Backup.Folder is null ? null : Clock.GetUtcNow().UtcDateTime - folder.Newest?.At;

    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Problem>>(
        settings.Backup.Folder is not null && (Failure is not null || Age > 2 * settings.Backup.Every)
            ? [new Problem("", "backup", Age is { } age ? $"The last backup is {age.TotalHours:0} hours old." : "There is no backup.",
                Severity.Notice, Failure)]
            : []);

    /// <summary>The service, and its word among what is wrong.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ScheduledBackups>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduledBackups>());
        services.AddSingleton<IFindProblems>(provider => provider.GetRequiredService<ScheduledBackups>());
    }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        while (settings.Backup.Folder is not null)
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            var pause = Look;
            if (!(Age < settings.Backup.Every))
            {
                try
                {
                    var path = folder.PathOf(now);
                    var manifest = await new BackupRun(settings, Clock).RunAsync(path, stop);
                    LogDone(path, manifest.Files.Count);
                    folder.Forget(now);
                }
                catch (Exception exception) when (exception is BackupFailedException || DatabaseFailure.Is(exception))
                {
                    Fails(exception);
                    LogFailed(exception, AfterFailure);
                    pause = AfterFailure;
                }
            }

            await Task.Delay(pause, Clock, stop);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backup {Path} is made and checked: {Count} files")]
    private partial void LogDone(string path, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The backup was not made; it is tried again in {Pause}")]
    private partial void LogFailed(Exception exception, TimeSpan pause);
}
