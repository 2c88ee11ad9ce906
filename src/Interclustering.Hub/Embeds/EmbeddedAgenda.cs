using Interclustering.Contracts;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Embeds;

/// <summary>A part of the agenda for another site, in words: the component, the frame and the plain snippet show the same.</summary>
/// <param name="Layout">As chosen.</param>
/// <param name="Title">Of the whole.</param>
/// <param name="Empty">What to say when there is nothing.</param>
/// <param name="More">Label of <paramref name="MoreUrl"/>.</param>
/// <param name="MoreUrl">The same choice on the national site.</param>
/// <param name="Month">With the layout month only.</param>
/// <param name="Items">In order of day and hour.</param>
public sealed record EmbeddedAgenda(
    string Layout, string Title, string Empty, string More, string MoreUrl, EmbeddedMonth? Month, IReadOnlyList<EmbeddedItem> Items)
{
    /// <summary>What it is of the national agenda.</summary>
    public static EmbeddedAgenda Of(Snapshot snapshot, AgendaFilter filter, EmbedChoice choice, DateOnly today, string origin)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(choice);
        if (choice.Layout == EmbedChoice.SheetsLayout)
        {
            var sheets = snapshot.Items.Sheets.Values.Where(filter.Matches)
                .OrderByDescending(item => item.RevisedAt).Take(choice.Limit);
            return new EmbeddedAgenda(
                choice.Layout, T["Fiches pratiques"], T["Aucune fiche ici pour l’instant."], T["Toutes les fiches"], origin
                    + Language.To("/ressources" + filter.Query()), null,
                [.. sheets.Select(sheet => EmbeddedItem.Of(sheet, origin))]);
        }

        var first = choice.Month ?? new DateOnly(today.Year, today.Month, 1);
        var bounded = choice.Layout == EmbedChoice.MonthLayout
            ? filter with { From = first, To = first.AddMonths(1).AddDays(-1), Around = null, Past = false }
            : filter with { From = filter.FirstDay > today ? filter.FirstDay : today, To = filter.LastDay, Around = null, Past = false };
        var times = MatchingTimes.Of(snapshot.Agenda, bounded, time => !time.IsToBeFixed);
        var shown = choice.Layout switch
        {
            EmbedChoice.MonthLayout => times.AsEnumerable(),
            EmbedChoice.NextLayout => times.Where(time => ((Event)time.Event.Item).Status != EventStatus.Cancelled).Take(1),
            _ => times.Take(choice.Limit),
        };
        return new EmbeddedAgenda(
            choice.Layout, T["Agenda de l’interclustering logistique"], T["Rien de prévu pour l’instant."], T["Tout l’agenda national"],
            origin + Language.To("/agenda" + filter.Query()), choice.Layout == EmbedChoice.MonthLayout
                ? EmbeddedMonth.Of(first, today) : null,
            [.. shown.Select(time => EmbeddedItem.Of(time, today, origin, filter.Of(Criterion.Cluster) is [var only] ? only : null))]);
    }
}

/// <summary>One event at one time.</summary>
/// <param name="Title">As its cluster wrote it.</param>
/// <param name="Url">Its page on the national site.</param>
/// <param name="Day">2026-11-23.</param>
/// <param name="LastDay">Inclusive.</param>
/// <param name="Date">In words.</param>
/// <param name="Hours">In words; null for a whole day, and for what is for members.</param>
/// <param name="Place">City or « En ligne »; null for what is for members.</param>
/// <param name="Cluster">Code of the owner.</param>
/// <param name="ClusterName">In full.</param>
/// <param name="Light">The cluster's mark on light paper, #rrggbb.</param>
/// <param name="Dark">The same on dark paper.</param>
/// <param name="Members">« Réservé aux adhérents de … », or null.</param>
/// <param name="Status">« Annulé », « Complet »…, or null.</param>
/// <param name="Register">Where to register: of a joint webinar, where the members of the cluster do whose agenda this is.</param>
/// <param name="RegisterLabel">What that does.</param>
public sealed record EmbeddedItem(
    string Title, string Url, string Day, string LastDay, string Date, string? Hours, string? Place, string Cluster, string ClusterName,
        string Light,
    string Dark, string? Members, string? Status, string? Register = null, string? RegisterLabel = null)
{
    /// <param name="time">When.</param>
    /// <param name="today">In Paris.</param>
    /// <param name="origin">Of the national site.</param>
    /// <param name="cluster">Whose agenda it is; null for that of several.</param>
    internal static EmbeddedItem Of(Occurrence time, DateOnly today, string origin, string? cluster)
    {
        var published = time.Event;
        var happening = (Event)published.Item;
        var words = DateWords.Capital(DateWords.InFull(time.Day));
        var date = time.LastDay > time.Day ? $"{words}, {T["jusqu’au {0}", DateWords.InFull(time.LastDay)]}"
            : DateWords.Relative(time.Day, today) is { } near ? $"{words} · {near.ToLower(Language.Culture)}" : words;
        return new EmbeddedItem(
            published.Title, origin + Language.To(published.Path), DateWords.Iso(time.Day), DateWords.Iso(time.LastDay), date,
            !published.ForMembers && time.Start is { } start ? DateWords.Hours(start, time.LastDay == time.Day ? time.End : null) : null,
            published.ForMembers ? null : PlaceWords.Briefly(happening), published.Owner.Code, published.Owner.Name,
                published.Owner.Colour.Light,
            published.Owner.Colour.Dark, published.ForMembers
                ? T["Réservé aux adhérents de {0}", published.Owner.Name] : null, StatusOf(happening))
        {
            Register = RegistrationOf(happening, time.LastDay >= today, cluster),
            RegisterLabel = RegistrationOf(happening, time.LastDay >= today, cluster) is null ? null : T["S’inscrire"],
        };
    }

    private static string? RegistrationOf(Event happening, bool isToCome, string? cluster) =>
        !isToCome || happening.Status is EventStatus.Cancelled or EventStatus.Postponed ? null
        : happening.Registrations?.FirstOrDefault(each => each.Cluster == cluster) is { } own ? (own.Full ? null : own.Url)
        : happening.RegistrationUrl;

    /// <summary>A sheet, with the day on which it was revised.</summary>
    internal static EmbeddedItem Of(Published sheet, string origin)
    {
        var day = DateOnly.FromDateTime(ParisDay.Of(sheet.RevisedAt));
        return new EmbeddedItem(
            sheet.Title, origin + Language.To(sheet.Path), DateWords.Iso(day), DateWords.Iso(day),
                T["Révisée le {0}", DateWords.InFull(day)], null, null, sheet.Owner.Code,
            sheet.Owner.Name, sheet.Owner.Colour.Light, sheet.Owner.Colour.Dark, sheet.ForMembers
                ? T["Réservé aux adhérents de {0}", sheet.Owner.Name] : null, null);
    }

    private static string? StatusOf(Event happening) => happening.Status != EventStatus.Confirmed ? Vocabulary.Label(happening.Status)
        : happening.Full ? T["Complet"] : happening.MovedOnline ? T["Déplacé en ligne"] : null;
}

/// <summary>A month to lay out as a grid that begins on Monday.</summary>
/// <param name="Label">« Décembre 2026 ».</param>
/// <param name="First">Its first day.</param>
/// <param name="Days">How many it has.</param>
/// <param name="Blank">Cells before the first day.</param>
/// <param name="Weekdays">Abbreviated, from Monday.</param>
/// <param name="Today">Today.</param>
/// <param name="Before">The month before: 2026-11.</param>
/// <param name="BeforeLabel">In words.</param>
/// <param name="After">The month after.</param>
/// <param name="AfterLabel">In words.</param>
public sealed record EmbeddedMonth(
    string Label, string First, int Days, int Blank, IReadOnlyList<string> Weekdays, string Today, string Before, string BeforeLabel,
        string After,
    string AfterLabel)
{
    internal static EmbeddedMonth Of(DateOnly first, DateOnly today)
    {
        var blank = ((int)first.DayOfWeek + 6) % 7;
        return new EmbeddedMonth(
            DateWords.Month(first), DateWords.Iso(first), DateTime.DaysInMonth(first.Year, first.Month), blank,
            [.. Enumerable.Range(0, 7).Select(day => first.AddDays(day - blank).ToString("ddd", Language.Culture))], DateWords.Iso(today),
            DateWords.Iso(first.AddMonths(-1))[..7], DateWords.Month(first.AddMonths(-1)), DateWords.Iso(first.AddMonths(1))[..7],
            DateWords.Month(first.AddMonths(1)));
    }
}
