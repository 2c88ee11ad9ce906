using Interclustering.Node.Mail;
using Interclustering.Node.People;
using Interclustering.Node.Radar;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.DateHolds;

/// <summary>Writes to whoever holds a date that another cluster holds as well: at once, and once for each two.</summary>
public sealed partial class TellOfSharedDates(Nodes nodes, NationalAgenda national, TimeProvider clock, ILogger<TellOfSharedDates> logger) : Clockwork(nodes, clock, TimeSpan.FromSeconds(15))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            await using var db = node.Open();
            var agenda = await national.ReadAsync(db, node.Code, cancellation);
            foreach (var own in (await Holds.OwnAsync(db, agenda, node.Code, ParisDay.Today(Clock), cancellation)).Where(own => own.Hold.Purpose == Contracts.HoldPurposes.Option))
            {
                foreach (var other in own.Others.Where(other => other.Firmness == Firmness.Held))
                {
                    await TellAsync(node, db, own, other, cancellation);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back: the next round finds the same dates.
            LogFailed(exception, node.Code);
        }
    }

    private async Task TellAsync(NodeInstance node, NodeContext db, OwnHold own, Engagement other, CancellationToken cancellation)
    {
        foreach (var owner in await db.Users.AsNoTracking().Where(member => member.Name == own.PlacedBy && member.Email != null).ToListAsync(cancellation))
        {
            await StaffLetters.DateShared(node, owner.Name, own, other)
                .QueueOnceAsync(db, owner.Email!, Clock.GetUtcNow().UtcDateTime, $"{node.Code} {owner.Id} shared {own.Copy.Subject} {other.Subject}", cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: shared dates could not be looked at; they are again in a quarter of a minute")]
    private partial void LogFailed(Exception exception, string code);
}
