using System.Globalization;
using Interclustering.Federation.Liveness;
using Microsoft.Extensions.Logging;

namespace Interclustering.Federation.Hosting;

/// <summary>Says of clusters that this process hosts, and that have left, that nothing of theirs is sent or read.</summary>
internal sealed partial class LeftClusters(IReadOnlyList<Participant> participants, TimeProvider clock, ILogger<LeftClusters> logger)
    : SteadyService(clock, logger), IFindProblems
{
    private readonly IReadOnlyList<(string Code, DateTimeOffset At)> left =
        [.. participants.Select(each => (each.Code, each.Directory.Find(each.Code)?.Left)).Where(each => each.Left is not null)
            .Select(each => (each.Code, each.Left!.Value))];

    public Task<IReadOnlyList<Problem>> FindAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Problem>>(
        [.. left.Select(each => new Problem(each.Code, "left", string.Create(CultureInfo.InvariantCulture,
            $"{each.Code} has left the federation at {each.At:u}: nothing that it journals is sent, and nothing is read."),
            Severity.Notice))]);

    protected override Task WorkAsync(CancellationToken stop)
    {
        foreach (var (code, at) in left)
        {
            LogLeft(code, at);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Participant} has left the federation at {At:u}: it publishes nothing. `cluster return` brings it back")]
    private partial void LogLeft(string participant, DateTimeOffset at);
}
