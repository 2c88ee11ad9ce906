using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Forms;
using Interclustering.Node.Publishing.Form;

namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>What the field says of an event.</summary>
/// <param name="Recurrence">Null without a repetition, and where what was typed is none.</param>
/// <param name="Error">Why it is none.</param>
internal sealed record RepeatInput(Recurrence? Recurrence, string? Error)
{
    public static RepeatInput Nothing { get; } = new(null, null);

    /// <summary>Single days that were named, but for the first: sessions with the first one's hours, and without an id.</summary>
    public IReadOnlyList<Session> Further { get; init; } = [];

    /// <summary>The local starts that words leave out; they are among the recurrence's own.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>The repetition of an event in its form: typed in words, its dates ticked off where one does not take place.</summary>
internal static class RepeatField
{
    public const string Name = "repeat";

    /// <summary>Rules that words can't say stand in the field as they are.</summary>
    private const string Raw = "RRULE:";

    public static string Typed(Event happening) => happening.Recurrence is { } recurrence ? WordsOf(recurrence, happening)
        ?? Raw + recurrence.Rule : "";

    private static string? WordsOf(Recurrence recurrence, Event happening) =>
        happening.Sessions is [{ } first, ..] && DateTime.TryParse(first.Start, CultureInfo.InvariantCulture, out var start)
            ? RepetitionWords.Of(recurrence.Rule, DateOnly.FromDateTime(start), happening.TimeZone)
            : null;

    public static RepeatInput Read(ItemForm form, Event? known, Session? first, string zone)
    {
        var typed = form[Name].Trim();
        if (typed.Length == 0 || first is null)
        {
            return RepeatInput.Nothing;
        }

        if (typed.Length > RepetitionRule.Longest + Raw.Length)
        {
            return new(null,
                T["Cette répétition ne peut pas être suivie. Écrivez-la en mots, par exemple « toutes les semaines jusqu’en juin »."]);
        }

        var read = typed.StartsWith(Raw, StringComparison.OrdinalIgnoreCase) ? new ReadRepetition { Rule = typed[Raw.Length..].Trim() }
            : known is { Recurrence: { } before, Sessions: [var was, ..] } && was.Start == first.Start && typed == Typed(known)
                ? new ReadRepetition { Rule = before.Rule }
            : RepetitionReading.Read(typed, first, zone);
        if (read.Rule is not { } rule)
        {
            return new(null, read.Error)
            {
                Further = [.. read.Days.Select(day => On(day, first)).Where(session => session.Start != first.Start)],
            };
        }

        var recurrence = known?.Recurrence is { } kept && kept.Rule == rule ? kept with { Except = [] } : new Recurrence(rule, []);
        if (Repetition.Judge(first, recurrence, zone) is not null)
        {
            return new(null,
                T["Cette répétition ne peut pas être suivie. Écrivez-la en mots, par exemple « toutes les semaines jusqu’en juin »."]);
        }

        return new(recurrence with { Except = Repetition.Reached(first, recurrence, zone, form.Except.Union(read.Except)) }, null)
        {
            LeftOut = read.Except,
        };
    }

    private static Session On(DateOnly day, Session first)
    {
        var start = EventTimes.Local(first.Start);
        var distance = TimeSpan.FromDays(day.DayNumber - DateOnly.FromDateTime(start).DayNumber);
        return new Session("", EventTimes.Text(start + distance, first),
            first.End is { } end ? EventTimes.Text(EventTimes.Local(end) + distance, first) : null);
    }

    /// <summary>Null until first date and words can be read.</summary>
    /// <param name="form">As typed.</param>
    /// <param name="today">In Paris: a long series is followed as far as readers follow it.</param>
    public static UnderstoodRepetition? Understood(ItemForm form, DateOnly today)
    {
        var zone = TimeZones.NameOf(form["timeZone"]) ?? Zones.Usual;
        var first = new SessionReading(form.Has("allDay")).Read(form.Sessions) is [var earliest, ..] ? earliest : null;
        var read = Read(form, known: null, first, zone);
        if (first is null || read is { Recurrence: null, Further: [] })
        {
            return null;
        }

        var day = DateOnly.FromDateTime(EventTimes.Local(first.Start));
        if (read.Recurrence is not { } recurrence)
        {
            return new UnderstoodRepetition(null, [.. read.Further.Select(session => Date(session.Start)).Prepend(Date(first.Start))]);
        }

        return new UnderstoodRepetition(RepetitionWords.Of(recurrence.Rule, day, zone) ?? form[Name].Trim(),
            [.. DatesOf(first, recurrence, zone, today)
                .Where(date => date.Start != first.Start || !date.TakesPlace)
                .Select(date => date with { IsLeftOutInWords = read.LeftOut.Contains(date.Start) })])
        {
            First = recurrence.Except.Contains(first.Start) ? null : day,
        };
    }

    /// <summary>The first date and its repeats, in order, with those that the rule leaves out.</summary>
    /// <param name="first">The session that is repeated.</param>
    /// <param name="recurrence">Its rule and exceptions.</param>
    /// <param name="zone">IANA name of the zone of their times.</param>
    /// <param name="today">In Paris: a long series is followed as far as readers follow it.</param>
    public static IReadOnlyList<RepeatDate> DatesOf(Session first, Recurrence recurrence, string zone, DateOnly today) =>
        [.. Repetition.Shifts(first, recurrence with { Except = [] }, zone, today)
            .Select(shift => EventTimes.Text(EventTimes.Local(first.Start) + shift, first)).Append(first.Start).Union(recurrence.Except)
            .Order(StringComparer.Ordinal).Select(start => Date(start) with { TakesPlace = !recurrence.Except.Contains(start) })];

    /// <summary>The date of one start, which takes place.</summary>
    public static RepeatDate Date(string start) => new(start, DateOnly.FromDateTime(EventTimes.Local(start)));
}
