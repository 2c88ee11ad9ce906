using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Files;
using Interclustering.Hub.Agenda;

namespace Interclustering.Hub.Ingest;

/// <summary>Why an authentic entry is not applied. See <see cref="Quarantined.Reason"/>.</summary>
internal sealed record Verdict(string Reason, string Detail);

/// <summary>Whether an authentic entry can be applied. A kind of the future is: it is kept and handed on.</summary>
internal static class ReadEntry
{
    private const int MaxTitle = 200;
    private static readonly string[] Known = [Kinds.Event, Kinds.Webinar, Kinds.BestPractice, Kinds.Person, Kinds.DateHold, Kinds.JointWebinarFact, Kinds.Withdrawn];

    public static Verdict? Judge(JournalEntry entry, string journal)
    {
        if (Subjects.OwnerOf(entry.Subject) != journal)
        {
            return new Verdict("foreign", $"The subject {entry.Subject} is not {journal}'s.");
        }

        if (entry.Data is not { } data)
        {
            // Withdrawn or erased since: what erased it follows.
            return null;
        }

        if (Known.Contains(Kinds.KindOf(entry.Type)) && Kinds.VersionOf(entry.Type) != 1)
        {
            return new Verdict("future", $"Version {Kinds.VersionOf(entry.Type)} of {Kinds.KindOf(entry.Type)} is not known to this hub: it can be applied after an upgrade.");
        }

        return JudgeData(Kinds.KindOf(entry.Type), data);
    }

    /// <summary>The content alone, of version 1.</summary>
    public static Verdict? JudgeData(string kind, JsonElement data)
    {
        try
        {
            return kind switch
            {
                Kinds.Event => JudgeEvent(data.Deserialize<Event>(ContractJson.Options)),
                Kinds.Webinar => JudgeEvent(data.Deserialize<Webinar>(ContractJson.Options)),
                Kinds.BestPractice => JudgeItem(data.Deserialize<BestPractice>(ContractJson.Options)),
                Kinds.Person => data.Deserialize<Person>(ContractJson.Options) is { Name.Length: > 0 } ? null : Invalid("A person has a name."),
                Kinds.DateHold => JudgeHold(data.Deserialize<DateHold>(ContractJson.Options)),
                Kinds.JointWebinarFact => JudgeFact.Refuse(data.Deserialize<JointWebinarFact>(ContractJson.Options)) is { } wrong ? Invalid(wrong) : null,
                // Whatever its reason says: a text that its owner takes back does not stay.
                Kinds.Withdrawn => null,
                Kinds.JournalOpened => null,
                Kinds.Accepted or Kinds.Quarantined or Kinds.JointWebinar => Invalid("Only the hub journals this kind."),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Where, and never what: an erasure has to reach everything that was written.
            return new Verdict("unreadable", exception is JsonException { Path: { } path } ? $"{path} has another form than expected." : "Its content has another form than expected.");
        }
    }

    private static Verdict? JudgeItem(PublishedItem? item) => item switch
    {
        null => Invalid("An object is expected."),
        { Title: var title } when string.IsNullOrWhiteSpace(title) || title.Length > MaxTitle => Invalid($"A title has 1 to {MaxTitle} characters."),
        _ when !Visibility.All.Contains(item.Visibility) => Invalid($"Visibility {item.Visibility} is not known."),
        _ when PublishedFiles.Refuse(PublishedFiles.Of(item)) is { } wrong => Invalid(wrong),
        _ => AddressesOf(item).All(IsWebAddress) ? null : Invalid("An address is none of the web: http or https is expected."),
    };

    /// <summary>Every address that a page would make a link of.</summary>
    private static IEnumerable<string> AddressesOf(PublishedItem item) => ((string?[])
    [
        item.Url, (item as Event)?.OnlineUrl, (item as Event)?.RegistrationUrl, (item as Event)?.Image?.Url, (item as Webinar)?.PlatformUrl,
        (item as Webinar)?.ReplayUrl, .. ((item as Webinar)?.Slides ?? []).Select(link => link.Url),
        .. ((item as Webinar)?.Registrations ?? []).SelectMany(registration => new[] { registration.Url, registration.LogoUrl }),
        .. ((item as BestPractice)?.Attachments ?? []).Select(link => link.Url),
    ]).OfType<string>();

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    private static Verdict? JudgeEvent(Event? item)
    {
        if (JudgeItem(item) is { } verdict)
        {
            return verdict;
        }

        if (item!.Sessions.Count == 0)
        {
            return Invalid("An event has a session.");
        }

        var wrong = item.Sessions.FirstOrDefault(session => !IsLocal(session.Start) || (session.End is not null && !IsLocal(session.End)));
        return wrong is not null ? Invalid($"Session {wrong.Id} has no readable start or end.")
            : item.Recurrence is { } recurrence && Repetition.Judge(item.Sessions[0], recurrence, item.TimeZone) is { } reason ? Invalid(reason)
            : null;
    }

    private static Verdict? JudgeHold(DateHold? hold) =>
        hold is not { Title.Length: > 0 and <= MaxTitle } ? Invalid($"A title has 1 to {MaxTitle} characters.")
        : !IsLocal(hold.Start) || (hold.End is not null && !IsLocal(hold.End)) ? Invalid("A hold has a readable start and end.")
        : !DateOnly.TryParseExact(hold.ExpiresOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Invalid("A hold has a day on which it expires.")
        : null;

    private static bool IsLocal(string text) => DateTime.TryParseExact(
        text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static Verdict Invalid(string detail) => new("invalid", detail);
}
