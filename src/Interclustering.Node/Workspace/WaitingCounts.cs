using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Workspace;

/// <summary>Reads where the tasks are done that wait for a member: one path of the workspace for each.</summary>
internal delegate Task<IReadOnlyList<string>> ReadWaiting(
    NodeInstance node, NodeContext db, string member, CancellationToken cancellation);

/// <summary>Marks a form that is sent while a member types: what waits is not counted anew for it.</summary>
internal sealed record KeepsCounts;

/// <summary>
/// How much waits, for the navigation of every page. Read at most every half minute for each member, and anew after each form: so most
/// pages read nothing for it.
/// </summary>
internal sealed partial class WaitingCounts(ReadWaiting read, TimeProvider clock, ILogger<WaitingCounts> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Node, string Member), (DateTimeOffset At, IReadOnlyList<string> Paths)> known = [];

    /// <summary>Empty where it can't be read: a page does without.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(NodeInstance node, string member, CancellationToken cancellation)
    {
        if (known.TryGetValue((node.Code, member), out var found) && clock.GetUtcNow() - found.At is { Ticks: >= 0 } age && age < Fresh)
        {
            return found.Paths;
        }

        try
        {
            // The page's own context may be in use: parts of a page are rendered side by side.
            await using var db = node.Open();
            return Keep(node.Code, member, await read(node, db, member, cancellation));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUnknown(exception, node.Code);
            return [];
        }
    }

    /// <summary>Keeps what a page has just read for itself, so that the navigation says the same.</summary>
    public IReadOnlyList<string> Keep(string code, string member, IReadOnlyList<string> paths)
    {
        known[(code, member)] = (clock.GetUtcNow(), paths);
        return paths;
    }

    /// <summary>A member may have done what waited for all.</summary>
    public void Forget(string code)
    {
        foreach (var key in known.Keys.Where(key => key.Node == code))
        {
            known.TryRemove(key, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: what waits can't be counted")]
    private partial void LogUnknown(Exception exception, string code);
}
