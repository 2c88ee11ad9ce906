using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>Mails that members choose about: each leaves at once, waits for the digest, or is not written, as they have said.</summary>
/// <param name="addresses">Where the workspaces are, for links.</param>
/// <param name="unsubscribing">Makes the links that turn them off.</param>
/// <param name="sender">Who they come from.</param>
public sealed class MemberMails(PublicAddress addresses, UnsubscribeLinks unsubscribing, MailSender sender)
{
    /// <summary>Address that the mails come from.</summary>
    public string Sender => sender.Address;

    /// <summary>Those who are written what concerns the cluster: readers do nothing there.</summary>
    internal static Task<List<StaffMember>> TeamAsync(NodeContext db, CancellationToken cancellation) =>
        db.Users.AsNoTracking().Where(user => user.Role != StaffRoles.Reader && user.Email != null).ToListAsync(cancellation);

    /// <summary>A page of a workspace, absolute; null where its address is not known.</summary>
    internal string? To(NodeInstance node, string path) => addresses.Of(node) is { } origin ? $"{origin}/espace/{node.Code}{path}" : null;

    /// <summary>Queues it at once, unless it was before: by whichever process, and however long ago.</summary>
    /// <param name="node">Of the team.</param>
    /// <param name="db">The team's own.</param>
    /// <param name="member">Who is told.</param>
    /// <param name="group">One of <see cref="MailGroups"/>.</param>
    /// <param name="mail">What is said.</param>
    /// <param name="now">UTC.</param>
    /// <param name="about">See <see cref="MailRow.About"/>.</param>
    /// <param name="news">What it tells: the same to the same member is one mail.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    internal async Task TellOnceAsync(NodeInstance node, NodeContext db, StaffMember member, string group, MailTemplate mail, DateTime now,
        string about, string news, CancellationToken cancellation)
    {
        if (await TimeOfAsync(node, db, member, group, news, cancellation) is { } time)
        {
            Add(node, db, member, group, time, mail, now, about, IdOf(node, member, news));
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>When the member wants it; null for what they were told, or did not want to be told, before.</summary>
    internal static async Task<string?> TimeOfAsync(
        NodeInstance node, NodeContext db, StaffMember member, string group, string news, CancellationToken cancellation)
    {
        var id = IdOf(node, member, news);
        return await db.Mails.AnyAsync(row => row.Id == id, cancellation) ? null
            : (await MailChoices.OfAsync(db, member.Id, cancellation))[group];
    }

    /// <summary>With the next save; its row stays without words where the member does not want it.</summary>
    internal void Add(NodeInstance node, NodeContext db, StaffMember member, string group, string time, MailTemplate mail, DateTime now,
        string about, Guid id)
    {
        if (time == MailTimes.AtOnce)
        {
            db.Add(Row(node, member, group, mail, now, about, id));
            return;
        }

        var isWanted = time == MailTimes.InDigest;
        db.Add(new MailRow
        {
            Id = id,
            To = isWanted ? member.Email! : "",
            Subject = isWanted ? MailTemplate.OneLine(mail.Subject) : "",
            About = isWanted ? about : "",
            Member = member.Id,
            Group = group,
            Waits = isWanted,
            Link = isWanted ? mail.Link ?? "" : "",
            Text = "",
            Html = "",
            CreatedAt = now,
            DueAt = now,
        });
    }

    /// <summary>With the way to turn it off, and to choose.</summary>
    internal MailRow Row(
        NodeInstance node, StaffMember member, string group, MailTemplate mail, DateTime now, string about, Guid id)
    {
        var unsubscribe = To(node, $"{UnsubscribeLinks.Path}/{unsubscribing.TokenOf(node, member.Id, group)}");
        return (mail with
        {
            Footer = unsubscribe is null
                ? [new(T["Vous choisissez ce que vous recevez sous « Mes mails », dans votre espace."])]
                :
                [
                    new(T["Ne plus recevoir « {0} »", MailGroups.NameOf(group)], unsubscribe),
                    new(T["Choisir ce que vous recevez"], To(node, OwnMailPages.Path)),
                ],
        }).Row(id, member.Email!, now, about, member.Id, group, unsubscribe ?? "");
    }

    internal static Guid IdOf(NodeInstance node, StaffMember member, string news) =>
        MailTemplate.IdOf($"{node.Code} {member.Id} {news}");
}
