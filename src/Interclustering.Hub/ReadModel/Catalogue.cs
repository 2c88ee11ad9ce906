using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Hub.JointWebinars;
using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.ReadModel;

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
    /// <summary>The month in which its occurrences were worked out, see <see cref="SeriesHorizon"/>.</summary>
    public DateOnly Month { get; init; }

    /// <summary>Ids of what was accepted and can't be shown: some reader fails on it.</summary>
    public IReadOnlySet<string> SetAside { get; init; } = new HashSet<string>();

    public static Snapshot Empty { get; } = new(
        "", 0, new Dictionary<string, Published>(), new Dictionary<string, Removal>(), new Dictionary<string, Person>(), []);
}

/// <summary>A publication that is no longer public.</summary>
public sealed record Removal(string Id, string Cluster, long Revision, DateTime RemovedAt, long Position);

/// <summary>
/// Follows the hub's journal and folds what is new into the next snapshot. Six clusters publish some thousands of items a year: they fit in
/// memory, every page reads one consistent position, and no request asks the database (docs/decisions/0009).
/// </summary>
/// <param name="databases">The hub's.</param>
/// <param name="directory">Tells whose an item is.</param>
/// <param name="readers">Have to be able to read an item before it is shown.</param>
/// <param name="clock">For pauses, and for the horizon of series: all is folded anew when a month begins.</param>
/// <param name="logger">Told what can't be shown.</param>
public sealed partial class Catalogue(
    IDbContextFactory<HubContext> databases, FederationDirectory directory, IEnumerable<RenderProbe> readers, TimeProvider clock,
        ILogger<Catalogue> logger)
    : SteadyService(clock, logger)
{
    /// <summary>The agenda has pages for the years between: nothing outside of them can be found.</summary>
    private const int NoLongerShown = 1900, NotYetShown = 2202;

    private const int AtOnce = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim wake = new(0);
    private readonly Dictionary<string, Published> items = [];
    private readonly Dictionary<string, Person> people = [];
    private readonly Dictionary<string, IReadOnlyList<Occurrence>> occurrences = [];
    private readonly Dictionary<string, Removal> withdrawn = [];
    private readonly HashSet<string> setAside = [];
    private readonly FaultIsolation isolation = new(logger);
    private readonly IReadOnlyList<RenderProbe> readers = [.. readers];
    private Snapshot current = Snapshot.Empty;
    private DateOnly today;

    public Snapshot Current => Volatile.Read(ref current);

    /// <summary>There is another <see cref="Current"/>. Subscribers return at once.</summary>
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

    protected override async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stop);
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                Fails(exception);
                LogFailed(exception);
            }

            await wake.WaitAsync(Poll, stop);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        today = ParisDay.Today(Clock);
        var month = SeriesHorizon.MonthOf(today);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var head = await db.Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (head is not null && Current.Epoch.Length > 0 && (head.Epoch != Current.Epoch || month != Current.Month))
        {
            // Positions of another life of the journal say nothing, and in another month series are followed further: all is read again,
            // and shown at once.
            Forget();
        }

        var after = items.Count + withdrawn.Count + people.Count == 0 ? 0 : Current.Position;
        var rows = await db.Publications.AsNoTracking().Where(row => row.Position > after).OrderBy(row => row.Position)
            .ToListAsync(cancellation);
        if (head is null || (rows.Count == 0 && head.Sequence == Current.Position && head.Epoch == Current.Epoch
            && month == Current.Month))
        {
            return;
        }

        foreach (var row in rows)
        {
            Fold(row);
        }

        await FindRemovedAsync(db, [.. rows.Where(row => IsHidden(row)).Select(row => row.Subject)], cancellation);
        var position = Math.Max(head.Sequence, rows.Count == 0 ? 0 : rows[^1].Position);
        await FoldDossiersAsync(db, [.. rows.Where(row => row.Kind == Kinds.JointWebinar)], position, cancellation);

        var agenda = occurrences.Values.SelectMany(times => times).OrderBy(time => time.Day).ThenBy(time => time.Start)
            .ThenBy(time => time.Event.Title, StringComparer.Ordinal).ToList();
        var seen = head.Epoch == Current.Epoch ? Current.Position : after;
        Volatile.Write(ref current, new Snapshot(
            head.Epoch, position, new Dictionary<string, Published>(items),
            new Dictionary<string, Removal>(withdrawn), new Dictionary<string, Person>(people), agenda)
        {
            Month = month,
            SetAside = setAside.ToHashSet(),
        });
        Moved?.Invoke();
        if (FederationTelemetry.HasListeners)
        {
            FederationTelemetry.Visible(await db.Journal.AsNoTracking().Where(row => row.Sequence > seen).ToListAsync(cancellation));
        }
    }

    /// <summary>
    /// A joint webinar that was announced is an item like the others: its dossier is folded anew whenever the hub has ruled on it.
    /// </summary>
    private async Task FoldDossiersAsync(
        HubContext db, IReadOnlyList<PublicationRow> rulings, long position, CancellationToken cancellation)
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
                var dossier = DossierFold.Of(row.Subject, facts[row.Subject].Where(said => said.Position <= position));
                if (dossier is null)
                {
                    // Its proposal was erased: what may have been announced is gone, as a withdrawn publication is.
                    withdrawn.TryAdd(row.Subject, RemovalOf(row));
                }
                else if (JointCalendar.Of(dossier) is { } said && directory.Find(said.Owner) is { } owner)
                {
                    Show(new Published(said.Id, Kinds.Webinar, owner, said.Webinar, said.Revision, said.PublishedAt, said.RevisedAt,
                        said.Position), said.Webinar);
                }
            }
            catch (Exception exception)
            {
                Leave(exception, row);
            }
        }
    }

    private void Forget()
    {
        items.Clear();
        people.Clear();
        occurrences.Clear();
        withdrawn.Clear();
        setAside.Clear();
    }

    /// <summary>An item that is here, and that only the teams may see.</summary>
    private bool IsHidden(PublicationRow row) =>
        row.Kind is Kinds.Event or Kinds.Webinar or Kinds.BestPractice && row.Data is not null && !items.ContainsKey(row.Subject)
            && !setAside.Contains(row.Subject);

    /// <summary>
    /// An item that was shown once and is now for the teams only is gone for its readers, also in a process that has never shown it: the
    /// hub's journal knows from which revision on.
    /// </summary>
    private async Task FindRemovedAsync(HubContext db, IReadOnlyList<string> hidden, CancellationToken cancellation)
    {
        var unknown = hidden.Where(subject => !withdrawn.ContainsKey(subject)).ToList();
        foreach (var some in unknown.Chunk(AtOnce))
        {
            var entries = await db.Journal.AsNoTracking().Where(row => some.Contains(row.Subject)).OrderBy(row => row.Sequence)
                .ToListAsync(cancellation);
            foreach (var removal in isolation.Each(entries.GroupBy(entry => entry.Subject), history => (history.Key, 0), History.RemovalIn))
            {
                withdrawn[removal.Id] = removal;
            }
        }
    }

    private static Removal RemovalOf(PublicationRow row) => new(row.Subject, row.Cluster, row.Revision, row.RevisedAt, row.Position);

    /// <summary>
    /// Ingest has accepted it: whatever is odd about one item, and whatever a reader throws for it, the others are shown.
    /// </summary>
    private void Leave(Exception exception, PublicationRow row)
    {
        setAside.Add(row.Subject);
        if (row.Kind is Kinds.Event or Kinds.Webinar or Kinds.BestPractice or Kinds.JointWebinar)
        {
            // A client that knows an earlier revision removes it; whether one does is not checked.
            withdrawn[row.Subject] = RemovalOf(row);
        }

        isolation.Tell(exception, (row.Subject, row.Revision));
    }

    private void Fold(PublicationRow row)
    {
        var wasPublic = items.Remove(row.Subject);
        occurrences.Remove(row.Subject);
        people.Remove(row.Subject);
        setAside.Remove(row.Subject);
        if (wasPublic || row.Data is null)
        {
            // Withdrawn, or now for the teams only: a client that has seen it learns that it is gone, and nothing else.
            withdrawn[row.Subject] = RemovalOf(row);
        }

        if (row.Data is null)
        {
            return;
        }

        try
        {
            NullEntries.Check(row.Data);
            if (row.Kind == Kinds.Person)
            {
                people[row.Subject] = JsonSerializer.Deserialize<Person>(row.Data, ContractJson.Options)!;
            }
            else if (Read(row.Kind, row.Data) is { } item && item.Visibility != Visibility.Staff
                && directory.Find(row.Cluster) is { } owner)
            {
                var shown = Published.AsShown(item, today);
                Show(new Published(
                    row.Subject, shown is Webinar ? Kinds.Webinar : shown is Event
                        ? Kinds.Event : row.Kind, owner, shown, row.Revision, row.PublishedAt, row.RevisedAt, row.Position), item);
            }
        }
        catch (Exception exception)
        {
            Leave(exception, row);
        }
    }

    /// <param name="shown">The public view of it.</param>
    /// <param name="item">The whole.</param>
    private void Show(Published shown, PublishedItem item)
    {
        var published = shown with { Regions = Published.RegionsOf(item, shown.Owner, directory) };
        occurrences[published.Id] = Admit(published, today);
        items[published.Id] = published;
        withdrawn.Remove(published.Id);
    }

    /// <summary>When it takes place, once every reader has shown that it can read it.</summary>
    /// <exception cref="Exception">What a reader throws for it.</exception>
    internal IReadOnlyList<Occurrence> Admit(Published published, DateOnly today)
    {
        IReadOnlyList<Occurrence> times = [.. Occurrences.Of(published, today)];
        if (times.FirstOrDefault(time => time.Day.Year <= NoLongerShown || time.LastDay.Year >= NotYetShown) is { } beyond)
        {
            throw new FormatException($"The agenda has no page for {beyond.Day:yyyy-MM-dd}.");
        }

        foreach (var reader in readers)
        {
            reader.Try(published, times);
        }

        return times;
    }

    /// <summary>Null for kinds that the site does not show.</summary>
    internal static PublishedItem? Read(string kind, string data) => kind switch
    {
        Kinds.Event => JsonSerializer.Deserialize<Event>(data, ContractJson.Options),
        Kinds.Webinar => JsonSerializer.Deserialize<Webinar>(data, ContractJson.Options),
        Kinds.BestPractice => JsonSerializer.Deserialize<BestPractice>(data, ContractJson.Options),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The catalogue could not read the hub's database; it shows what it knows")]
    private partial void LogFailed(Exception exception);
}
