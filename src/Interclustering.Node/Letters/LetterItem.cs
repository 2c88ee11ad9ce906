using System.Globalization;
using Interclustering.Contracts;

namespace Interclustering.Node.Letters;

/// <summary>A publication in a letter, and what a letter that was sent has said of it.</summary>
public sealed class LetterItem
{
    /// <summary>Status of what is no longer published, beside those of <see cref="EventStatus"/>.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Id of the letter.</summary>
    public required Guid Letter { get; init; }

    /// <summary>Of the publication, or of a joint webinar's dossier.</summary>
    public required string Subject { get; init; }

    /// <summary>From 1, in the order of the letter.</summary>
    public required int Position { get; init; }

    /// <summary>See <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Empty once the publication is erased, or gone with its last day.</summary>
    public required string Title { get; set; }

    /// <summary>That was shown; 0 in a draft.</summary>
    public long Revision { get; set; }

    /// <summary>The first date that was named, in Paris: <c>2026-12-10T09:00:00</c> or <c>2026-12-10</c>; null without one.</summary>
    public string? Start { get; set; }

    /// <summary>The last day of that date; null without one.</summary>
    public DateOnly? LastDay { get; set; }

    /// <summary>One of <see cref="EventStatus"/>, or <see cref="Withdrawn"/>; null for a sheet, and in a draft.</summary>
    public string? Status { get; set; }

    /// <summary>Remembers what is said of an event.</summary>
    /// <param name="revision">Its revision.</param>
    /// <param name="status">See <see cref="Status"/>.</param>
    /// <param name="time">The date that is named; null keeps the one that was named before.</param>
    /// <param name="withHour">False for what is for members: a letter names its days only.</param>
    public void Say(long revision, string? status, EventTime? time, bool withHour)
    {
        (Revision, Status) = (revision, status);
        if (time is not null)
        {
            (Start, LastDay) = (StartOf(time, withHour), time.LastDay);
        }
    }

    /// <summary>A date in the form of <see cref="Start"/>.</summary>
    public static string StartOf(EventTime time, bool withHour)
    {
        ArgumentNullException.ThrowIfNull(time);
        return withHour && time.Start is { } start
            ? time.Day.ToDateTime(start).ToString("s", CultureInfo.InvariantCulture)
            : time.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
