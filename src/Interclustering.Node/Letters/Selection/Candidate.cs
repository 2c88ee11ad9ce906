using Interclustering.Contracts;
using Interclustering.Node.Letters.Formats;
using Interclustering.Node.NationalView;

namespace Interclustering.Node.Letters.Selection;

/// <summary>Where an item stands in a letter.</summary>
public enum LetterPart
{
    Ours,
    Others,

    /// <summary>Sheets, and webinars that can be seen again.</summary>
    ToRead,
}

/// <summary>An item that a letter may tell of.</summary>
/// <param name="Item">Never one that is for teams.</param>
/// <param name="Part">Where it would stand.</param>
public sealed record Candidate(NationalItem Item, LetterPart Part)
{
    /// <summary>More than that are not listed: a narrower filter says which.</summary>
    public const int MostListed = 200;

    /// <summary>When it takes place; null without a date.</summary>
    public string? When { get; init; }

    /// <summary>UTC: when the last letter was sent, if it was in it.</summary>
    public DateTime? WasSentAt { get; init; }

    public bool IsCancelled => Item.Publication is Event { Status: EventStatus.Cancelled };

    /// <summary>Of what is to be read, only the own; the others' is there to be chosen from.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Ticked before a member has decided.</summary>
    public bool IsProposed => WasSentAt is null && !IsCancelled && (IsOurs || Part != LetterPart.ToRead);

    /// <summary>In the order of a letter: ours, then the others', then what is to be read; each by day and title.</summary>
    /// <param name="items">All that may be told of.</param>
    /// <param name="filter">What was asked for.</param>
    /// <param name="own">Code of the cluster.</param>
    /// <param name="last">The letter that was sent last, and what was in it; null before the first one.</param>
    /// <param name="kept">Subjects that were chosen before: listed, whatever the filter.</param>
    internal static IReadOnlyList<Candidate> Of(
        IReadOnlyList<NationalItem> items, LetterFilter filter, string own, SentLetter? last, IReadOnlySet<string> kept)
    {
        var newSince = last?.SentAt ?? filter.From.AddDays(-LetterFilter.UsualDays).ToDateTime(TimeOnly.MinValue);
        return
        [
            .. from item in items
                let day = DayOf(item, filter.From)
                where kept.Contains(item.Subject) || (filter.Matches(item) && (!filter.OnlyNews || item.RevisedAt >= newSince)
                    && (day is { } known ? known <= filter.To : IsToRead(item, filter.From) && item.RevisedAt >= newSince))
                let part = day is null && IsToRead(item, filter.From) ? LetterPart.ToRead : IsOf(item, own) ? LetterPart.Ours
                    : LetterPart.Others
                orderby part, day ?? DateOnly.MaxValue, part == LetterPart.ToRead ? -item.RevisedAt.Ticks : 0, item.Title, item.Subject
                select new Candidate(item, part)
                {
                    When = part == LetterPart.ToRead ? null : LetterEntry.WhenOf(item, filter.From),
                    IsOurs = IsOf(item, own),
                    WasSentAt = last?.Subjects.Contains(item.Subject) == true ? last.SentAt : null,
                },
        ];
    }

    /// <summary>The first day from a day on; of what is postponed, the day that was planned. Null for what has none.</summary>
    private static DateOnly? DayOf(NationalItem item, DateOnly from) => item.Publication is not Event happening ? null
        : happening.Status != EventStatus.Postponed ? LetterEntry.FirstOf(happening, from)?.Day
        : DateOnly.FromDateTime(EventTimes.Local(happening.PreviousStart ?? happening.Sessions[0].Start)) is var day && day >= from ? day
            : null;

    private static bool IsToRead(NationalItem item, DateOnly from) => item.Kind == Kinds.BestPractice
        || (item.Publication is Webinar { ReplayUrl: not null } webinar && LetterEntry.FirstOf(webinar, from) is null);

    private static bool IsOf(NationalItem item, string own) =>
        item.Cluster.Code == own || ((PublishedItem)item.Publication).CoOrganisers.Contains(own);
}

/// <summary>The letter that was sent last.</summary>
/// <param name="SentAt">UTC.</param>
/// <param name="Subjects">Of its items.</param>
public sealed record SentLetter(DateTime SentAt, IReadOnlySet<string> Subjects);
