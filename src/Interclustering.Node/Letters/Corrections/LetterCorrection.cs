using Interclustering.Contracts;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Sharing;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Letters.Corrections;

/// <summary>What has become of an item since a letter told of it.</summary>
public enum LetterChange
{
    Moved,
    Cancelled,
    Postponed,
    Withdrawn,

    /// <summary>It was cancelled or without a date, and takes place again.</summary>
    Maintained,
}

/// <summary>Something that a letter has said and that is no longer so.</summary>
/// <param name="Told">As the last letter said it, a correction included.</param>
/// <param name="SentAt">When that letter was sent, UTC.</param>
/// <param name="Change">What has become of it.</param>
/// <param name="Now">Null once it is withdrawn.</param>
public sealed record LetterCorrection(LetterItem Told, DateTime SentAt, LetterChange Change, NationalItem? Now)
{
    private const int MostNamed = 4;

    /// <summary>Null while what was said still holds.</summary>
    /// <param name="told">A date that is still to come.</param>
    /// <param name="sentAt">UTC.</param>
    /// <param name="now">The item; null where it is no longer published.</param>
    /// <param name="today">In Paris.</param>
    internal static LetterCorrection? Of(LetterItem told, DateTime sentAt, NationalItem? now, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(told);
        var happening = now?.Publication as Event;
        LetterChange? change = (Standing(told.Status), Standing(happening?.Status ?? LetterItem.Withdrawn)) switch
        {
            (EventStatus.Confirmed, EventStatus.Confirmed) => IsMoved(told, happening!, today) ? LetterChange.Moved : null,
            var (before, after) when before == after => null,
            (_, EventStatus.Cancelled) => LetterChange.Cancelled,
            (_, EventStatus.Postponed) => LetterChange.Postponed,
            (_, LetterItem.Withdrawn) => LetterChange.Withdrawn,
            _ => LetterChange.Maintained,
        };
        return change is { } some ? new LetterCorrection(told, sentAt, some, now) : null;
    }

    /// <summary>In one line, for lists.</summary>
    public string InWords => Change switch
    {
        LetterChange.Moved => T["Nouvelle date"],
        LetterChange.Cancelled => T["Annulé"],
        LetterChange.Postponed => T["Reporté, date à fixer"],
        LetterChange.Withdrawn => T["Retiré du programme"],
        _ => T["Finalement maintenu"],
    };

    /// <summary>As the correction tells of it: the old date, then the new one.</summary>
    internal LetterEntry Announce(DateOnly today, string site, FederationDirectory directory)
    {
        var before = Told.Start is { } start ? T["Était annoncé : {0}", Moments.Start(start)] : null;
        if (Now is null)
        {
            return new LetterEntry
            {
                Title = SafeText.OneLine(Told.Title),
                Mark = InWords,
                Who = Vocabulary.Label(Told.Kind),
                Facts = [.. ((string?[])[before]).OfType<string>()],
            };
        }

        var now = LetterEntry.Of(Now, today, site, directory, withPicture: false);
        var after = Change is LetterChange.Moved or LetterChange.Maintained ? WhenNow(today) : null;
        return now with
        {
            Mark = InWords,
            Facts = [.. ((string?[])[before, after, SharedPlace]).OfType<string>().Select(SafeText.OneLine)],
            Summary = (Now.Publication as Event)?.StatusReason is { } reason && IsPublic ? SafeText.OneLine(reason) : null,
            Call = T["Plus d’informations"],
        };
    }

    /// <summary>What a letter that tells of the change has said.</summary>
    /// <param name="letter">Its id.</param>
    /// <param name="position">From 1.</param>
    /// <param name="today">In Paris.</param>
    internal LetterItem Said(Guid letter, int position, DateOnly today)
    {
        var said = new LetterItem
        {
            Letter = letter,
            Subject = Told.Subject,
            Position = position,
            Kind = Told.Kind,
            Title = Now?.Title ?? Told.Title,
            // The date that was named before counts until it is over: those who noted it may be told again that it holds.
            Start = Told.Start,
            LastDay = Told.LastDay,
        };
        var happening = Now?.Publication as Event;
        said.Say(Now?.Revision ?? Told.Revision, happening?.Status ?? LetterItem.Withdrawn,
            happening is { Status: EventStatus.Confirmed or EventStatus.Rescheduled } ? LetterEntry.FirstOf(happening, today) : null,
                IsPublic);
        return said;
    }

    private bool IsPublic => Now?.Publication is PublishedItem { Visibility: Visibility.Public };

    private string? SharedPlace => IsPublic && Change is LetterChange.Moved or LetterChange.Maintained
        ? SharingText.Where((Event)Now!.Publication) : null;

    /// <summary>The new date; of several that are ahead the first ones, as any of them may be the one that has moved.</summary>
    private string? WhenNow(DateOnly today)
    {
        var happening = (Event)Now!.Publication;
        var ahead = EventTimes.Of(happening, today).Where(time => time.LastDay >= today).OrderBy(time => time.Day)
            .ThenBy(time => time.Start).ToList();
        if (ahead.Count is > 1 and var dates)
        {
            var first = string.Join(" ; ", ahead.Take(MostNamed).Select(DateOf));
            return dates > MostNamed ? T["Dates désormais : {0}…", first] : T["Dates désormais : {0}", first];
        }

        // « Nouvelle date : » stands before it already where the event says itself that it was moved.
        var when = LetterEntry.WhenOf(Now with { Publication = happening with { Status = EventStatus.Confirmed } }, today);
        return when is null ? null : T["Nouvelle date : {0}", char.ToLower(when[0], Language.Culture) + when[1..]];
    }

    private string DateOf(EventTime time) => IsPublic && time.Start is { } start && time.LastDay == time.Day
        ? $"{DateWords.InFull(time.Day)}, {DateWords.Hours(start, time.End)}" : DateWords.InFull(time.Day, time.LastDay);

    private static string Standing(string? status) => status is EventStatus.Rescheduled or null ? EventStatus.Confirmed : status;

    private static bool IsMoved(LetterItem told, Event happening, DateOnly today) => told.Start is { } start
        && EventTimes.Of(happening, today).All(time => LetterItem.StartOf(time, start.Length > "2026-12-10".Length) != start);
}
