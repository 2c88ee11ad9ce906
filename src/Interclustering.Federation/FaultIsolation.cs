using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interclustering.Federation;

/// <summary>
/// One item never decides about the others: whatever runs over many takes each by itself, and one that fails is left out. The log names it
/// once for each revision and reader, not at each request.
/// </summary>
/// <param name="logger">Told what was left out.</param>
public sealed partial class FaultIsolation(ILogger logger)
{
    /// <summary>Failures remembered as logged; beyond this the memory is cleared.</summary>
    private const int MostRemembered = 2_000;

    private readonly ConcurrentDictionary<string, bool> told = [];

    /// <summary>For what has no logger of its own; silent until <see cref="LogTo"/>.</summary>
    public static FaultIsolation Shared { get; private set; } = new(NullLogger.Instance);

    public static void LogTo(ILoggerFactory logging) => Shared = new FaultIsolation(logging.CreateLogger<FaultIsolation>());

    /// <summary>What each item becomes, without those for which that is null or fails.</summary>
    /// <param name="items">All of them.</param>
    /// <param name="name">Id and revision of one.</param>
    /// <param name="make">What is made of one, whole: nothing lazy that may fail later.</param>
    /// <param name="reader">For the log.</param>
    public IReadOnlyList<TMade> Each<TItem, TMade>(
        IEnumerable<TItem> items, Func<TItem, (string Id, long Revision)> name, Func<TItem, TMade?> make,
            [CallerFilePath] string reader = "")
        where TMade : class
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(make);
        var made = new List<TMade>();
        foreach (var item in items)
        {
            try
            {
                if (make(item) is { } one)
                {
                    made.Add(one);
                }
            }
            catch (Exception exception)
            {
                Tell(exception, name(item), reader);
            }
        }

        return made;
    }

    /// <summary>Does something with each item. A stop ends it, and so does a database that is away: the next would fail as well.</summary>
    public async Task EachAsync<TItem>(
        IEnumerable<TItem> items, Func<TItem, (string Id, long Revision)> name, Func<TItem, Task> work, CancellationToken cancellation,
            [CallerFilePath] string reader = "")
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(work);
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await work(item);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested && !DatabaseFailure.IsAway(exception))
            {
                Tell(exception, name(item), reader);
            }
        }
    }

    /// <summary>Logs that an item is left out, unless that was said before.</summary>
    public void Tell(Exception exception, (string Id, long Revision) item, [CallerFilePath] string reader = "")
    {
        var room = Path.GetFileNameWithoutExtension(reader);
        if (told.Count >= MostRemembered)
        {
            told.Clear();
        }

        if (told.TryAdd($"{room} {item.Id} {item.Revision}", true))
        {
            LogSetAside(exception, item.Id, item.Revision, room);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Subject}, revision {Revision}, is set aside by {Reader}: the rest goes on without it")]
    private partial void LogSetAside(Exception exception, string subject, long revision, string reader);
}
