using Interclustering.Contracts;

namespace Interclustering.Hub.Agenda;

/// <summary>A publication as the national site shows it. A members' item keeps title, dates, cluster, and nothing else.</summary>
public sealed record Published(
    string Id, string Kind, Cluster Owner, PublishedItem Item, long Revision, DateTime PublishedAt, DateTime RevisedAt, long Position)
{
    public string Title => Item.Title;

    /// <summary>The last part of the address: for people, not for identity.</summary>
    public string Slug { get; } = Texts.Slug(Item.Title);

    public bool ForMembers => Item.Visibility == Visibility.Members;

    public string Path => Kind == Kinds.BestPractice ? $"/ressources/{Id}/{Slug}" : $"/evenements/{Id}/{Slug}";

    /// <summary>What a search looks at: folded words of what everybody may see.</summary>
    public string Folded { get; } = Texts.Fold(string.Join(' ', (string?[])
    [
        Item.Title, Owner.Name, Item.Summary, Item.Text, (Item as Event)?.Place?.Name, (Item as Event)?.Place?.City, .. Item.Themes,
    ]));

    /// <summary>What a members' item shows to everybody: four fields.</summary>
    public static PublishedItem Redact(PublishedItem item) => item switch
    {
        Webinar webinar => new Webinar { Nonce = "", Title = item.Title, Visibility = Visibility.Members, TimeZone = webinar.TimeZone, Sessions = DaysOf(webinar) },
        Event happening => new Event { Nonce = "", Title = item.Title, Visibility = Visibility.Members, TimeZone = happening.TimeZone, Sessions = DaysOf(happening) },
        _ => new BestPractice { Nonce = "", Title = item.Title, Visibility = Visibility.Members },
    };

    private static IReadOnlyList<Session> DaysOf(Event happening) =>
        [.. happening.Sessions.Select(session => new Session(session.Id, session.Start[..10]))];
}

/// <summary>One time at which an event takes place, in Paris.</summary>
public sealed record Occurrence(Published Event, string SessionId, string? Label, DateOnly Day, TimeOnly? Start, DateOnly LastDay, TimeOnly? End);
