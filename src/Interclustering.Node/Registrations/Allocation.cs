namespace Interclustering.Node.Registrations;

/// <summary>Where a registration stands.</summary>
public enum RegistrationState
{
    /// <summary>Asked for; the address is not confirmed, and no seat is held.</summary>
    Unconfirmed,

    /// <summary>It has its seats.</summary>
    Registered,

    /// <summary>It waits for seats, in order of arrival.</summary>
    Waiting,

    /// <summary>Seats are held until a time, and are to be accepted.</summary>
    Offered,

    /// <summary>Given up by the person.</summary>
    Cancelled,

    /// <summary>Taken out by the team, which says why.</summary>
    Removed,

    /// <summary>An offer was not accepted in time.</summary>
    Lapsed,
}

/// <summary>How many seats there are.</summary>
/// <param name="Places">0 is none, null is unlimited.</param>
/// <param name="WaitingPlaces">Of the waiting list, in the same form.</param>
public sealed record Capacity(int? Places, int? WaitingPlaces);

/// <summary>A registration that waits.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="Seats">That it waits for, all at once.</param>
/// <param name="Arrival">Lower came before.</param>
public sealed record WaitingParty(Guid Id, int Seats, long Arrival);

/// <summary>What is taken, and what waits.</summary>
/// <param name="Taken">Seats registered or offered.</param>
/// <param name="Waiting">In any order.</param>
public sealed record Occupancy(int Taken, IReadOnlyList<WaitingParty> Waiting);

/// <summary>A registration that leaves the waiting list.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="OfferEnds">UTC; null for one that is registered at once.</param>
public sealed record Move(Guid Id, DateTime? OfferEnds);

/// <summary>Why a waiting list does not move.</summary>
public enum Standstill
{
    /// <summary>Nothing waits, or what can move does.</summary>
    None,

    /// <summary>No seat is free.</summary>
    NoPlace,

    /// <summary>Seats are free, and fewer than any of those that wait needs.</summary>
    TooFewTogether,

    /// <summary>The start is too near: the team moves people up by hand.</summary>
    TooLate,
}

/// <summary>
/// Who has a seat, who waits, and who moves up. Pure: the caller holds the lock of the pool. Nothing here takes a seat away, so that a
/// lower limit keeps everyone.
/// </summary>
public static class Allocation
{
    /// <summary>From then on before the start, moving up is an offer that has to be accepted.</summary>
    public static readonly TimeSpan OffersFrom = TimeSpan.FromHours(48);

    /// <summary>From then on before the start, no one moves up by mail.</summary>
    public static readonly TimeSpan LastMove = TimeSpan.FromHours(2);

    /// <summary>An offer holds its seats for so long, and never into <see cref="LastMove"/>.</summary>
    public static readonly TimeSpan OfferLasts = TimeSpan.FromHours(12);

    /// <summary>Seats that are not taken; null where they are unlimited, never negative.</summary>
    public static int? Free(Capacity capacity, int taken)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        return capacity.Places is { } places ? Math.Max(0, places - taken) : null;
    }

    /// <summary>
    /// What one that arrives now becomes: <see cref="RegistrationState.Registered"/> or <see cref="RegistrationState.Waiting"/>; null where
    /// both are full. It does not overtake one that waits and would fit.
    /// </summary>
    public static RegistrationState? Arrive(Capacity capacity, Occupancy now, int seats)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        ArgumentNullException.ThrowIfNull(now);
        if (Free(capacity, now.Taken) is not { } free || (seats <= free && now.Waiting.All(party => party.Seats > free)))
        {
            return RegistrationState.Registered;
        }

        return capacity.WaitingPlaces is { } room && now.Waiting.Sum(party => party.Seats) + seats > room ? null
            : RegistrationState.Waiting;
    }

    /// <summary>Those that move up now, in order of arrival: a group waits for all its seats, and smaller ones pass it.</summary>
    /// <param name="capacity">Of the pool.</param>
    /// <param name="now">What is taken and waits.</param>
    /// <param name="time">UTC.</param>
    /// <param name="start">UTC, of the event or session.</param>
    public static IReadOnlyList<Move> Advance(Capacity capacity, Occupancy now, DateTime time, DateTime start)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        ArgumentNullException.ThrowIfNull(now);
        var last = start - LastMove;
        if (time >= last)
        {
            return [];
        }

        DateTime? ends = time < start - OffersFrom ? null : time + OfferLasts < last ? time + OfferLasts : last;
        var free = Free(capacity, now.Taken) ?? int.MaxValue;
        var moves = new List<Move>();
        foreach (var party in now.Waiting.OrderBy(party => party.Arrival))
        {
            if (party.Seats <= free)
            {
                free -= party.Seats;
                moves.Add(new Move(party.Id, ends));
            }
        }

        return moves;
    }

    /// <summary>Why nothing of the waiting list moves.</summary>
    /// <inheritdoc cref="Advance"/>
    public static Standstill WhyStill(Capacity capacity, Occupancy now, DateTime time, DateTime start)
    {
        ArgumentNullException.ThrowIfNull(now);
        var free = Free(capacity, now.Taken) ?? int.MaxValue;
        return now.Waiting.Count == 0 ? Standstill.None
            : free == 0 ? Standstill.NoPlace
            : now.Waiting.All(party => party.Seats > free) ? Standstill.TooFewTogether
            : time >= start - LastMove ? Standstill.TooLate
            : Standstill.None;
    }
}
