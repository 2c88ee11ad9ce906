using System.Globalization;
using Interclustering.Node.Calendars;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Workspace;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Interclustering.Node.Registrations.Mails;

/// <summary>
/// Makes and sends the mails of registrations. Each is made under the pool's lock from what holds then: one about an earlier state is void.
/// It is claimed before it is handed over; a process that dies in between sends it again ten minutes later, under the same
/// <c>Message-ID</c>. No address, name or text of it is kept or logged.
/// </summary>
public sealed partial class SendRegistrationMails(Nodes nodes, IMailTransport transport, MailSender sender, PublicAddress addresses,
    RegistrationLinks links, RegistrationSeal seal, TimeProvider clock, ILogger<SendRegistrationMails> logger)
    : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(2), logger)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(10), FirstWait = TimeSpan.FromSeconds(30),
        LongestWait = TimeSpan.FromHours(6);

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var due = await db.RegistrationNotices.AsNoTracking().Where(row => row.SettledAt == null && row.DueAt <= now
            && row.Attempts < MailRow.MostAttempts).OrderBy(row => row.DueAt).Take(AtOnce).ToListAsync(cancellation);
        foreach (var notice in due)
        {
            var claimed = await Same(db, notice).Where(row => row.SettledAt == null && row.Attempts == notice.Attempts)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.Attempts, notice.Attempts + 1)
                    .SetProperty(each => each.DueAt, now + Claim), cancellation);
            if (claimed == 1)
            {
                await SendAsync(node, db, notice, cancellation);
            }
        }
    }

    private async Task SendAsync(NodeInstance node, NodeContext db, RegistrationNotice notice, CancellationToken cancellation)
    {
        var (settled, due, failure) = ((DateTime?)Clock.GetUtcNow().UtcDateTime, notice.DueAt, (string?)null);
        try
        {
            using var message = await MakeAsync(node, db, notice, cancellation);
            if (message is not null)
            {
                await transport.SendAsync(message, cancellation);
            }
        }
        catch (Exception exception) when (exception is MailRefusedException or ParseException)
        {
            // What a mail server says may name the address: its number says enough.
            var refused = exception as MailRefusedException;
            failure = refused?.Code is { } code ? code.ToString(CultureInfo.InvariantCulture) : refused is null ? "address" : "connection";
            if (refused is { IsFinal: false })
            {
                (settled, due) = (null, Clock.GetUtcNow().UtcDateTime
                    + TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << notice.Attempts)));
            }

            LogRefused(node.Code, notice.Registration, notice.Kind, notice.Attempts + 1, failure);
        }

        await Same(db, notice).ExecuteUpdateAsync(row => row.SetProperty(each => each.SettledAt, settled)
            .SetProperty(each => each.DueAt, due).SetProperty(each => each.Failure, failure), CancellationToken.None);
    }

    /// <summary>Null for one that is void.</summary>
    private async Task<MimeMessage?> MakeAsync(
        NodeInstance node, NodeContext db, RegistrationNotice notice, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var where = await db.Registrations.AsNoTracking().Where(row => row.Id == notice.Registration)
            .Select(row => new { row.Event, row.Session }).SingleOrDefaultAsync(cancellation);
        if (where is null)
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await RegistrationLock.TakeAsync(db, where.Event, where.Session, cancellation);
        var row = await db.Registrations.SingleOrDefaultAsync(each => each.Id == notice.Registration, cancellation);
        var happening = await RegistrableEvent.FindAsync(db, node.Code, where.Event, cancellation);
        if (row is null || happening is null || IsVoid(row, notice) || seal.Open(node.Code, row.Sealed) is not { } person)
        {
            return null;
        }

        var before = await db.RegistrationPools.AsNoTracking().Where(pool => pool.Event == row.Event && pool.Session == row.Session)
            .Select(pool => pool.StartBefore).SingleAsync(cancellation);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = row.Language == "en" ? Language.English : Language.French;
        if (MailOf(node, happening, row, person, notice.Kind, before) is not { } mail)
        {
            return null;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var id = MailTemplate.IdOf($"{node.Code} {row.Id:N} {notice.Kind} {notice.Revision}");
        return MailBody.Message(mail.Row(id, person.Email, Clock.GetUtcNow().UtcDateTime, ""), $"{node.Code}.interclustering",
            node.Cluster.Name, sender);
    }

    /// <summary>With the entry for the calendar, whose number rises with each mail that holds one.</summary>
    private MailTemplate? MailOf(
        NodeInstance node, RegistrableEvent happening, Registration row, Registrant person, string kind, string startBefore)
    {
        var origin = (addresses.Of(node) ?? OriginOf(happening.Item.RegistrationUrl)) + Language.To($"/espace/{node.Code}");
        var made = new RegistrationMail(node.Cluster.Name, happening, row, person, origin + links.OwnOf(node, row.Id),
            origin + RegistrationLinks.FormOf(happening.Id));
        if (made.Of(kind, startBefore) is not { } mail)
        {
            return null;
        }

        if (made.EntryFor(kind, Clock.GetUtcNow().UtcDateTime) is not { } entry)
        {
            return mail;
        }

        row.Sequence++;
        return mail with
        {
            Calendar = CalendarFile.Write(entry, new MailedEntry(
                new(node.Cluster.Name, sender.Address), new(person.Name, person.Email), row.Sequence)),
        };
    }

    private static bool IsVoid(Registration row, RegistrationNotice notice) => NoticeKinds.IsOfState(notice.Kind)
        ? row.Revision != notice.Revision
        : notice.Kind is NoticeKinds.DayBefore or NoticeKinds.HourBefore or NoticeKinds.Afterwards
            ? row.State != RegistrationState.Registered
        : notice.Kind != NoticeKinds.Known && !row.IsOpen;

    private static string OriginOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";

    private static IQueryable<RegistrationNotice> Same(NodeContext db, RegistrationNotice notice) => db.RegistrationNotices.Where(row =>
        row.Registration == notice.Registration && row.Kind == notice.Kind && row.Revision == notice.Revision);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Code}: the mail {Kind} of registration {Registration} was not taken at attempt {Attempt}: {Reason}")]
    private partial void LogRefused(string code, Guid registration, string kind, int attempt, string reason);
}
