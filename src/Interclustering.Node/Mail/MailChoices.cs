using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Mail;

/// <summary>What members have chosen about their mails; where they have not, the default counts.</summary>
internal static class MailChoices
{
    /// <summary>Of one member, by group.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(
        NodeContext db, string member, CancellationToken cancellation)
    {
        var chosen = await db.MailChoices.AsNoTracking().Where(row => row.Member == member)
            .ToDictionaryAsync(row => row.Group, row => row.Time, cancellation);
        return MailGroups.OfNews.Append(MailGroups.Digest).ToDictionary(group => group, group => In(chosen, group));
    }

    /// <summary>Takes effect at once: what was not sent yet of a group that is turned off is not sent any more.</summary>
    public static async Task SetAsync(NodeContext db, string member, string group, string time, CancellationToken cancellation)
    {
        if (await UpdateAsync(db, member, group, time, cancellation) == 0)
        {
            var row = db.Add(new MailChoice { Member = member, Group = group, Time = time });
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException)
            {
                // The same was said at the same moment; or the account has just ended, and then nothing is updated.
                row.State = EntityState.Detached;
                await UpdateAsync(db, member, group, time, cancellation);
            }
        }

        if (time == MailTimes.Never)
        {
            await MailRow.ForgetAsync(
                db.Mails.Where(row => row.Member == member && row.Group == group && row.SentAt == null && row.To != ""), cancellation);
        }
    }

    private static Task<int> UpdateAsync(NodeContext db, string member, string group, string time, CancellationToken cancellation) =>
        db.MailChoices.Where(row => row.Member == member && row.Group == group)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.Time, time), cancellation);

    private static string In(Dictionary<string, string> chosen, string group) =>
        chosen.GetValueOrDefault(group) is { } time && MailTimes.For(group).Contains(time) ? time : MailTimes.For(group)[0];
}
