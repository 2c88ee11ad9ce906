using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.JointWebinars;
using Interclustering.Node.Calendars;
using Interclustering.Node.DateHolds;
using Interclustering.Node.JointWebinars;
using Interclustering.Node.NationalView;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Radar;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.MemberCalendars;

/// <summary>
/// What the calendar of a cluster's member shows: the cluster's own events, its holds, the joint webinars that it is asked for or takes
/// part in, and its deadlines. Computed anew at each reading, from what the node knows.
/// </summary>
/// <param name="code">Of the cluster.</param>
/// <param name="directory">For the clusters' names.</param>
/// <param name="workspace">Address of the workspace, absolute, without a slash at the end.</param>
/// <param name="now">UTC.</param>
internal sealed class CalendarContents(string code, FederationDirectory directory, string workspace, DateTime now)
{
    /// <summary>What is longer over is left out.</summary>
    public const int PastDays = 90;

    private readonly DateOnly today = DateOnly.FromDateTime(ParisDay.Of(now));

    /// <summary>In order of time.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var copies = await db.WorkingCopies.AsNoTracking()
            .Where(row => row.State == PublicationState.Published || (row.State == PublicationState.Draft && row.PublishAt != null))
            .Where(row => row.Kind == Kinds.Event || row.Kind == Kinds.Webinar || row.Kind == Kinds.BestPractice)
            .ToListAsync(cancellation);
        var changes = await db.PendingChanges.AsNoTracking().Where(row => row.PublishAt != null)
            .ToDictionaryAsync(row => row.Subject, row => row.PublishAt!.Value, cancellation);
        // What others have on the same day is not told here.
        var holds = await Holds.OwnAsync(db, new AgendaAtNode([], null), code, today, cancellation);
        var dossiers = await Dossiers.ReadAsync(db, code, cancellation);
        var noPeople = new Dictionary<string, Person>();
        var first = today.AddDays(-PastDays);
        return [.. FaultIsolation.Shared.Each(copies, copy => (copy.Subject, copy.Version),
                copy => OfCopy(copy, changes.TryGetValue(copy.Subject, out var at) ? at : null)).SelectMany(entries => entries)
            .Concat(holds.Where(hold => hold.ExpiresOn >= today).Select(OfHold))
            .Concat(FaultIsolation.Shared.Each(dossiers, dossier => (dossier.Id, 0),
                dossier => OfDossier(new DossierView(dossier, code, noPeople, directory, now, KnownAt: null)))
                    .SelectMany(entries => entries))
            .Where(entry => entry.Time.LastDay >= first)
            .OrderBy(entry => entry.Time.Day).ThenBy(entry => entry.Time.Start).ThenBy(entry => entry.Uid, StringComparer.Ordinal)];
    }

    private IReadOnlyList<CalendarEntry> OfCopy(WorkingCopy copy, DateTime? changesAt) => PublicationText.Read(copy.Kind, copy.Data) switch
    {
        Event happening => OfEvent(copy, happening, changesAt),
        BestPractice { ReviewBy: { } by } when copy.State == PublicationState.Published =>
        [
            new(Uid($"{copy.Subject}-review"), T["Fiche à relire : {0}", copy.Title], Day(by), EntryStatus.Confirmed, copy.EditedAt,
                $"{workspace}/publications/{copy.Subject}"),
        ],
        _ => [],
    };

    private IReadOnlyList<CalendarEntry> OfEvent(WorkingCopy copy, Event happening, DateTime? changesAt)
    {
        if (happening.Status == EventStatus.Postponed)
        {
            return [];
        }

        var cancelled = happening.Status == EventStatus.Cancelled;
        return [.. EventTimes.Of(happening, today).Select(time => new CalendarEntry(
            Uid($"{copy.Subject}-{time.SessionId}" + (time.Repeat is { } day ? $"-{day:yyyyMMdd}" : "")),
            (cancelled ? T["Annulé : {0}", happening.Title] : happening.Title) + (time.Label is { } label ? $" — {label}" : ""), time,
            cancelled ? EntryStatus.Cancelled : EntryStatus.Confirmed, copy.EditedAt, $"{workspace}/publications/{copy.Subject}")
        {
            Description = copy.State == PublicationState.Draft && copy.PublishAt is { } at
                ? T["Programmé : paraît {0}.", Moments.InFull(at)]
                : changesAt is { } change ? $"{T["Modification programmée : paraît {0}.", Moments.InFull(change)]} {happening.Summary}"
                    .Trim()
                : happening.Summary,
            Location = PlaceWords.InOneLine(happening),
        })];
    }

    private CalendarEntry OfHold(OwnHold hold) => new(
        Uid(hold.Copy.Subject),
        hold.Hold.Purpose == HoldPurposes.Avoid ? T["À éviter : {0}", hold.Hold.Title] : T["Option : {0}", hold.Hold.Title], hold.Time,
        EntryStatus.Tentative, hold.Copy.EditedAt, $"{workspace}/options#{hold.Copy.Subject}")
    {
        Description = T["S’efface après le {0}.", DateWords.InFull(hold.ExpiresOn)],
    };

    private IReadOnlyList<CalendarEntry> OfDossier(DossierView view)
    {
        var dossier = view.Dossier;
        var (stamp, address) = (dossier.Counted.Max(said => said.SaidAt), workspace + view.Path);
        if (view.MayAnswer && !view.IsLead && !dossier.Answers.ContainsKey(code))
        {
            var slots = dossier.Slot is { } only ? [only] : dossier.Slots.Select(slot => slot.Start);
            return
            [
                .. slots.Select(slot => new CalendarEntry(
                    Uid($"{dossier.Id}-{Dossier.TimeOf(slot):yyyyMMdd'T'HHmm}"), T["À répondre : {0}", view.Title],
                    DossierEntry.TimeOf(dossier, slot),
                    EntryStatus.Tentative, stamp, address + "#reponse")
                {
                    Description = T["{0} vous invite : répondez au plus tard le {1}", view.NameOf(dossier.Lead),
                        DateWords.InFull(dossier.Deadline)] + ".",
                }),
                new(Uid($"{dossier.Id}-answer"), T["Dernier jour pour répondre : {0}", view.Title], Day(dossier.Proposal.Deadline),
                    EntryStatus.Confirmed, stamp, address + "#reponse"),
            ];
        }

        // What is postponed has no date, as the cluster's own events.
        return DossierEntry.Of(view, address) is { Status: not EntryStatus.Tentative } entry ? [entry] : [];
    }

    private string Uid(string name) => $"{name}@{code}.espace.interclustering";

    private static EventTime Day(string iso) => EventTimes.At(
        new Session("1", DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("O", CultureInfo.InvariantCulture)),
        TimeZones.Paris, TimeSpan.Zero);
}
