using Interclustering.Contracts;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Autosave;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Retention;

/// <summary>
/// Ends what is kept for a time only: at the start, and then every hour, looked at or not. The page on personal data says how long.
/// </summary>
public sealed class PurgeExpired(Nodes nodes, TimeProvider clock, ILogger<PurgeExpired> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromHours(1), logger)
{
    public const int AuditDays = 365, UnsavedDays = UnsavedTexts.KeptDays, MailDays = 90, LinkDays = 30;

    // The row of a mail without its words: a dossier that is still open is not told of twice.
    private const int MailRowDays = 730;

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        DateTime audit = now.AddDays(-AuditDays), unsaved = now.AddDays(-UnsavedDays), link = now.AddDays(-LinkDays);
        DateTime mail = now.AddDays(-MailDays), row = now.AddDays(-MailRowDays);
        await db.Audit.Where(each => each.At < audit).ExecuteDeleteAsync(cancellation);
        await db.UnsavedTexts.Where(each => each.SavedAt < unsaved).ExecuteDeleteAsync(cancellation);
        await db.AccessLinks.Where(each => each.ExpiresAt < link).ExecuteDeleteAsync(cancellation);
        await db.Mails.Where(each => each.CreatedAt < row && !each.FileToDelete).ExecuteDeleteAsync(cancellation);
        await MailRow.ForgetAsync(db.Mails.Where(each => each.CreatedAt < mail && each.To != ""), cancellation);
        await ForgetInvitationsAsync(db, ParisDay.Today(Clock), cancellation);
        await ForgetPeopleAsync(db, cancellation);
        await ForgetTitlesAsync(db, ParisDay.Today(Clock), cancellation);
    }

    /// <summary>What calendars were told of slots that are long over.</summary>
    private static Task ForgetInvitationsAsync(NodeContext db, DateOnly today, CancellationToken cancellation)
    {
        var first = today.AddDays(-MailDays);
        return db.SlotInvitations.Where(each => each.Day < first).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>What a letter calls a publication that is gone: a correction names it until its date is over.</summary>
    private static Task ForgetTitlesAsync(NodeContext db, DateOnly today, CancellationToken cancellation) =>
        db.LetterItems.Where(item => item.Title != "" && (item.LastDay == null || item.LastDay < today)
                && db.Publications.Any(row => row.Subject == item.Subject)
                && !db.Publications.Any(row => row.Subject == item.Subject && row.Data != null))
            .ExecuteUpdateAsync(item => item.SetProperty(each => each.Title, ""), cancellation);

    /// <summary>Persons whom only drafts have named, and no draft names any more.</summary>
    private static async Task ForgetPeopleAsync(NodeContext db, CancellationToken cancellation)
    {
        foreach (var subject in await db.WorkingCopies.Where(copy => copy.Kind == Kinds.Person && copy.State == PublicationState.Draft)
            .Select(copy => copy.Subject).ToListAsync(cancellation))
        {
            if (!await db.WorkingCopies.AnyAsync(copy => copy.Subject != subject && copy.Data.Contains(subject), cancellation)
                && !await db.PendingChanges.AnyAsync(change => change.Data.Contains(subject), cancellation))
            {
                await db.WorkingCopies.Where(copy => copy.Subject == subject && copy.State == PublicationState.Draft)
                    .ExecuteDeleteAsync(cancellation);
            }
        }
    }
}
