using System.Globalization;
using Interclustering.Federation.Liveness;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>Tells when the disk of the data folder is nearly full, and when it is.</summary>
internal sealed class DiskSpace(ServerSettings settings) : IFindProblems
{
    /// <summary>The part of the threshold below which nothing can be relied on to be written.</summary>
    private const int Full = 10;

    private const long Mebibyte = 1024 * 1024;

    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation)
    {
        try
        {
            var free = new DriveInfo(settings.Data).AvailableFreeSpace;
            return Task.FromResult(Of(free, settings.LeastFreeMebibytes * Mebibyte));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<IReadOnlyList<Problem>>([new Problem(
                "", "disk", "The disk of the data folder can't be looked at.", Severity.Notice, exception.Message)]);
        }
    }

    private static IReadOnlyList<Problem> Of(long free, long least) => free >= least ? []
        : [new Problem("", "disk", string.Create(CultureInfo.InvariantCulture,
            $"The disk of the data folder {(free < least / Full ? "is full" : "is nearly full")}: {free / Mebibyte} MiB are free, "
            + $"{least / Mebibyte} MiB should be."), free < least / Full ? Severity.Blocked : Severity.Notice)];
}
