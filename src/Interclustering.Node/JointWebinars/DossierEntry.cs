using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.Calendars;

namespace Interclustering.Node.JointWebinars;

/// <summary>
/// A joint webinar in the calendars of a cluster's members: the private one and the mailed one, under the name that it has in the public
/// one as well.
/// </summary>
internal static class DossierEntry
{
    /// <summary>
    /// Confirmed once a slot is chosen, tentative while it is postponed, cancelled once it is called off; null where this cluster does not
    /// take part, or no slot was ever chosen. Pure.
    /// </summary>
    /// <param name="view">As this cluster sees it.</param>
    /// <param name="address">Of its page, absolute; empty where none is known.</param>
    public static CalendarEntry? Of(DossierView view, string address)
    {
        var dossier = view.Dossier;
        return !view.IsInvited || !view.Joins || (dossier.Slot ?? dossier.Before) is not { } start ? null
            : At(view, start, address,
                IsCalledOff(dossier) ? EntryStatus.Cancelled : dossier.Slot is null ? EntryStatus.Tentative : EntryStatus.Confirmed);
    }

    /// <param name="view">As this cluster sees it.</param>
    /// <param name="start">Of a slot.</param>
    /// <param name="address">Of its page, absolute; empty where none is known.</param>
    /// <param name="status">One of <see cref="EntryStatus"/>.</param>
    public static CalendarEntry At(DossierView view, string start, string address, string status) => new(
        CalendarUid.Of(view.Dossier.Id),
        status switch
        {
            EntryStatus.Cancelled => T["Annulé : {0}", view.Title],
            EntryStatus.Tentative => T["Reporté : {0}", view.Title],
            _ => view.Title,
        },
        TimeOf(view.Dossier, start), status, view.Dossier.Counted.Max(said => said.SaidAt), address)
    {
        Description = T["Webinaire commun : {0}", view.NamesOf(view.Dossier.Participants)],
        Location = view.Dossier.Announcement?.PlatformUrl ?? T["En ligne"],
    };

    public static EventTime TimeOf(Dossier dossier, string start) => EventTimes.At(
        new Session("1", start, Dossier.SlotOf(Dossier.TimeOf(start).AddMinutes(dossier.Proposal.Minutes))), TimeZones.Paris,
        TimeSpan.Zero);

    /// <summary>Cancelled, or ended before it took place without having been announced.</summary>
    private static bool IsCalledOff(Dossier dossier) => dossier.State == JointWebinarStates.Cancelled
        || (dossier.State == JointWebinarStates.Closed && dossier.Announcements.Count == 0
            && dossier.Counted.FirstOrDefault(said => said.Fact.Fact == JointWebinarFacts.Closed) is { } closed
            && ParisDay.Of(closed.SaidAt) < dossier.EndsAt);
}
