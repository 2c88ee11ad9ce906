using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;

namespace Interclustering.Node.Publishing.Editor;

/// <summary>
/// Publications as the text that a working copy keeps: canonical JSON with an empty nonce, so that equal content is equal text.
/// </summary>
public static class PublicationText
{
    public static string KindOf(Publication publication) => publication switch
    {
        Webinar => Kinds.Webinar,
        Event => Kinds.Event,
        BestPractice => Kinds.BestPractice,
        Person => Kinds.Person,
        DateHold => Kinds.DateHold,
        CoOrganisation => Kinds.CoOrganisation,
        SameEvent => Kinds.SameEvent,
        RegistrationCount => Kinds.RegistrationCount,
        PlacesGiven => Kinds.PlacesGiven,
        LetterIssue => Kinds.LetterIssue,
        _ => throw new ArgumentException($"{publication.GetType().Name} is not published by the editor.", nameof(publication)),
    };

    public static string Of(Publication publication) => CanonicalJson.Of(Json(publication with { Nonce = "" }));

    public static string WithNonce(Publication publication) => Json(publication with { Nonce = Nonce.Create() });

    public static Publication Read(string kind, string text) => kind switch
    {
        Kinds.Webinar => Read<Webinar>(text),
        Kinds.Event => Read<Event>(text),
        Kinds.BestPractice => Read<BestPractice>(text),
        Kinds.Person => Read<Person>(text),
        Kinds.DateHold => Read<DateHold>(text),
        Kinds.CoOrganisation => Read<CoOrganisation>(text),
        Kinds.SameEvent => Read<SameEvent>(text),
        Kinds.RegistrationCount => Read<RegistrationCount>(text),
        Kinds.PlacesGiven => Read<PlacesGiven>(text),
        Kinds.LetterIssue => Read<LetterIssue>(text),
        _ => throw new ArgumentException($"Unknown kind {kind}.", nameof(kind)),
    };

    public static string TitleOf(Publication publication) => publication switch
    {
        PublishedItem item => item.Title,
        Person person => person.Name,
        DateHold hold => hold.Title,
        _ => "",
    };

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(NullEntries.Without(text), ContractJson.Options)!;

    private static string Json(Publication publication) =>
        JsonSerializer.Serialize(publication, publication.GetType(), ContractJson.Options);
}
