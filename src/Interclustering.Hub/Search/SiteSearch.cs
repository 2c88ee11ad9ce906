using Interclustering.Contracts;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Search;

/// <summary>One publication that was found.</summary>
/// <param name="Item">As the site shows it.</param>
/// <param name="Next">When it takes place next, or last; null for a sheet.</param>
/// <param name="Matched">How many of the terms are in it.</param>
/// <param name="Exact">How many of them stand there as they were typed.</param>
/// <param name="Score">See <see cref="SearchMatch"/>.</param>
/// <param name="Named">Who in it was looked for by name.</param>
public sealed record SearchHit(Published Item, Occurrence? Next, int Matched, int Exact, double Score, IReadOnlyList<Person> Named);

/// <summary>What a search found.</summary>
/// <param name="Query">With the terms as they were looked for, corrections included.</param>
/// <param name="Corrected">What was typed, is nowhere, and was taken for something else.</param>
/// <param name="Hits">The nearest first.</param>
/// <param name="Facets">Over everything that was found, whatever else is chosen.</param>
/// <param name="IsPartial">Nothing has all the terms: these have some.</param>
public sealed record SearchResults(SearchQuery Query, IReadOnlyList<(string Typed, string Meant)> Corrected, IReadOnlyList<SearchHit> Hits,
    Facets Facets, bool IsPartial);

/// <summary>One search over events, webinars, sheets, and what is in their attachments.</summary>
/// <param name="site">What the site shows.</param>
/// <param name="index">Where words are looked for.</param>
/// <param name="clock">Tells what is past.</param>
public sealed class SiteSearch(Func<Snapshot> site, ISearchIndex index, TimeProvider clock)
{
    /// <summary>With fewer that have all the terms, those that have some follow.</summary>
    private const int Enough = 10;

    /// <summary>What is past counts as half as near: of two that fit alike, the one to come stands first.</summary>
    private const double Past = 0.5;

    public async Task<SearchResults> FindAsync(string text, AgendaFilter filter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = SearchQuery.Parse(text);
        var snapshot = site();
        var whole = Hits(await index.MatchAllAsync(query, cancellation), query.Terms.Count, snapshot);
        if (whole.Count >= Enough && NamedPeople.Meant(query.Terms, _ => true, snapshot).Count == 0)
        {
            return ResultsOf(query, [], whole, filter, snapshot, isPartial: false);
        }

        return await FindEachAsync(query, whole, filter, snapshot, cancellation);
    }

    /// <summary>Few have all the terms, or a name is among them: each term is looked for by itself.</summary>
    private async Task<SearchResults> FindEachAsync(
        SearchQuery query, IReadOnlyList<SearchHit> common, AgendaFilter filter, Snapshot snapshot, CancellationToken cancellation)
    {
        var terms = new List<SearchTerm>();
        var corrected = new List<(string, string)>();
        var found = new Dictionary<string, (int Matched, int Exact, double Score)>();
        var known = new Dictionary<SearchTerm, IReadOnlyList<SearchMatch>>();
        foreach (var term in query.Terms)
        {
            known[term] = await index.MatchAsync(term, cancellation);
        }

        var people = NamedPeople.Meant(query.Terms, term => known[term].Count > 0, snapshot);
        foreach (var term in query.Terms)
        {
            var (meant, matches) = await MatchAsync(term, WithNames(term, known[term], people, snapshot), cancellation);
            terms.Add(meant);
            if (meant != term)
            {
                corrected.Add((term.Text, meant.Text));
            }

            foreach (var match in matches)
            {
                var before = found.GetValueOrDefault(match.Id);
                found[match.Id] = (before.Matched + 1, before.Exact + match.Exact, before.Score + match.Score);
            }
        }

        foreach (var word in terms.SelectMany(term => term.Words).Distinct())
        {
            foreach (var match in await index.MatchAsync(new SearchTerm(word, [word]), cancellation))
            {
                var before = found.GetValueOrDefault(match.Id);
                found[match.Id] = before with { Score = before.Score + (before.Matched > 0 ? 0 : match.Score) };
            }
        }

        // Of a common term the index names only the nearest: what has all of them may not be among those.
        foreach (var hit in common)
        {
            found[hit.Item.Id] = (terms.Count, hit.Exact, found.GetValueOrDefault(hit.Item.Id).Score);
        }

        var hits = Hits(found.Select(pair => (pair.Key, pair.Value.Matched, pair.Value.Exact, pair.Value.Score)), people, snapshot);
        var whole = hits.Where(hit => hit.Matched == terms.Count).ToList();
        return ResultsOf(query with { Terms = terms }, corrected, whole.Count >= Enough ? whole : hits, filter, snapshot, whole.Count == 0);
    }

    private static SearchResults ResultsOf(SearchQuery query, IReadOnlyList<(string, string)> corrected, IReadOnlyList<SearchHit> shown,
        AgendaFilter filter, Snapshot snapshot, bool isPartial) => new(
            query, corrected, [.. shown.Where(hit => Fits(hit, filter, snapshot))],
            Facets.Count(shown.Select(hit => hit.Item), filter with { Text = null }), isPartial);

    private List<SearchHit> Hits(IReadOnlyList<SearchMatch> matches, int terms, Snapshot snapshot) =>
        Hits(matches.Select(match => (match.Id, terms, match.Exact, match.Score)), [], snapshot);

    /// <summary>The index may know what the site no longer shows, or not yet what it does: what the site shows counts.</summary>
    private List<SearchHit> Hits(
        IEnumerable<(string Id, int Matched, int Exact, double Score)> found, IReadOnlyList<Person> people, Snapshot snapshot)
    {
        var today = ParisDay.Today(clock);
        return
        [
            .. found.Where(match => snapshot.Items.ContainsKey(match.Id)).Select(match =>
            {
                var item = snapshot.Items[match.Id];
                var times = snapshot.Agenda.TimesOf(match.Id);
                var next = times.FirstOrDefault(time => time.LastDay >= today) ?? (times is [.., var last] ? last : null);
                return new SearchHit(item, next, match.Matched, match.Exact, match.Score * (next?.IsToCome(today) == false ? Past : 1),
                    people.Count == 0 ? [] : [.. NamedPeople.Of(item, snapshot.People).Where(people.Contains)]);
            }).OrderByDescending(hit => hit.Matched).ThenByDescending(hit => hit.Exact).ThenByDescending(hit => hit.Score)
                .ThenBy(hit => hit.Item.Title, StringComparer.Ordinal),
        ];
    }

    /// <summary>A name is as near as the word in a title.</summary>
    private static IReadOnlyList<SearchMatch> WithNames(SearchTerm term, IReadOnlyList<SearchMatch> matches, IReadOnlyList<Person> meant,
        Snapshot snapshot)
    {
        var best = matches.Select(match => match.Score).DefaultIfEmpty(1).Max();
        return [.. matches, .. NamedPeople.Find(term, meant, snapshot).Except(matches.Select(match => match.Id))
            .Select(id => new SearchMatch(id, best, 1))];
    }

    private async Task<(SearchTerm Term, IReadOnlyList<SearchMatch> Matches)> MatchAsync(
        SearchTerm term, IReadOnlyList<SearchMatch> matches, CancellationToken cancellation)
    {
        if (matches.Count > 0 || FrenchWords.Of(term.Text) is not [var word])
        {
            return (term, matches);
        }

        IReadOnlyList<KnownWord> known = [.. await index.WordsLikeAsync(word.Folded, cancellation),
            .. Language.IsEnglish ? EnglishWords.Known : []];
        var meant = Corrections.Of(word.Folded, known);
        if (meant.Count == 0)
        {
            return (term, matches);
        }

        // What is meant has its synonyms too.
        var terms = meant.SelectMany(each => SearchQuery.Parse(each.Shown).Terms).ToList();
        var other = new SearchTerm(meant[0].Shown,
            [.. terms.SelectMany(each => each.Alternatives).Distinct()])
        { Exact = [.. terms.SelectMany(each => each.Exact).Distinct()] };
        return (other, await index.MatchAsync(other, cancellation));
    }

    private static bool Fits(SearchHit hit, AgendaFilter filter, Snapshot snapshot) =>
        (filter with { Text = null }).Matches(hit.Item)
            && (!filter.IsDated || snapshot.Agenda.TimesOf(hit.Item.Id).Any(filter.MatchesDays));
}
