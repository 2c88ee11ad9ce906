using Interclustering.Contracts;
using Interclustering.Node.NationalView;
using Interclustering.Node.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.JointWebinars;

/// <summary>Writes to teams about joint webinars, each thing once: at the start, and then every quarter of a minute.</summary>
public sealed partial class TellOfDossiers(Nodes nodes, FederationDirectory directory, PublicAddress addresses, TimeProvider clock, ILogger<TellOfDossiers> logger) : Clockwork(nodes, clock, TimeSpan.FromSeconds(15))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        try
        {
            await using var db = node.Open();
            var now = Clock.GetUtcNow().UtcDateTime;
            var (people, known) = (await Dossiers.PeopleAsync(db, node.Code, cancellation), await NationalItems.KnownAtAsync(db, cancellation));
            foreach (var dossier in await Dossiers.ReadAsync(db, node.Code, cancellation))
            {
                var view = new DossierView(dossier, node.Code, people, directory, now, known);
                foreach (var news in DossierNews.Of(view, addresses.Of(node) is { } origin ? $"{origin}/espace/{node.Code}{view.Path}" : null))
                {
                    await QueueAsync(db, node, news, now, cancellation);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back: the next round finds the same news.
            LogFailed(exception, node.Code);
        }
    }

    private static async Task QueueAsync(NodeContext db, NodeInstance node, DossierNews news, DateTime now, CancellationToken cancellation)
    {
        foreach (var member in await db.Users.AsNoTracking().Where(user => user.Role != StaffRoles.Reader && user.Email != null).ToListAsync(cancellation))
        {
            await news.Letter(member.Name).QueueOnceAsync(db, member.Email!, now, $"{node.Code} {member.Id} {news.What}", cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code}: joint webinars could not be looked at; they are again in a quarter of a minute")]
    private partial void LogFailed(Exception exception, string code);
}
