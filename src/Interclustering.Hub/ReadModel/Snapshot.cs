using System.Collections.Immutable;
using Interclustering.Contracts;

namespace Interclustering.Hub.ReadModel;

/// <summary>The public state at one position of the hub's journal. Immutable: a page that has it reads nothing else.</summary>
/// <param name="Epoch">The life of the hub's journal that positions belong to.</param>
/// <param name="Position">The hub's journal up to here is in it.</param>
/// <param name="Items">By id; staff items are not in it.</param>
/// <param name="Withdrawn">What was public once, by id.</param>
/// <param name="People">By id.</param>
/// <param name="Agenda">Every occurrence, in order of day and hour.</param>
public sealed record Snapshot(
    string Epoch, long Position, PublishedDictionary Items, PositionedDictionary<Removal> Withdrawn,
    IReadOnlyDictionary<string, Person> People, Timetable Agenda)
{
    /// <summary>The month in which its occurrences were worked out, see <see cref="SeriesHorizon"/>.</summary>
    public DateOnly Month { get; init; }

    /// <summary>Ids of what was accepted and can't be shown: some reader fails on it.</summary>
    public IReadOnlySet<string> SetAside { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Of each event that clusters have agreed to be one with another: the id of that one, at whose address it is shown.
    /// </summary>
    public IReadOnlyDictionary<string, string> Into { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>By id of the event, then by id of the record: what clusters have counted. See <see cref="SeatCounts"/>.</summary>
    public IReadOnlyDictionary<string, ImmutableSortedDictionary<string, IReadOnlyList<SeatCount>>> Registrations { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<string, IReadOnlyList<SeatCount>>>.Empty;

    /// <summary>An item by its id, or the one that it is part of.</summary>
    public Published? Find(string id) => Items.GetValueOrDefault(Into.GetValueOrDefault(id, id));

    /// <summary>By id of a person, where the hub's journal tells of the last change.</summary>
    public IReadOnlyDictionary<string, long> PeopleChanged { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>
    /// Items that have not changed since a position, and name people who have, or who were erased since: what is shown of them differs.
    /// </summary>
    public IEnumerable<Published> NamingChanged(long position)
    {
        var changed = PeopleChanged.Where(person => person.Value > position).Select(person => person.Key)
            .Concat(Withdrawn.Since(position).Select(removal => removal.Id)).ToHashSet();
        return changed.Count == 0 ? [] : Items.Values.TakeWhile(item => item.Position <= position)
            .Where(item => item.NamedPeople.Any(changed.Contains));
    }

    public static Snapshot Empty { get; } = new(
        "", 0, PublishedDictionary.Empty, PositionedDictionary<Removal>.Empty, ImmutableDictionary<string, Person>.Empty, Timetable.Empty);
}

/// <summary>A publication that is no longer public.</summary>
public sealed record Removal(string Id, string Cluster, long Revision, DateTime RemovedAt, long Position) : IPositioned;
