using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Mail;
using Interclustering.Node.PeriodicJobs;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Registrations.Upkeep;

/// <summary>
/// What registrations need by the clock: requests that were not confirmed end, waiting lists move, people are told of changes and reminded,
/// counts are published at most twice a minute, and names go after a set time.
/// </summary>
public sealed class KeepRegistrations(Nodes nodes, RegistrationSeal seal, RegistrationRetention retention, TimeProvider clock,
    ILogger<KeepRegistrations> logger) : PeriodicJob(nodes, clock, TimeSpan.FromSeconds(30), logger)
{
    private const string By = "Interclustering";
    private static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(1), Bounced = TimeSpan.FromDays(1),
        BetweenChanges = TimeSpan.FromMinutes(30);

    protected internal override async Task RunAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        var now = Clock.GetUtcNow().UtcDateTime;
        var since = now - Unconfirmed;
        await db.Registrations.Where(row => row.State == RegistrationState.Unconfirmed && row.AskedAt < since)
            .ExecuteDeleteAsync(cancellation);
        var events = await EventsAsync(db, node.Code, cancellation);
        await FaultIsolation.Shared.EachAsync(events, id => (id, 0), id => KeepAsync(node, id, now, cancellation), cancellation);
        await FaultIsolation.Shared.EachAsync(events, id => (id, 0), id => SayCountsAsync(node, id, now, cancellation), cancellation);
        await SayGiftsAsync(node, cancellation);
    }

    private async Task KeepAsync(NodeInstance node, string id, DateTime now, CancellationToken cancellation)
    {
        await using var db = node.Open();
        if (await RegistrableEvent.FindAsync(db, node.Code, id, cancellation) is not { } happening)
        {
            // Erased, or no longer registered for here: there is no date after which the names would go.
            var before = now - RegistrationRetention.Gone;
            await RegistrationRetention.ForgetAsync(
                db.Registrations.Where(row => row.Event == id && row.AskedAt < before), cancellation);
            return;
        }

        var desk = new RegistrationDesk(db, node, seal, Clock);
        foreach (var bounced in await BouncedAsync(db, id, now, cancellation))
        {
            await desk.CancelAsync(happening, bounced, cancellation);
        }

        foreach (var pool in await db.Registrations.Where(row => row.Event == id).Select(row => row.Session).Distinct()
            .ToListAsync(cancellation))
        {
            if (happening.End >= now)
            {
                await TellChangesAsync(db, happening, pool, now, cancellation);
            }

            await RemindAsync(db, happening, pool, now, cancellation);
            await desk.AdvanceAsync(happening, pool, cancellation);
        }

        await GiveBackAsync(node, desk, happening, now, cancellation);
        await OfferReplayAsync(db, happening, now, cancellation);

        if (happening.End + retention.Kept < now)
        {
            await RegistrationRetention.ForgetAsync(db.Registrations.Where(row => row.Event == id), cancellation);
        }
    }

    /// <summary>Those whose mail server said a day ago that there is no such address: their seats are free again.</summary>
    private static Task<List<Guid>> BouncedAsync(NodeContext db, string id, DateTime now, CancellationToken cancellation)
    {
        var before = now - Bounced;
        return db.Registrations.Where(row => row.Event == id
                && (row.State == RegistrationState.Registered || row.State == RegistrationState.Offered)
                && db.RegistrationNotices.Any(notice => notice.Registration == row.Id && notice.Revision == row.Revision
                    && notice.SettledAt < before && EF.Functions.Like(notice.Failure!, "5%")
                    && (notice.Kind == NoticeKinds.Registered || notice.Kind == NoticeKinds.MovedUp || notice.Kind == NoticeKinds.Offered)))
            .Select(row => row.Id).ToListAsync(cancellation);
    }

    /// <summary>A mail to all who take part or wait once times, place, link or status differ from what they were told.</summary>
    private static async Task TellChangesAsync(
        NodeContext db, RegistrableEvent happening, string pool, DateTime now, CancellationToken cancellation)
    {
        var digest = MailTemplate.IdOf(happening.ToTell(pool)).ToString("N");
        var rows = db.RegistrationPools.Where(each => each.Event == happening.Id && each.Session == pool);
        if (await rows.AnyAsync(each => each.Told == digest, cancellation))
        {
            // Nearly always: a look alone takes no lock.
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await RegistrationLock.TakeAsync(db, happening.Id, pool, cancellation);
        db.ChangeTracker.Clear();
        var row = await rows.SingleAsync(cancellation);
        if (row.Told == digest || (row.Told.Length > 0 && now - row.ToldAt < BetweenChanges))
        {
            return;
        }

        // Those who registered before the first look have been told what holds now.
        foreach (var id in row.Told.Length == 0 ? []
            : await db.Registrations.Where(each => each.Event == happening.Id && each.Session == pool
                && (each.State == RegistrationState.Registered || each.State == RegistrationState.Offered
                    || each.State == RegistrationState.Waiting)).Select(each => each.Id).ToListAsync(cancellation))
        {
            var kind = happening.TakesPlace(pool) ? NoticeKinds.Changed : NoticeKinds.CalledOff;
            if (await db.RegistrationNotices.FindAsync([id, kind, happening.Revision], cancellation) is null)
            {
                db.Add(RegistrationNotice.For(id, kind, happening.Revision, now));
            }
        }

        var isFirst = row.Told.Length == 0;
        (row.Told, row.ToldAt) = (digest, isFirst ? row.ToldAt : now);
        (row.StartBefore, row.ToldStart) = (row.ToldStart, happening.SessionOf(pool).Start);
        if (happening.IsPublic && happening.HasSession(pool))
        {
            row.Item = PublicationText.Of(happening.Item with { Registration = null, Text = null });
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// The day before at the same hour, and an hour before, by the clock on the wall. The start is part of the mail's id: a moved event has
    /// reminders of its own.
    /// </summary>
    private static async Task RemindAsync(
        NodeContext db, RegistrableEvent happening, string pool, DateTime now, CancellationToken cancellation)
    {
        var (session, start) = (happening.SessionOf(pool), happening.StartOf(pool));
        if (!happening.TakesPlace(pool) || now >= start || session.Start.Length == 10)
        {
            return;
        }

        var dayBefore = EventTimes.ToUtc(EventTimes.Local(session.Start).AddDays(-1), happening.Item.TimeZone);
        var kind = now >= start.AddHours(-1) ? NoticeKinds.HourBefore
            : now >= dayBefore && now < dayBefore.AddHours(12) ? NoticeKinds.DayBefore : null;
        if (kind is null)
        {
            return;
        }

        var minute = start.Ticks / TimeSpan.TicksPerMinute;
        var due = kind == NoticeKinds.HourBefore ? start.AddHours(-1) : dayBefore;
        foreach (var id in await db.Registrations.Where(row => row.Event == happening.Id && row.Session == pool
            && row.State == RegistrationState.Registered && row.ConfirmedAt < due
            && !db.RegistrationNotices.Any(notice => notice.Registration == row.Id && notice.Kind == kind && notice.Revision == minute))
            .Select(row => row.Id).ToListAsync(cancellation))
        {
            db.Add(RegistrationNotice.For(id, kind, minute, now));
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Those who were registered hear once that there is a replay, for as long as their names are kept.</summary>
    private static async Task OfferReplayAsync(NodeContext db, RegistrableEvent happening, DateTime now, CancellationToken cancellation)
    {
        if (!happening.IsOn || happening.End > now || happening.Item is not Webinar { ReplayUrl: not null })
        {
            return;
        }

        foreach (var id in await db.Registrations.Where(row => row.Event == happening.Id && row.State == RegistrationState.Registered
            && row.Sealed != "" && !db.RegistrationNotices.Any(notice => notice.Registration == row.Id
                && notice.Kind == NoticeKinds.Afterwards)).Select(row => row.Id).ToListAsync(cancellation))
        {
            db.Add(RegistrationNotice.For(id, NoticeKinds.Afterwards, 0, now));
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>What is free some days before the start goes to the lead, which may still need it.</summary>
    private static async Task GiveBackAsync(
        NodeInstance node, RegistrationDesk desk, RegistrableEvent happening, DateTime now, CancellationToken cancellation)
    {
        if (happening.Lead == node.Code || happening.Terms is not { UnusedBackDays: > 0 and var days, Places: not null } || !happening.IsOn)
        {
            return;
        }

        foreach (var pool in happening.Pools.Where(pool => now >= happening.StartOf(pool).AddDays(-days) && now < happening.StartOf(pool)))
        {
            await desk.GiveAsync(happening, pool, happening.Lead, count: null, cancellation);
        }
    }

    /// <summary>Those for which this cluster registers, or has.</summary>
    private static async Task<IReadOnlyList<string>> EventsAsync(NodeContext db, string own, CancellationToken cancellation)
    {
        const string Terms = "\"registration\":";
        var copies = await db.WorkingCopies.AsNoTracking().Where(row => row.State == PublicationState.Published
            && (row.Kind == Kinds.Event || row.Kind == Kinds.Webinar || row.Kind == Kinds.CoOrganisation) && row.Data.Contains(Terms))
            .Select(row => new { row.Subject, row.Kind, row.Data }).ToListAsync(cancellation);
        var facts = await db.Publications.AsNoTracking().Where(row => row.Journal == own && row.Kind == Kinds.JointWebinarFact
            && row.Data != null && row.Data.Contains(Terms)).Select(row => row.Data!).ToListAsync(cancellation);
        // Where the names are gone, the rows are counts, and nothing is due.
        var held = await db.Registrations.Where(row => row.Sealed != "").Select(row => row.Event).Distinct().ToListAsync(cancellation);
        return
        [
            .. held.Concat(copies.Select(row => row.Kind == Kinds.CoOrganisation
                    ? ((CoOrganisation)PublicationText.Read(row.Kind, row.Data)).Event : row.Subject))
                .Concat(facts.Select(data => JsonSerializer.Deserialize<JointWebinarFact>(data, ContractJson.Options)!.Dossier)).Distinct(),
        ];
    }

    /// <summary>How many take part and wait.</summary>
    private async Task SayCountsAsync(NodeInstance node, string id, DateTime now, CancellationToken cancellation)
    {
        await using var db = node.Open();
        if (await RegistrableEvent.FindAsync(db, node.Code, id, cancellation) is not { } happening || happening.End < now)
        {
            return;
        }

        var desk = new RegistrationDesk(db, node, seal, Clock);
        var counts = new List<SeatCount>();
        foreach (var pool in happening.Pools)
        {
            var occupancy = await desk.OccupancyAsync(id, pool, cancellation);
            counts.Add(new SeatCount(occupancy.Taken, occupancy.Waiting.Sum(party => party.Seats),
                (await desk.CapacityAsync(happening, pool, cancellation)).Places, pool.Length == 0 ? null : pool));
        }

        await SayAsync(node, db, new RegistrationCount { Nonce = "", Event = id, Counts = counts },
            said => said.Event == id, (before, said) => false, cancellation);
    }

    /// <summary>What this cluster has given is said to the others.</summary>
    private async Task SayGiftsAsync(NodeInstance node, CancellationToken cancellation)
    {
        await using var db = node.Open();
        foreach (var gift in await db.RegistrationGifts.AsNoTracking().ToListAsync(cancellation))
        {
            var session = gift.Session.Length == 0 ? null : gift.Session;
            var given = new PlacesGiven
            {
                Nonce = "",
                Event = gift.Event,
                Session = session,
                To = gift.Receiver,
                Count = gift.Count,
            };
            await SayAsync(node, db, given,
                said => said.Event == gift.Event && said.Session == session && said.To == gift.Receiver,
                (before, said) => before.Count >= said.Count, cancellation);
        }
    }

    /// <summary>A record of this cluster, or a revision of the one that it has about the same.</summary>
    private async Task SayAsync<T>(NodeInstance node, NodeContext db, T said, Func<T, bool> isSame, Func<T, T, bool> isLater,
        CancellationToken cancellation)
        where T : Publication
    {
        var kind = PublicationText.KindOf(said);
        var before = (await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == kind).ToListAsync(cancellation))
            .Select(row => (row.Subject, row.Data, Said: (T)PublicationText.Read(kind, row.Data))).FirstOrDefault(row => isSame(row.Said));
        if (before.Data != PublicationText.Of(said) && (before.Subject is null || !isLater(before.Said, said)))
        {
            await new PublicationEditor(db, node.Journal, Clock).PublishAsync(before.Subject, said, By, cancellation);
        }
    }
}
