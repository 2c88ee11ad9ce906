using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Radar;

namespace Interclustering.Node.JointWebinars;

/// <summary>What the date radar says of slots, for all clusters that are asked.</summary>
/// <param name="Agenda">Of all clusters.</param>
/// <param name="Holidays">School holidays.</param>
/// <param name="Directory">For the regions of the clusters that are asked.</param>
/// <param name="Today">In Paris.</param>
internal sealed record SlotOutlook(IReadOnlyList<Engagement> Agenda, SchoolHolidays Holidays, FederationDirectory Directory, DateOnly Today)
{
    private const int Ahead = 21;

    /// <summary>How much stands in the way of that day for the clusters asked, and what.</summary>
    public DateRadar On(DateOnly day, IReadOnlyList<string> themes, IReadOnlyList<string> audiences, IReadOnlyList<string> asked,
        string? dossier) =>
        DateRadar.Of(new Plan(day, themes, audiences, ZonesOf(asked), dossier), Agenda, Holidays, Today);

    /// <summary>
    /// As <see cref="On(DateOnly, IReadOnlyList{string}, IReadOnlyList{string}, IReadOnlyList{string}, string?)"/>, of a dossier's slot.
    /// </summary>
    public DateRadar On(Dossier dossier, string slot) =>
        On(DateOnly.FromDateTime(Dossier.TimeOf(slot)), dossier.Proposal.Themes, dossier.Proposal.Audiences, dossier.Invited, dossier.Id);

    /// <summary>The next days from three weeks ahead on which nothing stands in the way, at most five.</summary>
    public IReadOnlyList<DateOnly> Free(IReadOnlyList<string> themes, IReadOnlyList<string> audiences, IReadOnlyList<string> asked) =>
        On(Today.AddDays(Ahead), themes, audiences, asked, null).Free;

    /// <summary>In a sentence, for a slot: one word, and what it is about.</summary>
    public static string InWords(DateRadar radar)
    {
        var day = radar.Planned;
        var what = string.Join(", ", new[] { day.Holiday is null ? null : T[day.Holiday] }
            .Concat(day.Engagements.Select(each => $"{each.Who} « {each.Title} »"))
            .Concat(day.School.Select(school => DateRadar.InWords(school.Name, school.Zones))).OfType<string>());
        return what.Length == 0 ? DateRadar.Word(day.Clash) : $"{DateRadar.Word(day.Clash)} ({what})";
    }

    private IReadOnlyList<string> ZonesOf(IReadOnlyList<string> asked) =>
        [.. asked.Select(code => SchoolHolidays.ZoneOf(Directory.Find(code)?.Insee)).OfType<string>().Distinct()
            .Order(StringComparer.Ordinal)];
}
