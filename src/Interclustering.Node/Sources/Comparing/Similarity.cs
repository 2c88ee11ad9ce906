using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Node.Sources.Comparing;

/// <summary>What an event is recognised by when its source gives it another key: some programs do so when it is moved or saved
/// again.</summary>
internal sealed class Similarity
{
    private const double FewestWordsShared = 0.6;
    private const int DaysMoved = 14, DaysAsked = 60;
    private readonly string title, place, start;
    private readonly string? page;
    private readonly HashSet<string> words;
    private readonly DateTime at;

    private Similarity(Event item)
    {
        title = KnownNames.Simple(item.Title);
        words = [.. title.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        place = KnownNames.Simple($"{item.Place?.Name} {item.Place?.City}");
        start = item.Sessions[0].Start;
        page = item.Url ?? item.Source?.Url;
        at = DateTime.Parse(start, CultureInfo.InvariantCulture);
    }

    public static Similarity Of(Event item) => new(item);

    /// <summary>What two that are alike have in common, at least one of them.</summary>
    public IEnumerable<string> Traits => page is null ? [$"title {title}", $"start {start}"]
        : [$"title {title}", $"start {start}", $"page {page}"];

    /// <summary>One title at one time, or one page on one day.</summary>
    public bool IsSame(Similarity other) => (title == other.title && start == other.start)
        || (page is not null && page == other.page && at.Date == other.at.Date);

    /// <summary>One title at one time, or one title at one place some days apart.</summary>
    public bool IsSurely(Similarity other) =>
        title == other.title && (start == other.start || (place.Length > 0 && place == other.place && Apart(other) <= DaysMoved));

    /// <summary>Near enough to ask an editor.</summary>
    public bool IsLikely(Similarity other) =>
        (title == other.title && Apart(other) <= DaysAsked) || (start == other.start && SharedWords(other) >= FewestWordsShared);

    private double Apart(Similarity other) => Math.Abs((at - other.at).TotalDays);

    private double SharedWords(Similarity other) =>
        words.Count == 0 || other.words.Count == 0 ? 0 : (double)words.Intersect(other.words).Count() / words.Union(other.words).Count();
}

/// <summary>Finds what is alike without comparing everything with everything: only what shares a title or a start, and of those not more
/// than some.</summary>
/// <typeparam name="T">What is recognised.</typeparam>
internal sealed class Similarities<T>(IEnumerable<(T Item, Similarity Similarity)> all)
{
    /// <summary>Of one title or one start: a source in which hundreds are alike is told apart by its keys alone.</summary>
    private const int MostCompared = 50;

    private readonly ILookup<string, (T Item, Similarity Similarity)> byTrait = all.SelectMany(known =>
        known.Similarity.Traits.Select(trait => (trait, known))).ToLookup(pair => pair.trait, pair => pair.known);

    /// <summary>What may be alike, in order.</summary>
    public IReadOnlyList<(T Item, Similarity Similarity)> Near(Similarity similarity) =>
        [.. similarity.Traits.SelectMany(trait => byTrait[trait].Take(MostCompared)).Distinct()];
}
