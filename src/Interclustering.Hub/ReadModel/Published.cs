using Interclustering.Contracts;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.ReadModel;

/// <summary>A publication as the national site shows it. A members' item keeps title, dates, cluster, and nothing else.</summary>
public sealed record Published(
    string Id, string Kind, Cluster Owner, PublishedItem Item, long Revision, DateTime PublishedAt, DateTime RevisedAt, long Position)
    : IPositioned
{
    public string Title => Item.Title;

    /// <summary>A joint webinar: <see cref="Id"/> is its dossier's.</summary>
    public bool IsJoint { get; init; }

    /// <summary>Clusters that organise it beside its owner, of several that were published apart: where each has published it.</summary>
    public IReadOnlyList<(string Id, Cluster Owner)> Parts { get; init; } = [];

    /// <summary>The last part of the address: for people, not for identity.</summary>
    public string Slug => field ??= FoldedText.Slug(Item.Title);

    /// <summary>What suggestions begin with; made when first asked for.</summary>
    public IReadOnlyList<string> TitleWords => field ??= FoldedText.WordsOf(Item.Title);

    /// <summary>
    /// INSEE codes of the regions in which it counts: where it takes place, and online those of every cluster that organises it. None for a
    /// members' item.
    /// </summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>
    /// Ids of the people whom it names: speakers and contact of an event, owner and contacts of a sheet. None of a members' item.
    /// </summary>
    public IEnumerable<string> NamedPeople => Item switch
    {
        _ when ForMembers => [],
        Event happening => happening.Contact is { } contact ? happening.Speakers.Append(contact) : happening.Speakers,
        BestPractice sheet => sheet.Owner is { } owner ? sheet.Contacts.Append(owner) : sheet.Contacts,
        _ => [],
    };

    public bool ForMembers => Item.Visibility == Visibility.Members;

    /// <summary>
    /// A webinar with a replay of which nothing was to come at its last revision: there is nothing to register for. By the revision and
    /// not by the clock, as a calendar's lines are.
    /// </summary>
    public bool IsToWatchAgain => Item is Webinar { ReplayUrl: not null } webinar && ParisDay.Of(RevisedAt) is var revised
        && EventTimes.Of(webinar, DateOnly.FromDateTime(revised)).All(time => EndOf(time) <= revised);

    public string Path => Kind == Kinds.BestPractice ? $"/ressources/{Id}/{Slug}" : $"/evenements/{Id}/{Slug}";

    /// <summary>What a filter's text is looked for in: folded words of what is public; made when first asked for.</summary>
    public string Folded => field ??= FoldedText.Of(string.Join(' ', (string?[])
    [
        Item.Title, Owner.Name, Item.Summary, Item.Text, (Item as Event)?.Place?.Name, (Item as Event)?.Place?.City, .. Item.Themes,
    ]));

    /// <inheritdoc cref="Regions"/>
    public static IReadOnlyList<string> RegionsOf(PublishedItem item, Cluster owner, FederationDirectory directory)
    {
        if (item is not Event happening || item.Visibility != Visibility.Public)
        {
            return [];
        }

        var organisers = item.CoOrganisers.Select(directory.Find).OfType<Cluster>().Prepend(owner).Select(cluster => cluster.Insee)
            .Distinct();
        var place = happening.Place?.Region ?? Ui.Words.Regions.OfPostalCode(happening.Place?.PostalCode);
        return (happening.MovedOnline ? Attendance.Online : happening.Attendance) switch
        {
            Attendance.Online => [.. organisers],
            Attendance.Hybrid => [.. organisers.Prepend(place ?? owner.Insee).Distinct()],
            _ => [place ?? owner.Insee],
        };
    }

    /// <summary>
    /// The public view of an item, decided once for all pages, feeds, calendars and filters: of a members' item its public fields; of an
    /// event that is followed online, or has moved there, no place; and its zone by a name that every reader knows.
    /// </summary>
    /// <param name="item">As its cluster has published it.</param>
    /// <param name="today">In Paris: of a members' series, the days over which it is followed.</param>
    public static PublishedItem AsShown(PublishedItem item, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item is not Event happening)
        {
            return item.Visibility == Visibility.Members ? Redact(item, today) : item;
        }

        var zone = TimeZones.NameOf(happening.TimeZone) ?? TimeZones.Paris;
        var zoned = happening.TimeZone == zone ? happening : happening with { TimeZone = zone };
        return item.Visibility == Visibility.Members ? Redact(zoned, today)
            : zoned.MovedOnline || zoned.Attendance == Attendance.Online ? zoned with { Attendance = Attendance.Online, Place = null }
            : zoned;
    }

    /// <summary>Of a members' item only title, days, cluster, and that a day no longer holds: not even that it is a webinar.</summary>
    public static PublishedItem Redact(PublishedItem item, DateOnly today) => item switch
    {
        Event happening => new Event
        {
            Nonce = "",
            Title = item.Title,
            Visibility = Visibility.Members,
            Sessions = DaysOf(happening, today),
            Status = StatusOf(happening)
        },
        null => throw new ArgumentNullException(nameof(item)),
        _ => new BestPractice { Nonce = "", Title = item.Title, Visibility = Visibility.Members },
    };

    /// <summary>In Paris. What ends at midnight has the day before as its last one; a start without an end stands for it.</summary>
    private static DateTime EndOf(EventTime time) => time switch
    {
        { Start: null } => time.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue),
        { End: { } end } when end == TimeOnly.MinValue => time.LastDay.AddDays(1).ToDateTime(end),
        { End: { } end } => time.LastDay.ToDateTime(end),
        { Start: { } start } => time.LastDay.ToDateTime(start),
    };

    private static string StatusOf(Event happening) => happening.Status is EventStatus.Cancelled or EventStatus.Postponed
        ? happening.Status : EventStatus.Confirmed;

    /// <summary>Every occurrence as days in Paris; a repeat, whose rule could tell the hour, becomes a session of its own.</summary>
    private static IReadOnlyList<Session> DaysOf(Event happening, DateOnly today) => [
        .. EventTimes.Of(happening, today).Select(time => new Session(
            time.Repeat is { } repeat ? $"{time.SessionId}.{repeat:yyyyMMdd}" : time.SessionId,
            DateWords.Iso(time.Day), DateWords.Iso(time.LastDay.AddDays(1)))),
    ];
}
