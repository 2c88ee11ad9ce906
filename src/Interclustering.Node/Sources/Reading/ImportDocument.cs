using Interclustering.Contracts;

namespace Interclustering.Node.Sources.Reading;

/// <summary>
/// One reading of a file or an address, without any effect: what it holds, what of it could not be read, what is not for publication, and
/// whether that is all that its source has.
/// </summary>
/// <param name="System">openagenda, the-events-calendar, icalendar, schema-org, rss, or empty when it was not recognised.</param>
/// <param name="Events">In the order of the source, each key once.</param>
public sealed record ImportDocument(string System, IReadOnlyList<ImportedEvent> Events)
{
    public const string OpenAgenda = "openagenda";
    public const string TheEventsCalendar = "the-events-calendar";
    public const string Calendar = "icalendar";
    public const string StructuredData = "schema-org";
    public const string Feed = "rss";

    /// <summary>Could not be read, or can't stand. Its source lists it all the same: with a key, it is present.</summary>
    public IReadOnlyList<ImportProblem> Rejected { get; init; } = [];

    /// <summary>Read, and not for publication: private, or an event of ours that comes back.</summary>
    public IReadOnlyList<ImportProblem> LeftOut { get; init; } = [];

    /// <summary>On events that were read, with a change.</summary>
    public IReadOnlyList<ImportProblem> Remarks { get; init; } = [];

    /// <summary>
    /// Why the source may have more than this, one sentence in French; null when this is all of it. What is missing from an incomplete
    /// reading has not disappeared.
    /// </summary>
    public string? Incomplete { get; init; }

    /// <summary>Where the source says that it goes on; null at its end.</summary>
    public string? NextPage { get; init; }

    /// <summary>Keys of everything that the source lists, read or not.</summary>
    public HashSet<string> Present() =>
        [.. Events.Select(item => item.Key), .. Rejected.Concat(LeftOut).Select(problem => problem.Key).OfType<string>()];

    internal static ImportDocument Unreadable(string system, string reason) =>
        new(system, []) { Rejected = [new ImportProblem(null, null, reason)], Incomplete = reason };
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
