using Interclustering.Node.Authoring;
using Interclustering.Node.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.DateHolds;

/// <summary>Lets go of holds whose last day is over: at the start, and then every ten minutes.</summary>
public sealed partial class ExpireHolds(Nodes nodes, TimeProvider clock, ILogger<ExpireHolds> logger) : Clockwork(nodes, clock, TimeSpan.FromMinutes(10))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            await using var db = node.Open();
            var expired = await Holds.ExpireAsync(db, new Editor(db, node.Journal, Clock), ParisDay.Today(Clock), cancellation);
            if (expired.Count > 0)
            {
                await TellAsync(node, db, expired, cancellation);
                LogExpired(node.Code, expired.Count);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back: the next round finds the same holds.
            LogFailed(exception, node.Code);
        }
    }

    /// <summary>A word to whoever placed it or prolonged it last.</summary>
    private async Task TellAsync(NodeInstance node, NodeContext db, IReadOnlyList<OwnHold> expired, CancellationToken cancellation)
    {
        foreach (var own in expired)
        {
            foreach (var owner in await db.Users.AsNoTracking().Where(member => member.Name == own.PlacedBy).ToListAsync(cancellation))
            {
                StaffLetters.HoldExpired(node, owner.Name, own.Hold.Title, own.Time.Day).Queue(db, owner.Email ?? "", Clock.GetUtcNow().UtcDateTime);
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Code}: {Count} date holds have expired")]
    private partial void LogExpired(string code, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: date holds could not be looked at; they are again in ten minutes")]
    private partial void LogFailed(Exception exception, string code);
}
