using System.Collections.Immutable;
using System.Text.Json;
using Interclustering.Content.Agreements;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Hub.JointWebinars;
using Interclustering.JointWebinars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.Hub.ReadModel;

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

    /// <summary>Rows that are read while those before them are folded.</summary>
    private const int Ahead = 1000;
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1), LongestPoll = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim wake = new(0);

    // What the next snapshot is made of: it shares with this one what does not change.
    private readonly ImmutableDictionary<string, Person>.Builder people = ImmutableDictionary.CreateBuilder<string, Person>();
    private readonly ImmutableDictionary<string, long>.Builder peopleChanged = ImmutableDictionary.CreateBuilder<string, long>();
    private readonly ImmutableHashSet<string>.Builder setAside = ImmutableHashSet.CreateBuilder<string>();
    private readonly Dictionary<string, IReadOnlyList<Occurrence>> changedTimes = [];
    private PublishedDictionary.Builder items = PublishedDictionary.Empty.ToBuilder();
    private PositionedDictionary<Removal>.Builder withdrawn = PositionedDictionary<Removal>.Empty.ToBuilder();
    private Timetable agenda = Timetable.Empty;
    private readonly SeatCounts seats = new();
    private readonly FaultIsolation isolation = new(logger);
    private AgreedItems? agreed;
    private readonly IReadOnlyList<RenderProbe> readers = [.. readers];
    private readonly Admissions admissions = new(databases, directory, readers.Select(reader => reader.Name));
    private Admission? admitted;
    private Snapshot current = Snapshot.Empty;
    private DateOnly today;
    private readonly DateTime started = clock.GetUtcNow().UtcDateTime;

    public Snapshot Current => Volatile.Read(ref current);

    private AgreedItems Agreed => agreed ??= new(id => withdrawn.Find(id));

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
            var pause = Breath;
            try
            {
                if (!await CatchUpAsync(stop))
                {
                    await NoteAdmittedAsync(stop);
                    pause = LongestPoll;
                }
            }
            catch (Exception exception) when (DatabaseFailure.Is(exception))
            {
                Fails(exception);
                LogFailed(exception);
            }

            await wake.WaitAsync(pause, stop);
        }
    }

    /// <summary>Notes, once it is quiet, what a start need not try again.</summary>
    private async Task NoteAdmittedAsync(CancellationToken cancellation)
    {
        var shown = Current;
        var now = new Admission(shown.Epoch, shown.Position, shown.Month, shown.SetAside);
        if (shown.Epoch.Length > 0 && now != admitted)
        {
            await admissions.WriteAsync(now, cancellation);
            admitted = now;
        }
    }

    /// <summary>Whether there was anything new.</summary>
    private async Task<bool> CatchUpAsync(CancellationToken cancellation)
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
        if (head is null)
        {
            return false;
        }

        if (after == 0)
        {
            var before = await admissions.ReadAsync(cancellation);
            admitted = before?.Epoch == head.Epoch && before.Month == month ? before : null;
        }

        var (last, hidden, rulings) = await FoldAfterAsync(db, after, cancellation);
        if (last == 0 && head.Sequence == Current.Position && head.Epoch == Current.Epoch && month == Current.Month)
        {
            return false;
        }

        await FindRemovedAsync(db, hidden, cancellation);
        var position = Math.Max(head.Sequence, last);
        await FoldDossiersAsync(db, rulings, position, cancellation);
        ShowAgreed();

        agenda = agenda.With(changedTimes);
        changedTimes.Clear();
        var seen = head.Epoch == Current.Epoch ? Current.Position : after;
        Volatile.Write(ref current, new Snapshot(
            head.Epoch, position, items.ToImmutable(), withdrawn.ToImmutable(), people.ToImmutable(), agenda)
        {
            Month = month,
            SetAside = setAside.ToImmutable(),
            PeopleChanged = peopleChanged.ToImmutable(),
            Into = Agreed.Into,
            Registrations = seats.All,
        });
        Moved?.Invoke();
        if (FederationTelemetry.TellsVisible)
        {
            // What is older was visible before this start, and there may be a million of it.
            FederationTelemetry.Visible(await db.Journal.AsNoTracking()
                .Where(row => row.Sequence > seen && row.Sequence <= position && row.Time >= started).ToListAsync(cancellation),
                Clock.GetUtcNow().UtcDateTime);
        }

        return true;
    }

    /// <summary>
    /// Folds every row after a position, in its order. Each is read on any core, while the next ones come from the database: a start reads
    /// all there are.
    /// </summary>
    /// <returns>The position of the last, 0 for none; what only the teams may see; and what rules on dossiers.</returns>
    private async Task<(long Last, IReadOnlyList<string> Hidden, IReadOnlyList<PublicationRow> Rulings)> FoldAfterAsync(
        HubContext db, long after, CancellationToken cancellation)
    {
        var (last, hidden, rulings) = (0L, new List<string>(), new List<PublicationRow>());
        var reading = Task.FromResult<IReadOnlyList<Reading>>([]);
        var rows = db.Publications.AsNoTracking().Where(row => row.Position > after).OrderBy(row => row.Position).AsAsyncEnumerable();
        await foreach (var chunk in rows.Chunk(Ahead).WithCancellation(cancellation))
        {
            FoldAll(await reading);
            reading = chunk.Length == 1 ? Task.FromResult<IReadOnlyList<Reading>>([Read(chunk[0])])
                : Task.Run<IReadOnlyList<Reading>>(() => [.. chunk.AsParallel().AsOrdered().Select(Read)], cancellation);
        }

        FoldAll(await reading);
        return (last, hidden, rulings);

        void FoldAll(IReadOnlyList<Reading> readings)
        {
            foreach (var read in readings)
            {
                Fold(read);
                last = read.Row.Position;
                if (IsHidden(read.Row))
                {
                    hidden.Add(read.Row.Subject);
                }
                else if (read.Row.Kind == Kinds.JointWebinar)
                {
                    rulings.Add(read.Row);
                }
            }
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
                    Agreed.Forget(row.Subject);
                    if (!withdrawn.Contains(row.Subject))
                    {
                        withdrawn.Set(RemovalOf(row));
                    }
                }
                else if (JointCalendar.Of(dossier) is { } said && directory.Find(said.Owner) is { } owner)
                {
                    Show(Admitted(new Published(said.Id, Kinds.Webinar, owner, said.Webinar, said.Revision, said.PublishedAt,
                        said.RevisedAt, said.Position)
                    { IsJoint = true }, said.Webinar, readers));
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
        items = PublishedDictionary.Empty.ToBuilder();
        withdrawn = PositionedDictionary<Removal>.Empty.ToBuilder();
        agenda = Timetable.Empty;
        people.Clear();
        peopleChanged.Clear();
        changedTimes.Clear();
        setAside.Clear();
        seats.Clear();
        Agreed.Clear();
    }

    /// <summary>An item that is here, and that only the teams may see.</summary>
    private bool IsHidden(PublicationRow row) =>
        row.Kind is Kinds.Event or Kinds.Webinar or Kinds.BestPractice && row.Data is not null && !items.Contains(row.Subject)
            && !setAside.Contains(row.Subject);

    /// <summary>
    /// An item that was shown once and is now for the teams only is gone for its readers, also in a process that has never shown it: the
    /// hub's journal knows from which revision on.
    /// </summary>
    private async Task FindRemovedAsync(HubContext db, IReadOnlyList<string> hidden, CancellationToken cancellation)
    {
        var unknown = hidden.Where(subject => !withdrawn.Contains(subject)).ToList();
        foreach (var some in unknown.Chunk(AtOnce))
        {
            var entries = await db.Journal.AsNoTracking().Where(row => some.Contains(row.Subject)).OrderBy(row => row.Sequence)
                .ToListAsync(cancellation);
            foreach (var removal in isolation.Each(entries.GroupBy(entry => entry.Subject), history => (history.Key, 0), History.RemovalIn))
            {
                withdrawn.Set(removal);
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
            withdrawn.Set(RemovalOf(row));
        }

        isolation.Tell(exception, (row.Subject, row.Revision));
    }

    private void Fold(Reading read)
    {
        var row = read.Row;
        var wasPublic = items.Remove(row.Subject);
        changedTimes[row.Subject] = [];
        people.Remove(row.Subject);
        peopleChanged.Remove(row.Subject);
        setAside.Remove(row.Subject);
        Agreed.Forget(row.Subject);
        if (wasPublic || row.Data is null)
        {
            // Withdrawn, or now for the teams only: a client that has seen it learns that it is gone, and nothing else.
            withdrawn.Set(RemovalOf(row));
        }

        if (Agreed.Concerns(row))
        {
            Try(row, Agreed.Take);
        }

        Try(row, seats.Take);
        if (EventAgreements.Concerns(row.Kind))
        {
            return;
        }

        if (read.Failure is { } failure)
        {
            Leave(failure, row);
        }
        else if (read.Person is { } person)
        {
            people[row.Subject] = person;
            peopleChanged[row.Subject] = row.Position;
        }
        else if (read.Shown is { } shown)
        {
            Show(shown);
        }
    }

    /// <summary>What a row says to readers. Depends on nothing else, so that rows are read on any core.</summary>
    private Reading Read(PublicationRow row)
    {
        if (row.Data is null)
        {
            return new Reading(row);
        }

        try
        {
            NullEntries.Check(row.Data);
            if (row.Kind == Kinds.Person)
            {
                return new Reading(row) { Person = JsonSerializer.Deserialize<Person>(row.Data, ContractJson.Options)! };
            }

            if (Read(row.Kind, row.Data) is not { } item || item.Visibility == Visibility.Staff
                || directory.Find(row.Cluster) is not { } owner)
            {
                return new Reading(row);
            }

            var shown = Published.AsShown(item, today);
            var kind = shown is Webinar ? Kinds.Webinar : shown is Event ? Kinds.Event : row.Kind;
            return new Reading(row)
            {
                Shown = Admitted(new Published(
                    row.Subject, kind, owner, shown, row.Revision, row.PublishedAt, row.RevisedAt, row.Position), item,
                    IsAdmitted(row) ? [] : readers),
            };
        }
        catch (Exception exception)
        {
            return new Reading(row) { Failure = exception };
        }
    }

    /// <summary>Whether this build has tried every reader on this revision before.</summary>
    private bool IsAdmitted(PublicationRow row) =>
        admitted is { } before && row.Position <= before.Position && !before.SetAside.Contains(row.Subject);

    /// <param name="shown">The public view of it.</param>
    /// <param name="item">The whole.</param>
    /// <param name="readers">Those that have to be able to read it.</param>
    private (Published Published, IReadOnlyList<Occurrence> Times) Admitted(
        Published shown, PublishedItem item, IReadOnlyList<RenderProbe> readers)
    {
        var published = shown with { Regions = Published.RegionsOf(item, shown.Owner, directory) };
        return (published, Admit(published, today, readers));
    }

    private void Show((Published Published, IReadOnlyList<Occurrence> Times) shown)
    {
        Place(shown);
        Agreed.Say(shown.Published);
    }

    private void Place((Published Published, IReadOnlyList<Occurrence> Times) shown)
    {
        changedTimes[shown.Published.Id] = shown.Times;
        items.Set(shown.Published);
        withdrawn.Remove(shown.Published.Id);
    }

    private void Try(PublicationRow row, Action<PublicationRow> take)
    {
        try
        {
            take(row);
        }
        catch (Exception exception)
        {
            isolation.Tell(exception, (row.Subject, row.Revision));
        }
    }

    /// <summary>Events of several clusters as these have agreed: what is part of another is gone from its own address.</summary>
    private void ShowAgreed()
    {
        var settled = Agreed.Settle();
        var apart = new HashSet<string>();
        foreach (var each in settled.Where(each => each.Shown is not null))
        {
            if (!TryPlace(each.Id, each.Shown!))
            {
                apart.Add(each.Id);
            }
        }

        foreach (var each in settled.Where(each => each.Into is not null))
        {
            if (apart.Contains(each.Into!))
            {
                Agreed.Part(each.Id);
                Place((each.AsSaid, Admit(each.AsSaid, today, [])));
                continue;
            }

            items.Remove(each.Id);
            changedTimes[each.Id] = [];
            withdrawn.Set(new Removal(each.Id, each.AsSaid.Owner.Code, each.AsSaid.Revision, each.At, each.Position));
        }
    }

    /// <summary>Several together are tried by every reader anew.</summary>
    private bool TryPlace(string id, Published shown)
    {
        try
        {
            var times = Admit(shown, today, shown.Parts.Count > 0 ? readers : []);
            Place((shown with { Regions = Published.RegionsOf(shown.Item, shown.Owner, directory) }, times));
            return true;
        }
        catch (Exception exception)
        {
            isolation.Tell(exception, (id, shown.Revision));
            return false;
        }
    }

    /// <summary>When it takes place, once every reader has shown that it can read it.</summary>
    /// <exception cref="Exception">What a reader throws for it.</exception>
    internal IReadOnlyList<Occurrence> Admit(Published published, DateOnly today) => Admit(published, today, readers);

    private static IReadOnlyList<Occurrence> Admit(Published published, DateOnly today, IReadOnlyList<RenderProbe> readers)
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

    /// <summary>What one row says: a person, an item with its times, nothing for readers, or why it can't be read.</summary>
    private sealed record Reading(PublicationRow Row)
    {
        public Person? Person { get; init; }

        public (Published Published, IReadOnlyList<Occurrence> Times)? Shown { get; init; }

        public Exception? Failure { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The catalogue could not read the hub's database; it shows what it knows")]
    private partial void LogFailed(Exception exception);
}
