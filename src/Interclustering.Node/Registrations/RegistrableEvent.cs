using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.JointWebinars;
using Interclustering.Node.Agreements;
using Interclustering.Node.NationalView;
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

/// <summary>
/// An event for which a cluster registers its own people: its own event, one that it co-organises, or a joint webinar that it takes part
/// in. It decides about its own places alone.
/// </summary>
/// <param name="Id">Of the event, webinar or dossier.</param>
/// <param name="Revision">Of what is published.</param>
/// <param name="Item">As it is published, with this cluster's own terms.</param>
/// <param name="IsPublic">False before it was announced, and once it was withdrawn.</param>
public sealed record RegistrableEvent(string Id, long Revision, Event Item, bool IsPublic)
{
    /// <summary>A form that was open counts for so long after the end.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Code of the cluster that leads it.</summary>
    public string Lead { get; init; } = Subjects.OwnerOf(Id);

    /// <summary>Codes of the clusters that organise it, the lead first.</summary>
    public IReadOnlyList<string> Organisers { get; init; } = [Subjects.OwnerOf(Id)];

    /// <summary>Places that others have given to this cluster, by session; the empty id for the whole event.</summary>
    public IReadOnlyDictionary<string, int> Received { get; init; } = new Dictionary<string, int>();

    /// <summary>This cluster registered for it, and has no part in it any more.</summary>
    public bool HasLeft { get; init; }

    /// <summary>Sessions that were taken out since people registered for them, as they were told of them, by id.</summary>
    public IReadOnlyDictionary<string, Session> TakenOut { get; init; } = new Dictionary<string, Session>();

    public RegistrationTerms Terms => Item.Registration ?? new RegistrationTerms { Places = 0 };

    /// <summary>What is registered for apart: the ids of its sessions, or the empty id of the whole event.</summary>
    public IReadOnlyList<string> Pools => Terms.PerSession ? [.. Item.Sessions.Select(session => session.Id)] : [""];

    /// <summary>Whether it still takes place as said.</summary>
    public bool IsOn => IsPublic && Item.Status is not (EventStatus.Cancelled or EventStatus.Postponed);

    /// <summary>Whether those who registered for a pool can still come.</summary>
    public bool TakesPlace(string pool) => IsOn && HasSession(pool);

    /// <summary>False for a session that was taken out.</summary>
    public bool HasSession(string pool) => pool.Length == 0 || Item.Sessions.Any(session => session.Id == pool);

    /// <summary>Null where this cluster does not register for it.</summary>
    /// <param name="db">Of the cluster.</param>
    /// <param name="own">Its code.</param>
    /// <param name="id">Of the event or dossier.</param>
    /// <param name="cancellation">Ends the wait for the database.</param>
    public static async Task<RegistrableEvent?> FindAsync(NodeContext db, string own, string id, CancellationToken cancellation) =>
        await AnyAsync(db, own, id, cancellation) is { Item.Registration: not null } found ? found with
        {
            Received = await ReceivedAsync(db, own, id, cancellation),
            TakenOut = await found.TakenOutAsync(db, cancellation),
        } : null;

    /// <summary>The same where it could register for it, and does not yet; null for what it has no part in.</summary>
    public static async Task<RegistrableEvent?> AnyAsync(NodeContext db, string own, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await OwnPublications.FindAsync(db, id, cancellation) is { State: not PublicationState.Draft } copy
            ? PublicationText.Read(copy.Kind, copy.Data) is Event item
                ? new RegistrableEvent(id, copy.Revision, item, copy.State == PublicationState.Published)
                { Organisers = [own, .. item.CoOrganisers] } : null
            : await Dossiers.FindAsync(db, own, id, cancellation) is { } dossier ? Of(dossier, own)
            : await OfOtherAsync(db, own, id, cancellation);
    }

    private static RegistrableEvent? Of(Dossier dossier, string own)
    {
        var part = dossier.Participations.GetValueOrDefault(own);
        var takesPart = dossier.Participants.Contains(own);
        if ((!takesPart && part?.Registration is null) || JointCalendar.Of(dossier) is not { } said)
        {
            return null;
        }

        return new RegistrableEvent(dossier.Id, said.Revision, said.Webinar with
        {
            Registration = part?.Registration,
            RegistrationUrl = part?.RegistrationUrl,
        }, takesPart)
        {
            Lead = dossier.Lead,
            Organisers = [dossier.Lead, .. dossier.Participants.Where(code => code != dossier.Lead)],
            HasLeft = !takesPart,
        };
    }

    /// <summary>An event of another cluster, with which both have agreed to organise it.</summary>
    private static async Task<RegistrableEvent?> OfOtherAsync(NodeContext db, string own, string id, CancellationToken cancellation)
    {
        var row = await db.Publications.AsNoTracking().SingleOrDefaultAsync(each => each.Journal == FederationDirectory.HubCode
            && each.Subject == id && (each.Kind == Kinds.Event || each.Kind == Kinds.Webinar || each.Data == null), cancellation);
        var said = row is null ? null : (await NodeAgreements.ReadAsync(db, cancellation)).OfCoOrganiser(id, own)?.Said;
        if (row is null || said is null)
        {
            return null;
        }

        // Of one that was withdrawn only what its people were told last is known.
        var text = row.Data ?? await db.RegistrationPools.AsNoTracking().Where(pool => pool.Event == id && pool.Item != "")
            .Select(pool => pool.Item).FirstOrDefaultAsync(cancellation);
        if (text is null || PublicationText.Read(row.Data is null ? Kinds.Event : row.Kind, text) is not Event item)
        {
            return null;
        }

        var takesPart = said.Answer == CoOrganisationAnswers.Agreed && item.CoOrganisers.Contains(own);
        return !takesPart && said.Registration is null ? null : new RegistrableEvent(id, row.Revision, item with
        {
            Registration = said.Registration,
            RegistrationUrl = said.RegistrationUrl,
        }, row.Data is not null && takesPart)
        { Organisers = [Subjects.OwnerOf(id), .. item.CoOrganisers], HasLeft = !takesPart };
    }

    private async Task<IReadOnlyDictionary<string, Session>> TakenOutAsync(NodeContext db, CancellationToken cancellation)
    {
        var told = await db.RegistrationPools.AsNoTracking().Where(pool => pool.Event == Id && pool.Session != "" && pool.Item != "")
            .Select(pool => new { pool.Session, pool.Item }).ToListAsync(cancellation);
        return told.Where(pool => !HasSession(pool.Session))
            .Select(pool => ((Event)PublicationText.Read(Kinds.Event, pool.Item)).Sessions.FirstOrDefault(each => each.Id == pool.Session))
            .OfType<Session>().ToDictionary(session => session.Id);
    }

    private static async Task<IReadOnlyDictionary<string, int>> ReceivedAsync(
        NodeContext db, string own, string id, CancellationToken cancellation)
    {
        var rows = await db.Publications.AsNoTracking().Where(row => row.Journal == FederationDirectory.HubCode
            && row.Kind == Kinds.PlacesGiven && row.Cluster != own && row.Data != null && row.Data.Contains(id)).ToListAsync(cancellation);
        return FaultIsolation.Shared.Each(rows, row => (row.Subject, row.Revision),
                row => (PlacesGiven)PublicationText.Read(row.Kind, row.Data!))
            .Where(given => given.Event == id && given.To == own)
            .GroupBy(given => given.Session ?? "").ToDictionary(pool => pool.Key, pool => pool.Sum(given => given.Count));
    }

    /// <summary>Of a pool; of the whole event the first one.</summary>
    public Session SessionOf(string pool) => Item.Sessions.FirstOrDefault(session => session.Id == pool)
        ?? TakenOut.GetValueOrDefault(pool) ?? Item.Sessions[0];

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
            IsPublic && HasSession(pool) ? Item.Status : EventStatus.Cancelled, Item.MovedOnline,
            Item.Place?.Name, Item.Place?.Street, Item.Place?.PostalCode, Item.Place?.City, Item.OnlineUrl,
            (Item as Webinar)?.PlatformUrl).ToLower(CultureInfo.InvariantCulture);
    }
}
