using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>The repetition of an event in its form: typed in words, its dates ticked off where one does not take place.</summary>
internal static class RepeatField
{
    public const string Name = "repeat";

    /// <summary>Rules that words can't say stand in the field as they are.</summary>
    private const string Raw = "RRULE:";

    public static string Typed(Event happening) => happening.Recurrence is { } recurrence ? WordsOf(recurrence, happening.Sessions)
        ?? Raw + recurrence.Rule : "";

    private static string? WordsOf(Recurrence recurrence, IReadOnlyList<Session> sessions) =>
        sessions is [{ } first, ..] && DateTime.TryParse(first.Start, CultureInfo.InvariantCulture, out var start)
            ? RepetitionWords.Of(recurrence.Rule, DateOnly.FromDateTime(start))
            : null;

    /// <summary>Null without a repetition, or, with an error, where what was typed is none.</summary>
    public static (Recurrence? Recurrence, string? Error) Read(ItemForm form, Event? known, Session? first, string zone)
    {
        var typed = form[Name].Trim();
        if (typed.Length == 0 || first is null)
        {
            return (null, null);
        }

        if (typed.Length > RepetitionRule.Longest + Raw.Length)
        {
            return (null,
                T["Cette répétition ne peut pas être suivie. Écrivez-la en mots, par exemple « toutes les semaines jusqu’en juin »."]);
        }

        var (rule, error) = typed.StartsWith(Raw, StringComparison.OrdinalIgnoreCase) ? (typed[Raw.Length..].Trim(), null)
            : known is { Recurrence: { } before, Sessions: [var was, ..] } && was.Start == first.Start && typed == Typed(known)
                ? (before.Rule, null)
            : RepetitionReading.Read(typed, first, zone);
        if (rule is null)
        {
            return (null, error);
        }

        var recurrence = known?.Recurrence is { } kept && kept.Rule == rule ? kept with { Except = [] } : new Recurrence(rule, []);
        if (Repetition.Judge(first, recurrence, zone) is not null)
        {
            return (null,
                T["Cette répétition ne peut pas être suivie. Écrivez-la en mots, par exemple « toutes les semaines jusqu’en juin »."]);
        }

        return (recurrence with { Except = Repetition.Reached(first, recurrence, zone, form.Except) }, null);
    }

    /// <summary>
    /// The dates after the first one, as far as the series is followed today, and all that don't take place, so that the form keeps them.
    /// Empty until first date and words can be read.
    /// </summary>
    public static IReadOnlyList<(string Start, DateOnly Day, bool TakesPlace)> DatesOf(ItemForm form, DateOnly today)
    {
        var zone = TimeZones.NameOf(form["timeZone"]) ?? Zones.Usual;
        var first = new SessionReading(form.Has("allDay")).Read(form.Sessions) is [var earliest, ..] ? earliest : null;
        return Read(form, known: null, first, zone) is { Recurrence: { } recurrence }
            ? [.. Repetition.Shifts(first!, recurrence with { Except = [] }, zone, today)
                .Select(shift => EventTimes.Text(EventTimes.Local(first!.Start) + shift, first)).Union(recurrence.Except)
                .Order(StringComparer.Ordinal)
                .Select(start => (start, DateOnly.FromDateTime(EventTimes.Local(start)), !recurrence.Except.Contains(start)))]
            : [];
    }
}
