using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>
/// What a cluster says of being a co-organiser of an event: the co-organiser for itself, or the event's owner about it. The national site
/// names a co-organiser once both want it: the event names the cluster in <c>coOrganisers</c>, and the cluster has agreed. Of several of
/// one cluster about one event and co-organiser, the one with the last id counts. For the teams of all clusters: nothing public shows it.
/// </summary>
public sealed record CoOrganisation : Publication
{
    /// <summary>Id of the event or webinar.</summary>
    public required string Event { get; init; }

    /// <summary>Code of the co-organiser.</summary>
    public required string Cluster { get; init; }

    /// <summary>One of <see cref="CoOrganisationAnswers"/>. Of a cluster that the event does not name, <c>agreed</c> asks for it.</summary>
    public required string Answer { get; init; }

    /// <summary>What the co-organiser would say otherwise; the owner takes over what it wants.</summary>
    public ProposedCorrections? Corrections { get; init; }

    /// <summary>Of the co-organiser: where its own people register, https; absent while they do not at its own.</summary>
    public string? RegistrationUrl { get; init; }

    /// <summary>Of the co-organiser: how they do, where that is its own node.</summary>
    public RegistrationTerms? Registration { get; init; }

    /// <summary>Of the owner: the revision of the co-organiser's record up to which it has looked at corrections.</summary>
    public long? Considered { get; init; }
}

/// <summary>What is said of being a co-organiser.</summary>
public static class CoOrganisationAnswers
{
    public const string Agreed = "agreed";
    public const string Declined = "declined";
    public static IReadOnlyList<string> All { get; } = [Agreed, Declined];
}

/// <summary>Fields of an event as a co-organiser would write them; absent where nothing is to change.</summary>
public sealed record ProposedCorrections
{
    /// <summary>As <see cref="PublishedItem.Title"/>.</summary>
    public string? Title { get; init; }

    /// <summary>As <see cref="PublishedItem.Summary"/>.</summary>
    public string? Summary { get; init; }

    /// <summary>As <see cref="PublishedItem.Text"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Of the first session, as <see cref="Session.Start"/>.</summary>
    public string? Start { get; init; }

    /// <summary>Of the first session, as <see cref="Session.End"/>.</summary>
    public string? End { get; init; }

    /// <summary>As <see cref="Event.Place"/>.</summary>
    public Place? Place { get; init; }

    /// <summary>As <see cref="Event.RegistrationUrl"/>.</summary>
    public string? RegistrationUrl { get; init; }

    /// <summary>A word to the owner, plain text, at most 1,000 characters.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
