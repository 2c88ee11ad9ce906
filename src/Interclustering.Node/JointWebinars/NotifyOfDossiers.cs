using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Calendars;
using Interclustering.Node.Mail;
using Interclustering.Node.NationalView;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.JointWebinars;

/// <summary>Writes to teams about joint webinars, each thing once: at the start, and then every quarter of a minute.</summary>
public sealed class NotifyOfDossiers(Nodes nodes, FederationDirectory directory, MemberMails mails, TimeProvider clock,
    ILogger<NotifyOfDossiers> logger) : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(15), logger, quiet: TimeSpan.FromMinutes(1))
{
    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var (people, known) = (await Dossiers.PeopleAsync(db, node.Code, cancellation), await NationalItems.KnownAtAsync(db, cancellation));
        var dossiers = await Dossiers.ReadAsync(db, node.Code, cancellation);
        await FaultIsolation.Shared.EachAsync(dossiers, dossier => (dossier.Id, 0), dossier =>
            TellAsync(node, new DossierView(dossier, node.Code, people, directory, now, known), now, cancellation), cancellation);
    }

    private async Task TellAsync(NodeInstance node, DossierView view, DateTime now, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var (link, about) = (mails.To(node, view.Path), MailAbout.Dossier(view.Dossier.Id));
        var (team, news) = (await MemberMails.TeamAsync(db, cancellation), DossierNews.Of(view, link));
        foreach (var (member, each) in team.SelectMany(member => news.Select(each => (member, each))))
        {
            await mails.TellOnceAsync(node, db, member, each.Group, each.Mail(member.Name), now, about, each.What, cancellation);
        }

        var invitations = await db.SlotInvitations.Where(row => row.Dossier == view.Dossier.Id)
            .ToDictionaryAsync(row => row.Member, cancellation);
        foreach (var member in team)
        {
            var sent = invitations.GetValueOrDefault(member.Id);
            if (DateNews.Of(view, sent, link ?? "") is { } date)
            {
                await TellAsync(node, db, view, member, date, sent, now, cancellation);
            }
        }
    }

    /// <summary>A mail, and with the same save what it has told the member's calendar: neither is without the other.</summary>
    private async Task TellAsync(NodeInstance node, NodeContext db, DossierView view, StaffMember member, DateNews news,
        SlotInvitation? sent, DateTime now, CancellationToken cancellation)
    {
        if (await MemberMails.TimeOfAsync(node, db, member, MailGroups.Dates, news.What, cancellation) is not { } time)
        {
            return;
        }

        var (sequence, calendar) = (DateNews.SequenceOf(view.Dossier, sent), "");
        if (news.Entry is { } entry && time == MailTimes.AtOnce)
        {
            calendar = CalendarFile.Write(entry with { Stamp = now }, new MailedEntry(
                new(MailSender.NameFor(node), mails.Sender), new(member.Name, member.Email!), sequence));
            sent ??= db.Add(new SlotInvitation { Dossier = view.Dossier.Id, Member = member.Id }).Entity;
            (sent.Sequence, sent.Status, sent.Slot, sent.Day, sent.Content) =
                (sequence, entry.Status, DateNews.DateOf(entry), entry.Time.Day, DateNews.ContentOf(entry));
        }

        mails.Add(node, db, member, MailGroups.Dates, time,
            DossierNews.MailOf(member.Name, news.Subject, news.Sentence, news.Then, mails.To(node, view.Path)) with { Calendar = calendar },
            now, MailAbout.Dossier(view.Dossier.Id), MemberMails.IdOf(node, member, news.What));
        await db.SaveChangesAsync(cancellation);
    }
}
