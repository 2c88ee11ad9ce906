using Interclustering.Contracts;

namespace Interclustering.JointWebinars;

/// <summary>A joint webinar as the joint calendar shows it: derived from its dossier, the same at the hub and at every node.</summary>
/// <param name="Id">The dossier's: one webinar, one address, one calendar <c>UID</c>.</param>
/// <param name="Owner">Code of the cluster that stands first: the lead, or the first that takes part when the lead does not.</param>
/// <param name="Webinar">What is shown.</param>
/// <param name="Revision">How many facts have gone into it.</param>
/// <param name="PublishedAt">UTC: when it was announced first.</param>
/// <param name="RevisedAt">UTC: the last fact that shows.</param>
/// <param name="Position">Of the last one in the hub's journal.</param>
public sealed record JointCalendar(string Id, string Owner, Webinar Webinar, long Revision, DateTime PublishedAt, DateTime RevisedAt,
    long Position)
{
    /// <summary>What is said among the teams only: it changes nothing that members see.</summary>
    private static readonly string[] Inward = [
        JointWebinarFacts.RemarkMade, JointWebinarFacts.LineWritten, JointWebinarFacts.TaskWritten, JointWebinarFacts.LinkShared,
            JointWebinarFacts.SlotSuggested, JointWebinarFacts.SheetDrafted,
        JointWebinarFacts.SheetLinked, JointWebinarFacts.Closed,
    ];

    /// <summary>Null while it is not announced. Pure.</summary>
    public static JointCalendar? Of(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (dossier.Announcement is not { } said || (dossier.Slot ?? dossier.Before) is not { } start)
        {
            return null;
        }

        var shown = dossier.Counted.Where(fact => !Inward.Contains(fact.Fact.Fact)).ToList();
        var organisers = dossier.Participants;
        var registrations = organisers.Where(dossier.Participations.ContainsKey)
            .Select(code => (Code: code, Part: dossier.Participations[code]))
                .Where(each => each.Part is { RegistrationUrl: not null } or { LogoUrl: not null } or { Full: true })
            .Select(each => new ClusterRegistration(
                each.Code, each.Part.RegistrationUrl,
                each.Part.Registration is null ? each.Part.Places : each.Part.Registration.Places is > 0 and var places ? places : null,
                each.Part.Full)
            { LogoUrl = each.Part.LogoUrl }).ToList();
        return new JointCalendar(
            dossier.Id, organisers is [var first, ..] ? first : dossier.Lead,
            new Webinar
            {
                Nonce = "",
                Title = said.Title,
                Summary = said.Summary,
                Text = TextOf(said, dossier.Replay),
                Themes = dossier.Proposal.Themes,
                Audiences = dossier.Proposal.Audiences,
                CoOrganisers = [.. organisers.Skip(1)],
                Attendance = Attendance.Online,
                Image = said.Image,
                Speakers = said.Speakers,
                Sessions = [new Session("1", start, Dossier.SlotOf(Dossier.TimeOf(start).AddMinutes(dossier.Proposal.Minutes)))],
                Status = dossier.State == JointWebinarStates.Cancelled ? EventStatus.Cancelled
                    : dossier.Slot is null ? EventStatus.Postponed
                    : dossier.Before is { } before && before != dossier.Slot ? EventStatus.Rescheduled
                    : EventStatus.Confirmed,
                StatusReason = dossier.Reason,
                PreviousStart = dossier.Before is { } left && left != dossier.Slot ? left : null,
                PlatformUrl = said.PlatformUrl,
                Full = registrations.Count > 0 && registrations.Count == organisers.Count && registrations.All(each => each.Full),
                Registrations = registrations.Count > 0 ? registrations : null,
                ReplayUrl = dossier.Replay?.Url,
                Slides = dossier.Replay?.Slides ?? [],
            },
            shown.Count, dossier.Announcements[0].SaidAt, shown.Max(fact => fact.SaidAt), shown.Max(fact => fact.Position));
    }

    private static string? TextOf(Announcement said, Replay? replay) =>
        replay?.Questions is { } questions ? $"{said.Text}\n\n## Questions et réponses\n\n{questions}".TrimStart() : said.Text;
}
