using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations;

/// <summary>What a person asks for.</summary>
/// <param name="Person">As they said it.</param>
/// <param name="Seats">One or more.</param>
/// <param name="Pools">Of the event, one or more.</param>
/// <param name="Language">Of the mails.</param>
public sealed record RegistrationRequest(Registrant Person, int Seats, IReadOnlyList<string> Pools, string Language);

/// <summary>
/// The one place where seats are given and given up. Each decision takes the pool's row first, in the transaction that also queues the
/// mail about it: two at once wait for each other, and a process that dies has decided nothing.
/// </summary>
public sealed class RegistrationDesk(NodeContext db, NodeInstance node, RegistrationSeal seal, TimeProvider clock)
{
    /// <summary>The same address gets a further mail about the same only after so long.</summary>
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMinutes(10);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Notes what a person asks for, and queues the mail with which they confirm it. An address that is known gets a mail that says where
    /// it stands. The caller learns nothing of that.
    /// </summary>
    public async Task AskAsync(RegistrableEvent happening, RegistrationRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        ArgumentNullException.ThrowIfNull(request);
        var key = await seal.AddressKeyAsync(node.Code, db, request.Person.Email, cancellation);
        foreach (var pool in request.Pools)
        {
            await LockedAsync(happening.Id, pool, async _ =>
            {
                var (now, known) = (Now, await db.Registrations.SingleOrDefaultAsync(row =>
                    row.Event == happening.Id && row.Session == pool && row.AddressKey == key, cancellation));
                if (known is null)
                {
                    var row = db.Add(new Registration
                    {
                        Event = happening.Id,
                        Session = pool,
                        AddressKey = key,
                        Sealed = seal.Seal(node.Code, request.Person),
                        Seats = request.Seats,
                        AskedAt = now,
                        Language = request.Language,
                    }).Entity;
                    Tell(row, NoticeKinds.Confirm, now);
                }
                else if (known.IsOpen || known.State == RegistrationState.Removed)
                {
                    await TellAgainAsync(known, now, cancellation);
                }
                else if (known.State != RegistrationState.Unconfirmed || now - known.AskedAt >= BetweenRequests)
                {
                    // What was given up, or not confirmed, begins anew, with what is said now.
                    (known.Sealed, known.Seats, known.AskedAt, known.Language) =
                        (seal.Seal(node.Code, request.Person), request.Seats, now, request.Language);
                    Become(known, RegistrationState.Unconfirmed, NoticeKinds.Confirm, now);
                }
            }, cancellation);
        }
    }

    /// <summary>
    /// The person has shown that the address is theirs: they get seats, or wait. What was confirmed before stays as it is.
    /// </summary>
    /// <returns>False where nothing is free, and the waiting list is full.</returns>
    public async Task<bool> ConfirmAsync(RegistrableEvent happening, Guid id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        var taken = true;
        await DecideAsync(happening, id, async (row, arrival) =>
        {
            if (row.State == RegistrationState.Unconfirmed)
            {
                taken = await ArriveAsync(happening, row, arrival, cancellation);
            }
        }, cancellation);
        return taken;
    }

    /// <summary>Takes up an offer that still stands.</summary>
    public Task AcceptAsync(RegistrableEvent happening, Guid id, CancellationToken cancellation) =>
        DecideAsync(happening, id, (row, _) =>
        {
            if (row is { State: RegistrationState.Offered, OfferEnds: { } ends } && Now < ends)
            {
                Become(row, RegistrationState.Registered, NoticeKinds.Registered, Now);
            }

            return Task.CompletedTask;
        }, cancellation);

    /// <summary>Gives a registration up, also after closing; seats that it held go to those that wait. A second time changes nothing.
    /// </summary>
    public Task CancelAsync(RegistrableEvent happening, Guid id, CancellationToken cancellation) =>
        DecideAsync(happening, id, (row, _) =>
        {
            if (row.IsOpen || row.State == RegistrationState.Unconfirmed)
            {
                Become(row, RegistrationState.Cancelled, NoticeKinds.Cancelled, Now);
            }

            return Task.CompletedTask;
        }, cancellation);

    /// <summary>The team takes a registration out, and says why.</summary>
    public Task RemoveAsync(RegistrableEvent happening, Guid id, string reason, CancellationToken cancellation) =>
        DecideAsync(happening, id, (row, _) =>
        {
            if (row.IsOpen || row.State == RegistrationState.Unconfirmed)
            {
                if (seal.Open(node.Code, row.Sealed) is { } person)
                {
                    row.Sealed = seal.Seal(node.Code, person with { RemovedFor = reason });
                }

                Become(row, RegistrationState.Removed, NoticeKinds.Removed, Now);
            }

            return Task.CompletedTask;
        }, cancellation);

    /// <summary>The team moves one up before its turn, where its seats are free.</summary>
    /// <returns>False where they are not, or it does not wait.</returns>
    public async Task<bool> MoveUpAsync(RegistrableEvent happening, Guid id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        var moved = false;
        await DecideAsync(happening, id, async (row, _) =>
        {
            var now = await OccupancyAsync(row.Event, row.Session, cancellation);
            var free = Allocation.Free(await CapacityAsync(happening, row.Session, cancellation), now.Taken);
            if (row.State == RegistrationState.Waiting && !(free < row.Seats))
            {
                Become(row, RegistrationState.Registered, NoticeKinds.MovedUp, Now);
                moved = true;
            }
        }, cancellation);
        return moved;
    }

    /// <summary>The team registers a person by hand: no address is to be confirmed, and the limits hold all the same.</summary>
    /// <returns>What it became; null where the address is registered already, or all is full.</returns>
    public async Task<RegistrationState?> AddAsync(RegistrableEvent happening, RegistrationRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        ArgumentNullException.ThrowIfNull(request);
        var key = await seal.AddressKeyAsync(node.Code, db, request.Person.Email, cancellation);
        RegistrationState? became = null;
        await LockedAsync(happening.Id, request.Pools[0], async arrival =>
        {
            var row = await db.Registrations.SingleOrDefaultAsync(each => each.Event == happening.Id
                && each.Session == request.Pools[0] && each.AddressKey == key, cancellation);
            if (row is { IsOpen: true })
            {
                return;
            }

            row ??= db.Add(new Registration { Event = happening.Id, Session = request.Pools[0], AddressKey = key, Sealed = "" }).Entity;
            (row.Sealed, row.Seats, row.AskedAt, row.Language) =
                (seal.Seal(node.Code, request.Person), request.Seats, Now, request.Language);
            became = await ArriveAsync(happening, row, arrival, cancellation) ? row.State : null;
        }, cancellation);
        return became;
    }

    /// <summary>Ends offers that were not taken up, and moves up those that now fit. A second time changes nothing.</summary>
    public async Task AdvanceAsync(RegistrableEvent happening, string pool, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        if (await db.Registrations.AnyAsync(row => row.Event == happening.Id && row.Session == pool
            && (row.State == RegistrationState.Waiting || row.State == RegistrationState.Offered), cancellation))
        {
            await LockedAsync(happening.Id, pool, _ => MoveAllAsync(happening, pool, cancellation), cancellation);
        }
    }

    /// <summary>What is taken, and what waits, as it stands.</summary>
    public async Task<Occupancy> OccupancyAsync(string id, string pool, CancellationToken cancellation)
    {
        var rows = db.Registrations.Where(row => row.Event == id && row.Session == pool);
        return new Occupancy(
            await rows.Where(row => row.State == RegistrationState.Registered || row.State == RegistrationState.Offered)
                .SumAsync(row => row.Seats, cancellation),
            await rows.Where(row => row.State == RegistrationState.Waiting)
                .Select(row => new WaitingParty(row.Id, row.Seats, row.Arrival)).ToListAsync(cancellation));
    }

    /// <summary>
    /// Seats of a pool: the cluster's own, with those that others have given, without those that it has given. What it has given counts
    /// from the decision on, also before the others hear of it; of a restored database what its own journal says counts.
    /// </summary>
    public async Task<Capacity> CapacityAsync(RegistrableEvent happening, string pool, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        if (happening.Terms.Places is not { } places)
        {
            return new Capacity(null, happening.Terms.WaitingPlaces);
        }

        var given = await GivenAsync(db, happening.Id, pool, cancellation);
        return new Capacity(Math.Max(0, places + happening.Received.GetValueOrDefault(pool) - given.Values.Sum()),
            happening.Terms.WaitingPlaces);
    }

    /// <summary>What this cluster has given, by receiver.</summary>
    internal static async Task<Dictionary<string, int>> GivenAsync(
        NodeContext db, string id, string pool, CancellationToken cancellation)
    {
        var decided = await db.RegistrationGifts.AsNoTracking().Where(row => row.Event == id && row.Session == pool)
            .Select(row => new { To = row.Receiver, row.Count }).ToListAsync(cancellation);
        var said = (await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.PlacesGiven && row.Data.Contains(id))
            .Select(row => row.Data).ToListAsync(cancellation)).Select(data => (PlacesGiven)PublicationText.Read(Kinds.PlacesGiven, data))
            .Where(given => given.Event == id && (given.Session ?? "") == pool).Select(given => new { given.To, given.Count });
        return decided.Concat(said).GroupBy(each => each.To).ToDictionary(same => same.Key, same => same.Max(each => each.Count));
    }

    /// <summary>Gives free places to another organiser: they are off at once, and are said to it afterwards.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="pool">Of it.</param>
    /// <param name="to">Code of the receiver.</param>
    /// <param name="count">How many; null for all that are free.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    /// <returns>How many were given; 0 where fewer are free, or people wait for them.</returns>
    public async Task<int> GiveAsync(RegistrableEvent happening, string pool, string to, int? count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happening);
        var given = 0;
        await LockedAsync(happening.Id, pool, async _ =>
        {
            var now = await OccupancyAsync(happening.Id, pool, cancellation);
            var free = Allocation.Free(await CapacityAsync(happening, pool, cancellation), now.Taken) ?? 0;
            given = count ?? free;
            if (given <= 0 || given > free || now.Waiting.Count > 0)
            {
                given = 0;
                return;
            }

            var before = (await GivenAsync(db, happening.Id, pool, cancellation)).GetValueOrDefault(to);
            var row = await db.RegistrationGifts.FindAsync([happening.Id, pool, to], cancellation)
                ?? db.Add(new RegistrationGift { Event = happening.Id, Session = pool, Receiver = to }).Entity;
            row.Count = before + given;
        }, cancellation);
        return given;
    }

    private async Task<bool> ArriveAsync(RegistrableEvent happening, Registration row, long arrival, CancellationToken cancellation)
    {
        var occupancy = await OccupancyAsync(row.Event, row.Session, cancellation);
        if (Allocation.Arrive(await CapacityAsync(happening, row.Session, cancellation), occupancy, row.Seats) is not { } state)
        {
            // Of a person whom the team adds there is no row before, or one that stays as it was.
            db.Entry(row).State = db.Entry(row).State == EntityState.Added ? EntityState.Detached : EntityState.Unchanged;
            return false;
        }

        (row.Arrival, row.ConfirmedAt) = (arrival, Now);
        Become(row, state, state == RegistrationState.Registered ? NoticeKinds.Registered : NoticeKinds.Waiting, Now);
        return true;
    }

    private async Task MoveAllAsync(RegistrableEvent happening, string pool, CancellationToken cancellation)
    {
        var now = Now;
        foreach (var lapsed in await db.Registrations.Where(row => row.Event == happening.Id && row.Session == pool
            && row.State == RegistrationState.Offered && row.OfferEnds <= now).ToListAsync(cancellation))
        {
            Become(lapsed, RegistrationState.Lapsed, NoticeKinds.Lapsed, now);
        }

        await db.SaveChangesAsync(cancellation);
        if (!happening.TakesPlace(pool))
        {
            return;
        }

        var occupancy = await OccupancyAsync(happening.Id, pool, cancellation);
        var capacity = await CapacityAsync(happening, pool, cancellation);
        foreach (var move in Allocation.Advance(capacity, occupancy, now, happening.StartOf(pool)))
        {
            var row = await db.Registrations.SingleAsync(each => each.Id == move.Id, cancellation);
            Become(row, move.OfferEnds is null ? RegistrationState.Registered : RegistrationState.Offered,
                move.OfferEnds is null ? NoticeKinds.MovedUp : NoticeKinds.Offered, now);
            row.OfferEnds = move.OfferEnds;
        }
    }

    /// <summary>A decision about one registration, and then about those that its seats are free for.</summary>
    private async Task DecideAsync(
        RegistrableEvent happening, Guid id, Func<Registration, long, Task> decide, CancellationToken cancellation)
    {
        var pool = await db.Registrations.Where(row => row.Id == id && row.Event == happening.Id).Select(row => row.Session)
            .SingleOrDefaultAsync(cancellation);
        if (pool is null)
        {
            return;
        }

        await LockedAsync(happening.Id, pool, async arrival =>
        {
            await decide(await db.Registrations.SingleAsync(row => row.Id == id, cancellation), arrival);
            await db.SaveChangesAsync(cancellation);
            await MoveAllAsync(happening, pool, cancellation);
        }, cancellation);
    }

    private async Task LockedAsync(string id, string pool, Func<long, Task> decide, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        using var turn = await RegistrationTurns.TakeAsync(node.Code, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await decide(await RegistrationLock.TakeAsync(db, id, pool, cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Become(Registration row, RegistrationState state, string notice, DateTime now)
    {
        (row.State, row.OfferEnds) = (state, null);
        row.Revision++;
        Tell(row, notice, now);
    }

    private void Tell(Registration row, string kind, DateTime now) =>
        db.Add(RegistrationNotice.For(row.Id, kind, row.Revision, now));

    /// <summary>Where it stands, to an address that asks once more: not more often than every ten minutes.</summary>
    private async Task TellAgainAsync(Registration known, DateTime now, CancellationToken cancellation)
    {
        var before = now - BetweenRequests;
        if (!await db.RegistrationNotices.AnyAsync(notice => notice.Registration == known.Id && notice.Kind == NoticeKinds.Known
            && notice.CreatedAt > before, cancellation))
        {
            // Each is a mail of its own: a second one of the same id is thrown away by the reader's server.
            db.Add(RegistrationNotice.For(known.Id, NoticeKinds.Known, now.Ticks, now));
        }
    }
}
