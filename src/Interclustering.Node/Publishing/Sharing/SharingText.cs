using Interclustering.Contracts;
using Interclustering.Ui.Markdown;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Sharing;

/// <summary>A publication as the text of a post.</summary>
internal static class SharingText
{
    /// <summary>More is folded away by social networks.</summary>
    private const int MostOfText = 280;

    /// <summary>Whether a known date is still to come, or is today.</summary>
    public static bool IsAhead(Event happening, DateOnly today) =>
        happening.Status != EventStatus.Postponed && EventTimes.Of(happening, today).Any(time => time.LastDay >= today);

    /// <summary>Paragraphs apart, in the language of the thread.</summary>
    public static string Of(PublishedItem item, string link, string? calendar, DateOnly today)
    {
        var happening = item as Event;
        return string.Join("\n\n", ((string?[])
        [
            item.Title,
            happening is null ? null : string.Join('\n', ((string?[])[When(happening, today), Where(happening)]).OfType<string>()),
            Sentence(item),
            string.Join('\n', ((string?[])
            [
                Invitation(item, calendar is not null, link),
                calendar is null ? null : T["À ajouter à votre agenda : {0}", calendar],
            ]).OfType<string>()),
        ]).Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string Invitation(PublishedItem item, bool isAhead, string link) => item switch
    {
        BestPractice => T["À lire : {0}", link],
        Webinar { ReplayUrl: not null } => T["À revoir : {0}", link],
        Event { Full: true } => T["C’est complet. Plus d’informations : {0}", link],
        Event { RegistrationUrl: not null } when isAhead => T["Programme et inscription : {0}", link],
        _ => T["Plus d’informations : {0}", link],
    };

    /// <summary>The first date from a day on, and how many follow; null without any.</summary>
    public static string? When(Event happening, DateOnly today)
    {
        if (happening.Status == EventStatus.Postponed)
        {
            return T["Reporté : la nouvelle date sera annoncée."];
        }

        var all = EventTimes.Of(happening, today).OrderBy(time => time.Day).ThenBy(time => time.Start).ToList();
        var shown = all.Where(time => time.LastDay >= today).ToList();
        shown = shown.Count > 0 ? shown : all;
        if (shown.Count == 0)
        {
            return null;
        }

        var others = shown.Skip(1).Select(time => time.Day).Where(day => day > shown[0].LastDay).Distinct().Count();
        var words = OnFirst(shown) + (others == 0 ? "" : T.Count(", et {0} autre date|, et {0} autres dates", others));
        return happening.Status == EventStatus.Rescheduled ? T["Nouvelle date : {0}", words] : DateWords.Capital(words);
    }

    /// <summary>The first day, from its first session to the end of its last one.</summary>
    private static string OnFirst(IReadOnlyList<EventTime> times)
    {
        var first = times[0];
        var days = DateWords.InFull(first.Day, first.LastDay);
        var last = times.Last(time => time.Day == first.Day);
        return first.Start is not { } start || first.LastDay != first.Day ? days
            : $"{days}, {DateWords.Hours(start, last.LastDay == first.Day ? last.End : null)}";
    }

    /// <summary>Name and town: the street is on the page.</summary>
    public static string? Where(Event happening)
    {
        var place = string.Join(", ", ((string?[])[happening.Place?.Name, happening.Place?.City])
            .Where(part => !string.IsNullOrWhiteSpace(part)).Distinct());
        return happening.MovedOnline || happening.Attendance == Attendance.Online ? T["En ligne"]
            : place.Length == 0 ? null
            : happening.Attendance == Attendance.Hybrid ? T["{0}, et en ligne", place] : place;
    }

    /// <summary>The summary, or how the text begins.</summary>
    public static string? Sentence(PublishedItem item)
    {
        if (!string.IsNullOrWhiteSpace(item.Summary))
        {
            return item.Summary;
        }

        var text = MarkdownText.ToPlainText(item.Text, MostOfText);
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end > 0 ? text[..(end + 1)] : text;
    }
}
