using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Search;

/// <summary>
/// Finds publications by who speaks, or answers for them. Names stand in no index: they are looked for in what the site shows now, so that
/// an erased person is no longer found.
/// </summary>
internal static class NamedPeople
{
    /// <summary>Speakers of an event; owner and contacts of a sheet. None of a members' item.</summary>
    public static IEnumerable<Person> Of(Published item, IReadOnlyDictionary<string, Person> people) => (item.Item switch
    {
        _ when item.ForMembers => [],
        Event happening => happening.Speakers,
        BestPractice sheet => [.. sheet.Owner is { } owner ? [owner] : Array.Empty<string>(), .. sheet.Contacts],
        _ => [],
    }).Distinct().Select(people.GetValueOrDefault).OfType<Person>();

    /// <summary>
    /// Who is meant: all of a name was typed, or a part of it that no text knows. A name may be a common word, and then it is looked for as
    /// one.
    /// </summary>
    public static IReadOnlyList<Person> Meant(IReadOnlyList<SearchTerm> terms, Func<SearchTerm, bool> stands, Snapshot site)
    {
        var typed = terms.SelectMany(term => Folded(term.Text)).ToHashSet();
        var nowhere = terms.Where(term => !stands(term)).Select(term => Folded(term.Text)).ToList();
        return [.. site.People.Values.Where(person =>
            Folded(person.Name) is { Count: > 0 } name && (name.TrueForAll(typed.Contains) || nowhere.Exists(part => Holds(name, part))))];
    }

    /// <summary>Ids of the items in which a term finds one of the persons meant.</summary>
    public static IEnumerable<string> Find(SearchTerm term, IReadOnlyList<Person> meant, Snapshot site)
    {
        var named = meant.Where(person => Holds(Folded(person.Name), Folded(term.Text))).ToHashSet();
        return named.Count == 0 ? [] : site.Items.Values.Where(item => Of(item, site.People).Any(named.Contains)).Select(item => item.Id);
    }

    private static bool Holds(List<string> name, List<string> looked) => looked.Count > 0
        && Enumerable.Range(0, Math.Max(0, name.Count - looked.Count + 1))
            .Any(from => name.Skip(from).Take(looked.Count).SequenceEqual(looked));

    private static List<string> Folded(string text) => [.. FrenchWords.Of(text).Select(word => word.Folded)];
}
