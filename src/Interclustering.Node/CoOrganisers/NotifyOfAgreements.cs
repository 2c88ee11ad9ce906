using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.NationalView;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.CoOrganisers;

/// <summary>Writes to a team what other clusters say of events of several, each thing once.</summary>
public sealed class NotifyOfAgreements(Nodes nodes, FederationDirectory directory, NationalItems items, MemberMails mails,
    TimeProvider clock, ILogger<NotifyOfAgreements> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(15), logger, quiet: TimeSpan.FromMinutes(1))
{
    /// <summary>What is older is no news, so that a node that was lost does not write anew.</summary>
    private const int ToldFor = 14;

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var news = (await AgreementNews.ReadAsync(db, items, directory, node.Code, ParisDay.Today(Clock), cancellation))
            .Where(each => each.At > now.AddDays(-ToldFor)).ToList();
        await FaultIsolation.Shared.EachAsync(news, each => (each.What, 0), each => TellAsync(node, each, now, cancellation), cancellation);
    }

    private async Task TellAsync(NodeInstance node, AgreementNews news, DateTime now, CancellationToken cancellation)
    {
        await using var db = node.Open();
        foreach (var member in await MemberMails.TeamAsync(db, cancellation))
        {
            var mail = new MailTemplate($"{news.Title} : {news.Sentence}",
                [T["Bonjour {0},", member.Name], T["À propos de « {0} » : {1}.", news.Title, news.Sentence]],
                mails.To(node, news.Path), T["Ouvrir la page"]);
            await mails.TellOnceAsync(node, db, member, MailGroups.Questions, mail, now, "", news.What, cancellation);
        }
    }
}
