using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Feeds;

/// <summary>
/// What a program wants to know of a publication, in the words of the contracts. Of a members' item: title, days, cluster, and that it is
/// one.
/// </summary>
internal sealed record ItemFacts
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Cluster { get; init; }
    public required long Revision { get; init; }
    public required string Visibility { get; init; }
    public string? Status { get; init; }
    public string? TimeZone { get; init; }
    public IReadOnlyList<Session>? Sessions { get; init; }
    public Recurrence? Recurrence { get; init; }
    public string? PreviousStart { get; init; }
    public string? Attendance { get; init; }
    public string? Format { get; init; }
    public Place? Place { get; init; }
    public string? OnlineUrl { get; init; }
    public string? RegistrationUrl { get; init; }
    public IReadOnlyList<string>? Themes { get; init; }
    public IReadOnlyList<string>? Audiences { get; init; }
    public IReadOnlyList<string>? CoOrganisers { get; init; }

    public static ItemFacts Of(Published published)
    {
        var happening = published.Item as Event;
        var facts = new ItemFacts
        {
            Id = published.Id,
            Kind = published.Kind,
            Cluster = published.Owner.Code,
            Revision = published.Revision,
            Visibility = published.Item.Visibility,
            Status = happening?.Status,
            Sessions = happening?.Sessions,
        };
        return published.ForMembers ? facts : facts with
        {
            TimeZone = happening?.TimeZone,
            Recurrence = happening?.Recurrence,
            PreviousStart = happening?.PreviousStart,
            Attendance = happening?.Attendance,
            Format = happening?.Format,
            Place = happening?.Place,
            OnlineUrl = happening is null ? null : EventWords.Online(happening)?.AbsoluteUri,
            RegistrationUrl = happening?.RegistrationUrl,
            Themes = published.Item.Themes,
            Audiences = published.Item.Audiences,
            CoOrganisers = published.Item.CoOrganisers,
        };
    }
}
