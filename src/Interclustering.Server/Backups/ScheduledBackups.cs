using System.Globalization;
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
    private volatile string? failed;

    /// <summary>When the last backup was made, UTC; null where there is none, or no schedule.</summary>
    public DateTime? LastAt => settings.Backup.Folder is null ? null : folder.Newest?.At;

    /// <summary>How old that one is.</summary>
    public TimeSpan? Age => Clock.GetUtcNow().UtcDateTime - LastAt;

    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation)
    {
        var age = Age;
        return Task.FromResult<IReadOnlyList<Problem>>(failed is null && !(age > 2 * settings.Backup.Every) ? []
            : [new Problem("", "backup", age is null ? "There is no backup." : string.Create(
                CultureInfo.InvariantCulture, $"The last backup is {age.Value.TotalHours:0} hours old."), Severity.Notice, failed)]);
    }

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
                    failed = null;
                    LogDone(path, manifest.Files.Count);
                    folder.Forget(now);
                }
                catch (Exception exception) when (exception is BackupFailedException || DatabaseFailure.Is(exception))
                {
                    failed = exception.Message;
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
