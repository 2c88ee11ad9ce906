using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations;

/// <summary>Whether one may register now.</summary>
public enum RegistrationWindow
{
    Open,
    NotYet,
    Closed,

    /// <summary>The event is cancelled, postponed without a date, or gone.</summary>
    CalledOff,
}

/// <summary>An event of this cluster for which one registers here.</summary>
/// <param name="Id">Of the event or webinar.</param>
/// <param name="Revision">Of what is published.</param>
/// <param name="Item">As it is published.</param>
/// <param name="IsPublic">False once it was withdrawn.</param>
public sealed record RegistrableEvent(string Id, long Revision, Event Item, bool IsPublic)
{
    /// <summary>A form that was open counts for so long after the end.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public RegistrationTerms Terms => Item.Registration ?? new RegistrationTerms { Places = 0 };

    public Capacity Capacity => new(Terms.Places, Terms.WaitingPlaces);

    /// <summary>What is registered for apart: the ids of its sessions, or the empty id of the whole event.</summary>
    public IReadOnlyList<string> Pools => Terms.PerSession ? [.. Item.Sessions.Select(session => session.Id)] : [""];

    /// <summary>Whether it still takes place as said.</summary>
    public bool IsOn => IsPublic && Item.Status is not (EventStatus.Cancelled or EventStatus.Postponed);

    /// <summary>Null where this cluster publishes no such event, or takes no registrations for it.</summary>
    public static async Task<RegistrableEvent?> FindAsync(NodeContext db, string id, CancellationToken cancellation) =>
        await OwnPublications.FindAsync(db, id, cancellation) is { State: not PublicationState.Draft } copy ? Of(copy) : null;

    /// <inheritdoc cref="FindAsync"/>
    public static RegistrableEvent? Of(WorkingCopy copy)
    {
        ArgumentNullException.ThrowIfNull(copy);
        return PublicationText.Read(copy.Kind, copy.Data) is Event { Registration: not null } item
            ? new RegistrableEvent(copy.Subject, copy.Revision, item, copy.State == PublicationState.Published) : null;
    }

    /// <summary>Of a pool; the first one where the session is no longer there.</summary>
    public Session SessionOf(string pool) => Item.Sessions.FirstOrDefault(session => session.Id == pool) ?? Item.Sessions[0];

    /// <summary>When a pool takes place, in Paris.</summary>
    public EventTime TimeOf(string pool) => EventTimes.At(SessionOf(pool), Item.TimeZone, TimeSpan.Zero);

    /// <summary>UTC; a day begins at midnight.</summary>
    public DateTime StartOf(string pool) => EventTimes.ToUtc(EventTimes.Local(SessionOf(pool).Start), Item.TimeZone);

    /// <summary>UTC, of the last session.</summary>
    public DateTime End => Item.Sessions.Select(session =>
        EventTimes.ToUtc(EventTimes.Local(session.End ?? session.Start), Item.TimeZone)).Max();

    /// <summary>UTC; null for at once.</summary>
    public DateTime? Opens => Terms.Opens is { } opens ? EventTimes.ToUtc(EventTimes.Local(opens), Item.TimeZone) : null;

    /// <summary>UTC, of a pool: the time that was set, and never after its start.</summary>
    public DateTime ClosesFor(string pool)
    {
        var start = StartOf(pool);
        return Terms.Closes is { } closes && EventTimes.ToUtc(EventTimes.Local(closes), Item.TimeZone) is var set && set < start
            ? set : start;
    }

    /// <param name="pool">Of the event.</param>
    /// <param name="now">UTC, of this node.</param>
    /// <param name="hadOpenForm">The form was on the person's screen before the end.</param>
    public RegistrationWindow WindowOf(string pool, DateTime now, bool hadOpenForm = false) =>
        !IsOn || !Pools.Contains(pool) ? RegistrationWindow.CalledOff
        : now < Opens ? RegistrationWindow.NotYet
        : now < ClosesFor(pool) + (hadOpenForm ? Grace : TimeSpan.Zero) ? RegistrationWindow.Open
        : RegistrationWindow.Closed;

    /// <summary>What those who are registered are told once it differs: times, place, link, and whether it takes place.</summary>
    public string ToTell(string pool)
    {
        var session = SessionOf(pool);
        return string.Join('\n', session.Start, session.End, Item.TimeZone,
            IsPublic ? Item.Status : EventStatus.Cancelled, Item.MovedOnline,
            Item.Place?.Name, Item.Place?.Street, Item.Place?.PostalCode, Item.Place?.City, Item.OnlineUrl,
            (Item as Webinar)?.PlatformUrl).ToLower(CultureInfo.InvariantCulture);
    }
}
