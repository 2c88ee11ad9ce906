using System.Globalization;
using System.Text.Json;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Ui.Markdown;

namespace Interclustering.Hub.Ingest;

/// <summary>Why an authentic entry is not applied. See <see cref="Quarantined.Reason"/>.</summary>
internal sealed record Rejection(string Reason, string Detail);

/// <summary>Whether an authentic entry can be applied. Kinds that are not known are accepted and forwarded.</summary>
internal static class EntryValidator
{
    private const int ShortestNonce = 22;
    private static readonly string[] Known =
    [
        Kinds.Event, Kinds.Webinar, Kinds.BestPractice, Kinds.Person, Kinds.DateHold, Kinds.CoOrganisation, Kinds.SameEvent,
        Kinds.RegistrationCount, Kinds.PlacesGiven, Kinds.LetterIssue, Kinds.JointWebinarFact, Kinds.Withdrawn,
    ];

    /// <summary>It never throws: whatever reading an entry fails with is a reason to set it aside.</summary>
    /// <param name="entry">As it came.</param>
    /// <param name="journal">Whose.</param>
    /// <param name="now">In UTC.</param>
    /// <param name="left">When its cluster left the federation; null while it takes part.</param>
    public static Rejection? Validate(JournalEntry entry, string journal, DateTime now, DateTimeOffset? left)
    {
        try
        {
            return ValidateEntry(entry, journal, now, left);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Its message may quote the content.
            return new Rejection("unreadable", $"Reading it fails: {exception.GetType().Name}.");
        }
    }

    /// <summary>The content alone, of version 1.</summary>
    public static Rejection? ValidateData(string kind, JsonElement data)
    {
        if (kind is Kinds.Accepted or Kinds.Quarantined or Kinds.JointWebinar)
        {
            return new Rejection("invalid", "Only the hub journals this kind.");
        }

        // A withdrawal is never rejected for its content.
        return kind is Kinds.Withdrawn or Kinds.JournalOpened ? null
            : ContentCheck.Of(kind, data) is [var first, ..] ? RejectionOf(first)
            : Render(kind, data);
    }

    private static Rejection? ValidateEntry(JournalEntry entry, string journal, DateTime now, DateTimeOffset? left)
    {
        if (Subjects.OwnerOf(entry.Subject) is { Length: > 0 } owner && owner != journal)
        {
            return new Rejection("foreign", $"Its subject is not {journal}'s.");
        }

        if (EntryCheck.Of(entry) is [var wrong, ..])
        {
            return RejectionOf(wrong);
        }

        if (EntryCheck.TimeOf(entry) > now + FederationLimits.Ahead)
        {
            return new Rejection("invalid", "Its time is more than a day ahead of this hub's clock.");
        }

        if (left is { } moment && EntryCheck.TimeOf(entry) >= moment)
        {
            // What was on its way counts.
            return new Rejection("left", string.Create(CultureInfo.InvariantCulture,
                $"It was journaled after {journal} left the federation at {moment.UtcDateTime:u}."));
        }

        if (Storable.Of(entry).Data is null != entry.Data is null)
        {
            return new Rejection("invalid", "Its data is larger than an entry may be, or nests too deep: it is not kept.");
        }

        if (entry.Data is not { } data)
        {
            // Withdrawn or erased since: the withdrawal comes later in the journal.
            return null;
        }

        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("origin", out _))
        {
            return new Rejection("invalid", "The name origin is kept for the hub's entries.");
        }

        var kind = Kinds.KindOf(entry.Type);
        if (kind != Kinds.Withdrawn && Known.Contains(kind) && HasShortNonce(data))
        {
            return new Rejection(
                "invalid", $"Its nonce is shorter than {ShortestNonce} characters: its digest could be guessed back into its data.");
        }

        return Known.Contains(kind) && Kinds.VersionOf(entry.Type) != 1
            ? new Rejection(
                "future", $"Version {Kinds.VersionOf(entry.Type)} of {kind} is not known to this hub: it can be applied after an upgrade.")
            : ValidateData(kind, data);
    }

    private static bool HasShortNonce(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("nonce", out var nonce)
            && nonce is { ValueKind: JsonValueKind.String }
        && nonce.GetString()!.Length < ShortestNonce;

    /// <summary>Renders its texts once, as pages will: a text that can't be rendered is set aside before any reader asks for it.</summary>
    private static Rejection? Render(string kind, JsonElement data)
    {
        if (kind is Kinds.Event or Kinds.Webinar or Kinds.BestPractice && data.TryGetProperty("text", out var text))
        {
            _ = MarkdownText.ToHtml(text.GetString());
            _ = MarkdownText.ToPlain(text.GetString());
        }

        return null;
    }

    private static Rejection RejectionOf(ContentProblem problem) =>
        new(problem.Rule is ContentRules.Form or ContentRules.Missing ? "unreadable" : "invalid", problem.Detail);
}
