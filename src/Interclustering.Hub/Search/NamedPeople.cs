using Interclustering.Contracts;
using Interclustering.Hub.Agenda;

namespace Interclustering.Hub.Search;

/// <summary>
/// Finds publications by who speaks, or answers for them. Names stand in no index: they are looked for in what the site shows now, so that
/// whoever is erased is found no more.
/// </summary>
internal static class NamedPeople
{
    /// <summary>Speakers of an event; owner and contacts of a sheet. Nobody of a members' item.</summary>
    public static IEnumerable<Person> Of(Published item, IReadOnlyDictionary<string, Person> people) => (item.Item switch
    {
        _ when item.ForMembers => [],
        Event happening => happening.Speakers,
        BestPractice sheet => [.. sheet.Owner is { } owner ? [owner] : Array.Empty<string>(), .. sheet.Contacts],
        _ => [],
    }).Distinct().Select(people.GetValueOrDefault).OfType<Person>();

    /// <summary>Those in which somebody is named so: all words of the term, side by side, as they are written.</summary>
    public static IReadOnlyList<Published> Find(SearchTerm term, Snapshot site)
    {
        var looked = Folded(term.Text);
        var meant = site.People.Values.Where(person => Holds(Folded(person.Name), looked)).ToHashSet();
        return meant.Count == 0 ? [] : [.. site.Items.Values.Where(item => Of(item, site.People).Any(meant.Contains))];
    }

    private static bool Holds(List<string> name, List<string> looked) => looked.Count > 0
        && Enumerable.Range(0, Math.Max(0, name.Count - looked.Count + 1)).Any(from => name.Skip(from).Take(looked.Count).SequenceEqual(looked));

    private static List<string> Folded(string text) => [.. FrenchWords.Of(text).Select(word => word.Folded)];
}
