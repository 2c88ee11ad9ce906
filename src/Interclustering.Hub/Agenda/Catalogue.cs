using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Publications;
using Interclustering.Hub.JointWebinars;
using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.Agenda;

/// <summary>The public state at one position of the hub's journal. Immutable: a page that has it reads nothing else.</summary>
/// <param name="Epoch">The life of the hub's journal that positions belong to.</param>
/// <param name="Position">The hub's journal up to here is in it.</param>
/// <param name="Items">By id; staff items are not in it.</param>
/// <param name="Withdrawn">What was public once, by id.</param>
/// <param name="People">By id.</param>
/// <param name="Agenda">Every occurrence, in order of day and hour.</param>
public sealed record Snapshot(
    string Epoch, long Position, IReadOnlyDictionary<string, Published> Items, IReadOnlyDictionary<string, Removal> Withdrawn,
    IReadOnlyDictionary<string, Person> People, IReadOnlyList<Occurrence> Agenda)
{
    public static Snapshot Empty { get; } = new(
        "", 0, new Dictionary<string, Published>(), new Dictionary<string, Removal>(), new Dictionary<string, Person>(), []);
}

/// <summary>A publication that is no longer public.</summary>
public sealed record Removal(string Id, string Cluster, long Revision, DateTime RemovedAt, long Position);

/// <summary>
/// Follows the hub's journal and folds what is new into the next snapshot. Six clusters publish some thousands of items a year: they fit in
/// memory, every page reads one consistent position, and no request asks the database (see docs/decisions.md).
/// </summary>
public sealed partial class Catalogue(IDbContextFactory<HubContext> databases, FederationDirectory directory, ILogger<Catalogue> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim wake = new(0);
    private readonly Dictionary<string, Published> items = [];
    private readonly Dictionary<string, Person> people = [];
    private readonly Dictionary<string, IReadOnlyList<Occurrence>> occurrences = [];
    private readonly Dictionary<string, Removal> withdrawn = [];
    private Snapshot current = Snapshot.Empty;

    public Snapshot Current => Volatile.Read(ref current);

    /// <summary>There is another <see cref="Current"/>. Whoever follows returns at once.</summary>
    public event Action? Moved;

    /// <summary>The hub has committed: look at once.</summary>
    public void Wake()
    {
        if (wake.CurrentCount == 0)
        {
            wake.Release();
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException { InnerException: System.Data.Common.DbException })
            {
                LogFailed(exception);
            }

            try
            {
                await wake.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var head = await db.Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (head is not null && Current.Epoch.Length > 0 && head.Epoch != Current.Epoch)
        {
            // Positions of another life of the journal say nothing: all is read again, and shown at once.
            Forget();
        }

        var after = items.Count + withdrawn.Count + people.Count == 0 ? 0 : Current.Position;
        var rows = await db.Publications.AsNoTracking().Where(row => row.Position > after).OrderBy(row => row.Position).ToListAsync(cancellation);
        if (head is null || (rows.Count == 0 && head.Sequence == Current.Position && head.Epoch == Current.Epoch))
        {
            return;
        }

        foreach (var row in rows)
        {
            Fold(row);
        }

        var position = Math.Max(head.Sequence, rows.Count == 0 ? 0 : rows[^1].Position);
        await FoldDossiersAsync(db, [.. rows.Where(row => row.Kind == Kinds.JointWebinar)], position, cancellation);

        var agenda = occurrences.Values.SelectMany(times => times).OrderBy(time => time.Day).ThenBy(time => time.Start)
            .ThenBy(time => time.Event.Title, StringComparer.Ordinal).ToList();
        Volatile.Write(ref current, new Snapshot(
            head.Epoch, position, new Dictionary<string, Published>(items),
            new Dictionary<string, Removal>(withdrawn), new Dictionary<string, Person>(people), agenda));
        Moved?.Invoke();
        if (FederationTelemetry.HasListeners)
        {
            FederationTelemetry.Visible(await db.Journal.AsNoTracking().Where(row => row.Sequence > after).ToListAsync(cancellation));
        }
    }

    /// <summary>A joint webinar that was announced is an item like the others: its dossier is folded anew whenever the hub has ruled on it.</summary>
    private async Task FoldDossiersAsync(HubContext db, IReadOnlyList<PublicationRow> rulings, long position, CancellationToken cancellation)
    {
        if (rulings.Count == 0)
        {
            return;
        }

        var facts = await DossierFacts.ReadAsync(db, [.. rulings.Select(row => row.Subject)], cancellation);
        foreach (var row in rulings)
        {
            try
            {
                // What was committed since the rows were read belongs to the next snapshot.
                if (DossierFold.Of(row.Subject, facts[row.Subject].Where(said => said.Position <= position)) is { } dossier && JointCalendar.Of(dossier) is { } said && directory.Find(said.Owner) is { } owner)
                {
                    Show(new Published(said.Id, Kinds.Webinar, owner, said.Webinar, said.Revision, said.PublishedAt, said.RevisedAt, said.Position), said.Webinar);
                }
            }
            catch (Exception exception)
            {
                LogUnreadable(exception, row.Subject);
            }
        }
    }

    private void Forget()
    {
        items.Clear();
        people.Clear();
        occurrences.Clear();
        withdrawn.Clear();
    }

    private void Fold(PublicationRow row)
    {
        var wasPublic = items.Remove(row.Subject) || withdrawn.ContainsKey(row.Subject);
        occurrences.Remove(row.Subject);
        people.Remove(row.Subject);
        if (wasPublic || row.Data is null)
        {
            // Whether it was withdrawn or is for the teams now: whoever has seen it learns that it is gone, and nothing else.
            withdrawn[row.Subject] = new Removal(row.Subject, row.Cluster, row.Revision, row.RevisedAt, row.Position);
        }

        if (row.Data is null)
        {
            return;
        }

        try
        {
            if (row.Kind == Kinds.Person)
            {
                people[row.Subject] = JsonSerializer.Deserialize<Person>(row.Data, ContractJson.Options)!;
            }
            else if (Read(row.Kind, row.Data) is { } item && item.Visibility != Visibility.Staff && directory.Find(row.Cluster) is { } owner)
            {
                var shown = item.Visibility == Visibility.Members ? Published.Redact(item) : item;
                Show(new Published(
                    row.Subject, shown is Webinar ? Kinds.Webinar : shown is Event ? Kinds.Event : row.Kind, owner, shown, row.Revision, row.PublishedAt, row.RevisedAt, row.Position), item);
            }
        }
        catch (Exception exception)
        {
            // Ingest has accepted it: whatever is odd about one item, and whatever a recurrence engine throws for it, the others are shown.
            LogUnreadable(exception, row.Subject);
        }
    }

    /// <param name="shown">What everybody sees of it.</param>
    /// <param name="item">The whole.</param>
    private void Show(Published shown, PublishedItem item)
    {
        var published = shown with { Regions = Published.RegionsOf(item, shown.Owner, directory) };
        occurrences[published.Id] = [.. Occurrences.Of(published)];
        items[published.Id] = published;
        withdrawn.Remove(published.Id);
    }

    /// <summary>Null for kinds that the site does not show.</summary>
    internal static PublishedItem? Read(string kind, string data) => kind switch
    {
        Kinds.Event => JsonSerializer.Deserialize<Event>(data, ContractJson.Options),
        Kinds.Webinar => JsonSerializer.Deserialize<Webinar>(data, ContractJson.Options),
        Kinds.BestPractice => JsonSerializer.Deserialize<BestPractice>(data, ContractJson.Options),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject} can't be shown")]
    private partial void LogUnreadable(Exception exception, string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "The catalogue could not read the hub's database; it shows what it knows")]
    private partial void LogFailed(Exception exception);
}
