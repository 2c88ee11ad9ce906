using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.DateHolds;

/// <summary>Lets go of holds whose last day is over: at the start, and then every ten minutes.</summary>
public sealed partial class ExpireHolds(Nodes nodes, MemberMails mails, TimeProvider clock, ILogger<ExpireHolds> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromMinutes(10), logger)
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        IReadOnlyList<OwnHold> expired;
        await using (var db = node.Open())
        {
            expired = await Holds.ExpiredAsync(db, ParisDay.Today(Clock), cancellation);
        }

        await FaultIsolation.Shared.EachAsync(expired, own => (own.Copy.Subject, own.Copy.Version), own =>
            ExpireAsync(node, own, cancellation), cancellation);
    }

    /// <summary>Lets go of it, with a word to the member who placed it, or prolonged it last.</summary>
    private async Task ExpireAsync(NodeInstance node, OwnHold own, CancellationToken cancellation)
    {
        await using var db = node.Open();
        await new PublicationEditor(db, node.Journal, Clock).WithdrawAsync(own.Copy.Subject, reason: null, by: "", cancellation);
        if (await Holds.OwnerAsync(db, own, cancellation) is { } owner)
        {
            await mails.TellOnceAsync(node, db, owner, MailGroups.Holds,
                HoldMails.HoldExpired(node, owner.Name, own.Hold.Title, own.Time.Day), Clock.GetUtcNow().UtcDateTime, own.Copy.Subject,
                $"expired {own.Copy.Subject} {own.Copy.Version}", cancellation);
        }

        LogExpired(node.Code, own.Copy.Subject);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Code}: the date hold {Subject} has expired")]
    private partial void LogExpired(string code, string subject);
}
