using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>What a file or an address holds, read without any effect.</summary>
/// <param name="System">openagenda, the-events-calendar, icalendar, schema-org, or empty when it was not recognised.</param>
/// <param name="Events">In the order of the source, each key once.</param>
/// <param name="Problems">What was left out, and remarks on what was read.</param>
public sealed record ImportDocument(string System, IReadOnlyList<ImportedEvent> Events, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>Where the source says that it goes on; null at its end.</summary>
    public string? NextPage { get; init; }

    public const string OpenAgenda = "openagenda";
    public const string TheEventsCalendar = "the-events-calendar";
    public const string Calendar = "icalendar";
    public const string StructuredData = "schema-org";

    /// <summary>Problems that name the key of an event that was read all the same are remarks; the others are what was left out.</summary>
    public ILookup<bool, ImportProblem> ProblemsByIsRemark()
    {
        var read = Events.Select(item => item.Key).ToHashSet();
        return Problems.ToLookup(problem => problem.Key is not null && read.Contains(problem.Key));
    }

    internal static ImportDocument Unreadable(string system, string reason) => new(system, [], [new ImportProblem(null, null, reason)]);
}

/// <summary>An event ready to be published. Its nonce is empty: the editor makes one.</summary>
/// <param name="Key">The source's own key, as in <see cref="SourceReference.Key"/>.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Event">What the source says, in the form of the contracts.</param>
public sealed record ImportedEvent(string Key, string Title, Event Event)
{
    /// <summary>What the source files it under, in its own words.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>Why something was not imported, or was imported with a change.</summary>
/// <param name="Key">The source's key; absent when it has none.</param>
/// <param name="Title">The event's title; absent when it has none.</param>
/// <param name="Reason">One sentence in French, for the cluster's staff.</param>
public sealed record ImportProblem(string? Key, string? Title, string Reason);
