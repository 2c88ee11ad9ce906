using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.JointWebinars;
using Interclustering.Node.Agreements;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Node.NationalView;

/// <summary>A publication of some cluster, as this node's replica of the hub's journal has it.</summary>
/// <param name="Subject">Its id.</param>
/// <param name="Cluster">Whose it is.</param>
/// <param name="Kind">See <see cref="Kinds"/>.</param>
/// <param name="Publication">What it says.</param>
/// <param name="RevisedAt">UTC.</param>
public sealed record NationalItem(string Subject, Cluster Cluster, string Kind, Publication Publication, DateTime RevisedAt)
{
    /// <summary>Of the publication, rising.</summary>
    public long Revision { get; init; }

    /// <summary>A joint webinar: <see cref="Subject"/> is its dossier's.</summary>
    public bool IsJoint { get; init; }

    public string Title => PublicationText.TitleOf(Publication);

    /// <summary>What a search looks at.</summary>
    public string Folded() => FoldedText.Of(string.Join(' ',
        (string?[])[Title, (Publication as PublishedItem)?.Summary, (Publication as PublishedItem)?.Text, (Publication as Person)?.Role]));

    /// <summary>First day that is not over; null for what has none.</summary>
    public DateOnly? NextDay(DateOnly today) => Publication is Event happening
        ? EventTimes.Of(happening, today).Where(time => time.LastDay >= today).Select(time => (DateOnly?)time.Day).Min()
        : null;
}

/// <summary>Reads what all clusters have published from this node's own database: it needs no other server.</summary>
public sealed class NationalItems
{
    private readonly FederationDirectory directory;
    private readonly FaultIsolation isolation;

    public NationalItems(FederationDirectory directory, ILogger<NationalItems> logger)
        : this(directory, new FaultIsolation(logger))
    {
    }

    internal NationalItems(FederationDirectory directory, FaultIsolation isolation) =>
        (this.directory, this.isolation) = (directory, isolation);

    /// <param name="db">The node's own.</param>
    /// <param name="node">Its code.</param>
    /// <param name="kinds">Those that are looked for.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="subjects">Those that are looked for; null for all.</param>
    public async Task<IReadOnlyList<NationalItem>> ReadAsync(
        NodeContext db, string node, IReadOnlyList<string> kinds, CancellationToken cancellation, IReadOnlyList<string>? subjects = null)
    {
        var items = await AsPublishedAsync(db, node, kinds, cancellation, subjects);
        return subjects is null && kinds.Contains(Kinds.Event) ? Agreed(items, await NodeAgreements.ReadAsync(db, cancellation)) : items;
    }

    /// <summary>The same as each cluster has published it, whatever has been agreed on.</summary>
    internal async Task<IReadOnlyList<NationalItem>> AsPublishedAsync(
        NodeContext db, string node, IReadOnlyList<string> kinds, CancellationToken cancellation, IReadOnlyList<string>? subjects = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = db.Publications.AsNoTracking().Where(row => row.Journal == FederationDirectory.HubCode && row.Data != null
            && kinds.Contains(row.Kind));
        var rows = await (subjects is null ? found : found.Where(row => subjects.Contains(row.Subject))).ToListAsync(cancellation);
        IEnumerable<NationalItem> joint = kinds.Contains(Kinds.Webinar)
            ? isolation.Each(await Dossiers.ReadAsync(db, node, cancellation), dossier => (dossier.Id, 0), Of)
                .Where(item => subjects is null || subjects.Contains(item.Subject)) : [];
        return [.. rows.Select(Of).OfType<NationalItem>(), .. joint];
    }

    public async Task<NationalItem?> FindAsync(NodeContext db, string node, string subject, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await Dossiers.FindAsync(db, node, subject, cancellation) is { } dossier)
        {
            return Of(dossier);
        }

        return await db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode
            && row.Subject == subject && row.Data != null, cancellation) is { } row ? Of(row) : null;
    }

    /// <summary>When the national site was last heard of, UTC; null when never.</summary>
    public static async Task<DateTime?> KnownAtAsync(NodeContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var hub = await db.Cursors.AsNoTracking().SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, cancellation);
        return hub is null ? null : hub.HeardAt > hub.AdvancedAt ? hub.HeardAt : hub.AdvancedAt ?? hub.HeardAt;
    }

    /// <summary>Events under those who have agreed to it, and once where clusters have agreed that they are one.</summary>
    internal static IReadOnlyList<NationalItem> Agreed(IReadOnlyList<NationalItem> items, EventAgreements agreements)
    {
        var events = items.Where(item => item is { Publication: Event }).ToDictionary(item => item.Subject);
        // What is not for everyone is never put together with what is.
        bool IsPublic(string id) => events.GetValueOrDefault(id) is { Publication: Event { Visibility: Visibility.Public } };
        var made = new List<NationalItem>(items.Count);
        foreach (var item in items)
        {
            List<string> group = IsPublic(item.Subject)
                ? [.. agreements.GroupOf(item.Subject).Where(IsPublic).OrderBy(id => id != item.Subject)] : [item.Subject];
            if (item.Publication is not Event)
            {
                made.Add(item);
            }
            else if (agreements.LeadOf(group) == item.Subject)
            {
                made.Add(item with { Publication = Together(group) });
            }
        }

        return made;

        Event Together(IReadOnlyList<string> group) => AgreedEvent.Together([.. group.Select(id => (id, events[id].IsJoint
            ? (Event)events[id].Publication : AgreedEvent.WithCoOrganisers((Event)events[id].Publication, id, agreements)))]);
    }

    /// <summary>A joint webinar once it is announced.</summary>
    private NationalItem? Of(Dossier dossier) =>
        JointCalendar.Of(dossier) is { } said && directory.Find(said.Owner) is { } owner
            ? new NationalItem(said.Id, owner, Kinds.Webinar, said.Webinar, said.RevisedAt)
            { Revision = said.Revision, IsJoint = true } : null;

    private NationalItem? Of(PublicationRow row)
    {
        if (directory.Find(row.Cluster) is not { } cluster)
        {
            return null;
        }

        try
        {
            NullEntries.Check(row.Data!);
            var item = new NationalItem(row.Subject, cluster, row.Kind, PublicationText.Read(row.Kind, row.Data!), row.RevisedAt)
            {
                Revision = row.Revision,
            };
            // Its days are asked for later, among all the others'.
            item.NextDay(DateOnly.MinValue);
            return item;
        }
        catch (Exception exception)
        {
            // The hub has accepted it: whatever is odd about one item, the others are shown.
            isolation.Tell(exception, (row.Subject, row.Revision));
            return null;
        }
    }
}
