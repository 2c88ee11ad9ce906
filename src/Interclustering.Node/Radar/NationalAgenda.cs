using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.JointWebinars;
using Interclustering.Node.Agreements;
using Interclustering.Node.NationalView;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.Radar;

/// <summary>What all clusters have in their agendas.</summary>
/// <param name="Engagements">In order of day and hour; what is cancelled, or waits for a date, is not in it.</param>
/// <param name="KnownAt">When the national site was last heard of, UTC; null when never.</param>
public sealed record AgendaAtNode(IReadOnlyList<Engagement> Engagements, DateTime? KnownAt);

/// <summary>
/// The agenda of all clusters as a node knows it: its replica of the hub's journal, with its own journal in front, so that it works while
/// the hub is down. Folded once for each node and then kept up to date with what is new; folded anew when a month begins, with which the
/// horizon of series moves.
/// </summary>
public sealed class NationalAgenda(FederationDirectory directory, TimeProvider clock, ILogger<NationalAgenda> logger)
{
    private readonly ConcurrentDictionary<string, Folded> byNode = [];
    private readonly FaultIsolation isolation = new(logger);

    public async Task<AgendaAtNode> ReadAsync(NodeContext db, string node, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var folded = byNode.GetOrAdd(node, _ => new Folded());
        await folded.Turn.WaitAsync(cancellation);
        try
        {
            var hub = await db.Cursors.AsNoTracking().SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, cancellation);
            var own = await db.Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
            var today = ParisDay.Today(clock);
            var life = $"{hub?.Epoch} {own?.Epoch} {SeriesHorizon.MonthOf(today):yyyy-MM}";
            if (folded.Life != life)
            {
                folded.Forget(life);
            }

            var moved = await CatchUpAsync(db, folded, FederationDirectory.HubCode, hub?.Sequence ?? 0, today, cancellation)
                | await CatchUpAsync(db, folded, node, own?.Sequence ?? 0, today, cancellation);
            if (moved)
            {
                var joint = isolation.Each(await Dossiers.ReadAsync(db, node, cancellation), dossier => (dossier.Id, 0), OfDossier);
                folded.Sort(directory, await NodeAgreements.ReadAsync(db, cancellation), [.. joint.SelectMany(slots => slots)]);
            }

            return new AgendaAtNode(folded.Sorted, hub is null ? null : hub.HeardAt > hub.AdvancedAt ? hub.HeardAt : hub.AdvancedAt
                ?? hub.HeardAt);
        }
        finally
        {
            folded.Turn.Release();
        }
    }

    private async Task<bool> CatchUpAsync(
        NodeContext db, Folded folded, string journal, long end, DateOnly today, CancellationToken cancellation)
    {
        var from = folded.Positions.GetValueOrDefault(journal);
        if (end == from)
        {
            return false;
        }

        // A replica that went back tells everything anew.
        var after = end < from ? 0 : from;
        foreach (var row in await db.Publications.AsNoTracking().Where(row => row.Journal == journal && row.Position > after)
            .ToListAsync(cancellation))
        {
            // One's own journal is ahead of what the hub tells of it, or the same.
            if (!folded.Rows.TryGetValue(row.Subject, out var known) || row.Revision >= known.Revision)
            {
                folded.Rows[row.Subject] = (row.Revision, Read(row, today));
            }
        }

        folded.Positions[journal] = end;
        return true;
    }

    private IReadOnlyList<Engagement> Read(PublicationRow row, DateOnly today)
    {
        if (row.Data is null || directory.Find(row.Cluster) is not { } cluster)
        {
            return [];
        }

        try
        {
            NullEntries.Check(row.Data);
            return row.Kind switch
            {
                Kinds.Event => Of(row, cluster, JsonSerializer.Deserialize<Event>(row.Data, ContractJson.Options)!, today),
                Kinds.Webinar => Of(row, cluster, JsonSerializer.Deserialize<Webinar>(row.Data, ContractJson.Options)!, today),
                // One that has left reserves no day for the others.
                Kinds.DateHold when cluster.Left is null =>
                    Of(row, cluster, JsonSerializer.Deserialize<DateHold>(row.Data, ContractJson.Options)!),
                _ => [],
            };
        }
        catch (Exception exception)
        {
            // The hub has accepted it: whatever is odd about one item, the others are shown.
            isolation.Tell(exception, (row.Subject, row.Revision));
            return [];
        }
    }

    private static IReadOnlyList<Engagement> Of(PublicationRow row, Cluster cluster, Event happening, DateOnly today)
    {
        if (happening.Status is EventStatus.Cancelled or EventStatus.Postponed)
        {
            return [];
        }

        var traits = EventTraits.Of(happening);
        return [.. EventTimes.Of(happening, today).Select(time => new Engagement(
            row.Subject, cluster, Firmness.Published, happening.Title, time, happening.Themes, happening.Audiences)
        { Traits = traits, Named = happening.CoOrganisers, IsPublic = happening.Visibility == Visibility.Public })];
    }

    /// <summary>
    /// The slots of a joint webinar: all of them while they are open, then the chosen one for all participants. No cluster has to place or
    /// release a hold.
    /// </summary>
    private IReadOnlyList<Engagement> OfDossier(Dossier dossier)
    {
        if (dossier.IsDeclined || (dossier.IsOver && (dossier.State != JointWebinarStates.Closed || dossier.Announcements.Count == 0)))
        {
            return [];
        }

        var clusters = dossier.Participants.Select(directory.Find).OfType<Cluster>().ToList();
        var firmness = dossier.Slot is null ? Firmness.Proposed : dossier.Announcements.Count > 0 ? Firmness.Published : Firmness.Held;
        var slots = dossier.Slot is { } chosen ? [chosen] : dossier.Slots.Select(slot => slot.Start);
        return clusters.Count == 0 ? [] : [.. slots.Select(slot => new Engagement(
            dossier.Id, clusters[0], firmness, dossier.Announcement?.Title ?? dossier.Proposal.Title,
            EventTimes.At(new Session("1", slot, Dossier.SlotOf(Dossier.TimeOf(slot).AddMinutes(dossier.Proposal.Minutes))), "Europe/Paris",
                TimeSpan.Zero),
            dossier.Proposal.Themes, dossier.Proposal.Audiences) { With = [.. clusters.Skip(1)], IsJoint = true })];
    }

    private static IReadOnlyList<Engagement> Of(PublicationRow row, Cluster cluster, DateHold hold) =>
    [
        new Engagement(
            row.Subject, cluster, hold.Purpose == HoldPurposes.Avoid ? Firmness.Avoided : Firmness.Held, hold.Title,
            EventTimes.At(new Session("1", hold.Start, hold.End), "Europe/Paris", TimeSpan.Zero), hold.Themes, hold.Audiences,
            DateOnly.ParseExact(hold.ExpiresOn, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    private sealed class Folded
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public string Life { get; private set; } = "";
        public Dictionary<string, long> Positions { get; } = [];
        public Dictionary<string, (long Revision, IReadOnlyList<Engagement> Engagements)> Rows { get; } = [];
        public IReadOnlyList<Engagement> Sorted { get; private set; } = [];

        public void Forget(string life)
        {
            Life = life;
            Positions.Clear();
            Rows.Clear();
            Sorted = [];
        }

        public void Sort(FederationDirectory directory, EventAgreements agreements, IReadOnlyList<Engagement> joint)
        {
            var all = Rows.Values.SelectMany(row => row.Engagements).Concat(joint).ToLookup(each => each.Subject);
            Sorted = [.. all.Where(dates => IsShown(dates.Key)).SelectMany(dates => WithAll(dates.Key, [.. dates]))
                .OrderBy(each => each.Time.Day).ThenBy(each => each.Time.Start)];

            // What several clusters have agreed to be one is there once, under all of them.
            bool IsShown(string id) => GroupOf(id) is [_] || agreements.LeadOf(GroupOf(id)) == id;

            // What is not for everyone is never put together with what is.
            bool IsPublic(string id) => all[id].FirstOrDefault() is { IsPublic: true } or { IsJoint: true };

            List<string> GroupOf(string id) => IsPublic(id) && agreements.GroupOf(id).Where(IsPublic).ToList() is { Count: > 1 } group
                ? group : [id];

            IReadOnlyList<Engagement> WithAll(string id, IReadOnlyList<Engagement> dates)
            {
                var others = GroupOf(id).SelectMany(part => all[part].Take(1)
                    .SelectMany(each => each.Named.Where(code => agreements.HasAgreed(part, code)).Prepend(each.Cluster.Code)))
                    .Distinct().Where(code => code != dates[0].Cluster.Code).Select(directory.Find).OfType<Cluster>().ToList();
                return others.Count == 0 ? dates
                    : [.. dates.Select(date => date with { With = [.. date.With.Concat(others).DistinctBy(cluster => cluster.Code)] })];
            }
        }
    }
}
