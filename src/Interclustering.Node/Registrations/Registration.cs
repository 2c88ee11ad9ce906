namespace Interclustering.Node.Registrations;

/// <summary>
/// One person's registration for an event, or for one session of it. What tells the person is encrypted; it goes after a set time, and
/// the row stays as a count.
/// </summary>
public sealed class Registration
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Id of the event or webinar.</summary>
    public required string Event { get; init; }

    /// <summary>Id of the session; empty for the whole event.</summary>
    public string Session { get; init; } = "";
    public RegistrationState State { get; set; }

    /// <summary>One or more.</summary>
    public int Seats { get; set; }

    /// <summary>Counted in the pool when it was confirmed: lower came before. 0 before that.</summary>
    public long Arrival { get; set; }

    /// <summary>UTC: when it was asked for last.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>UTC; null before.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>UTC: until when seats are held for <see cref="RegistrationState.Offered"/>.</summary>
    public DateTime? OfferEnds { get; set; }

    /// <summary>Keyed digest of the address: the same address is one registration. Emptied with the name.</summary>
    public required string AddressKey { get; set; }

    /// <summary>A <see cref="Registrant"/>, encrypted; emptied after a set time.</summary>
    public required string Sealed { get; set; }

    /// <summary>Raised by each change of state: a mail about an earlier one is void.</summary>
    public int Revision { get; set; }

    /// <summary>Of the entry in the person's calendar (RFC 5545 §3.8.7.4): raised by each mail that holds it.</summary>
    public int Sequence { get; set; }

    /// <summary>Language of its mails.</summary>
    public string Language { get; set; } = "fr";

    /// <summary>Whether the person came; null while it is not known.</summary>
    public bool? Present { get; set; }

    /// <summary>Whether its seats count as taken.</summary>
    public bool HoldsSeats => State is RegistrationState.Registered or RegistrationState.Offered;

    /// <summary>Whether the person takes part, or may still.</summary>
    public bool IsOpen => HoldsSeats || State == RegistrationState.Waiting;
}

/// <summary>
/// The registrations for an event, or for one session of it. Its row is the lock: who decides about a seat raises <see cref="Arrivals"/>
/// first, in the same transaction.
/// </summary>
public sealed class RegistrationPool
{
    public required string Event { get; init; }

    /// <summary>Id of the session; empty for the whole event.</summary>
    public string Session { get; init; } = "";

    /// <summary>How often it was locked: gives each registration its place in the order of arrival.</summary>
    public long Arrivals { get; set; }

    /// <summary>Digest of what those who are registered were last told of the event; empty before the first.</summary>
    public string Told { get; set; } = "";

    /// <summary>The start that they were told last, as the contract writes it.</summary>
    public string ToldStart { get; set; } = "";

    /// <summary>The start that they had been told before that; empty where it never changed.</summary>
    public string StartBefore { get; set; } = "";

    /// <summary>The event as they were told of it, as it was published: a tombstone leaves nothing else to name it by.</summary>
    public string Item { get; set; } = "";

    /// <summary>UTC: when they were told of a change.</summary>
    public DateTime ToldAt { get; set; }
}

/// <summary>
/// A mail that is to be made: it names a registration and nothing of its person. It is made when it is sent, from what holds then.
/// </summary>
public sealed class RegistrationNotice
{
    public required Guid Registration { get; init; }

    /// <summary>One of <see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of the registration for its states, of the event for its changes, else of the clock: one mail for each.</summary>
    public required long Revision { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC: when it is tried next.</summary>
    public DateTime DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>UTC: when it was handed over, or found void; null before.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>What the mail server answered last, without the address; null where it took the mail.</summary>
    public string? Failure { get; set; }

    /// <summary>Due at once.</summary>
    public static RegistrationNotice For(Guid registration, string kind, long revision, DateTime now) => new()
    {
        Registration = registration,
        Kind = kind,
        Revision = revision,
        CreatedAt = now,
        DueAt = now,
    };
}

/// <summary>What a mail of a registration says.</summary>
internal static class NoticeKinds
{
    public const string Confirm = "confirm", Registered = "registered", Waiting = "waiting", MovedUp = "moved-up", Offered = "offered",
        Lapsed = "lapsed", Cancelled = "cancelled", Removed = "removed", Full = "full", Known = "known", Changed = "changed",
        CalledOff = "called-off", Afterwards = "afterwards", DayBefore = "day-before", HourBefore = "hour-before";

    /// <summary>Those about a state: void once the registration has another one.</summary>
    public static bool IsOfState(string kind) => kind is not (Changed or CalledOff or Afterwards or DayBefore or HourBefore or Known);
}
