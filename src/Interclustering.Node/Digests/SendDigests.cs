using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Radar;
using Interclustering.Node.ToDo;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Digests;

/// <summary>
/// Writes each member one digest on a working day at 8:00 in Paris. A server that was down then writes it later in the morning, and not
/// after noon. The key of its row is member and day. The row is also written where nothing waited: so each digest is written once.
/// </summary>
public sealed class SendDigests(Nodes nodes, NationalAgenda national, FederationDirectory directory, MemberMails mails, TimeProvider clock,
    ILogger<SendDigests> logger) : PeriodicJob(nodes, clock, TimeSpan.FromMinutes(1), logger)
{
    /// <summary>Days for which what was left for a digest is worth naming.</summary>
    private const int FreshFor = 14;

    private static readonly TimeOnly From = new(8, 0), Until = new(12, 0);

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        var (day, hour) = (DateOnly.FromDateTime(ParisDay.Of(now)), TimeOnly.FromDateTime(ParisDay.Of(now)));
        if (!WorkingDays.Contains(day) || hour < From || hour >= Until)
        {
            return;
        }

        await using var db = node.Open();
        var due = await DueAsync(node, db, day, cancellation);
        if (due.Count == 0)
        {
            return;
        }

        var agenda = await national.ReadAsync(db, node.Code, cancellation);
        var waiting = await ToDoList.ReadAsync(db, agenda, directory, node.Code, now, day, cancellation);
        await FaultIsolation.Shared.EachAsync(due, member => (member.Id, day.DayNumber), member =>
            WriteAsync(node, member, waiting, day, now, cancellation), cancellation);
    }

    /// <summary>Those who want one today and have none yet.</summary>
    private static async Task<IReadOnlyList<StaffMember>> DueAsync(
        NodeInstance node, NodeContext db, DateOnly day, CancellationToken cancellation)
    {
        var due = new List<StaffMember>();
        foreach (var member in await MemberMails.TeamAsync(db, cancellation))
        {
            if (await MemberMails.TimeOfAsync(node, db, member, MailGroups.Digest, NameOf(day), cancellation) is { } time
                && (time == MailTimes.Daily || (time == MailTimes.Weekly && WorkingDays.BeginsWeek(day))))
            {
                due.Add(member);
            }
        }

        return due;
    }

    /// <summary>With the same save, what it names has been told.</summary>
    private async Task WriteAsync(NodeInstance node, StaffMember member, IReadOnlyList<ToDoItem> waiting, DateOnly day, DateTime now,
        CancellationToken cancellation)
    {
        await using var db = node.Open();
        var (id, fresh) = (MemberMails.IdOf(node, member, NameOf(day)), now.AddDays(-FreshFor));
        var choices = await MailChoices.OfAsync(db, member.Id, cancellation);
        var left = await db.Mails.Where(row => row.Member == member.Id && row.Waits && row.SentAt == null && row.To != "")
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellation);
        var told = left.Where(row => row.CreatedAt > fresh && choices.GetValueOrDefault(row.Group) != MailTimes.Never).ToList();
        IReadOnlyList<ToDoItem> own = [.. await DraftTasks.ReadAsync(db, member.Id, now, cancellation),
            .. await ToDoList.UnsavedAsync(db, $"{node.Code}/{member.Id}", now, cancellation)];
        var mail = DigestMail.Of(node, member, told, [.. waiting, .. own], path => mails.To(node, path));
        db.Add(mail is null
            ? new MailRow { Id = id, To = "", Subject = "", Text = "", Html = "", CreatedAt = now, DueAt = now }
            : mails.Row(node, member, MailGroups.Digest, mail, now, MailAbout.Member(member.Id), id));
        foreach (var row in left)
        {
            row.SentAt = now;
            (row.Subject, row.Link) = ("", "");
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // Another process has written it at the same moment: nothing of this one was saved.
            await using var again = node.Open();
            if (!await again.Mails.AnyAsync(row => row.Id == id, cancellation))
            {
                throw;
            }
        }
    }

    private static string NameOf(DateOnly day) => $"digest {DateWords.Iso(day)}";
}
