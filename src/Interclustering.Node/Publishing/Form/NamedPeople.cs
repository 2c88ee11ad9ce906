using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publishing.Form;

/// <summary>Persons named one a line, « Nom — rôle »; one who is known already with the same role is not entered again.</summary>
internal sealed class NamedPeople(IReadOnlyDictionary<string, Person> known, string code)
{
    private readonly Dictionary<Person, string> added = [];

    /// <summary>Persons to be journaled with the item that names them; with a draft they are drafts.</summary>
    public IReadOnlyList<(string? Subject, Publication Publication)> Added =>
        [.. added.Select(person => ((string?)person.Value, (Publication)person.Key))];

    /// <summary>What is wrong with a name that was typed; null when nothing is.</summary>
    public string? Wrong => added.Keys.SelectMany(person => ContentCheck.Of(person))
        .Select(problem => T["Une de ces lignes ne convient pas. {0}", ContentWords.Of(problem)]).FirstOrDefault();

    public static async Task<NamedPeople> LoadAsync(NodeContext db, string code, CancellationToken cancellation)
    {
        var rows = await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.Person && row.State != PublicationState.Withdrawn)
            .OrderBy(row => row.Subject).Select(row => new { row.Subject, row.Version, row.Data }).ToListAsync(cancellation);
        var people = FaultIsolation.Shared.Each(rows, row => (row.Subject, row.Version), row =>
            Tuple.Create(row.Subject, (Person)PublicationText.Read(Kinds.Person, row.Data)));
        return new NamedPeople(people.ToDictionary(person => person.Item1, person => person.Item2), code);
    }

    /// <summary>Ids of the persons whom an item names: speakers, or owner and contacts.</summary>
    public static IReadOnlyList<string> IdsIn(PublishedItem item) => item switch
    {
        Event happening => happening.Speakers,
        BestPractice sheet => [.. sheet.Owner is { } owner ? [owner] : Array.Empty<string>(), .. sheet.Contacts],
        _ => [],
    };

    /// <param name="lines">As typed.</param>
    /// <param name="before">Ids that the item names already: of two persons alike, the one named is meant.</param>
    public IReadOnlyList<string> IdsOf(string lines, IReadOnlyList<string> before) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => IdOf(line, before))
            .Distinct()];

    /// <summary>Of a member of the team, whatever role is known for the name.</summary>
    public string IdOfMember(string name) => known.FirstOrDefault(person => person.Value.Name == name) is { Key: { } id }
        ? id : IdOf(name, []);

    public string LineOf(string id) => known.GetValueOrDefault(id) is { } person
        ? person.Role is null ? person.Name : $"{person.Name} — {person.Role}"
        : "";

    /// <summary>The persons of these ids, also those who are only just typed.</summary>
    public IReadOnlyDictionary<string, Person> In(IReadOnlyList<string> ids) =>
        known.Concat(added.Select(person => KeyValuePair.Create(person.Value, person.Key))).Where(person => ids.Contains(person.Key))
            .DistinctBy(person => person.Key).ToDictionary();

    private string IdOf(string line, IReadOnlyList<string> before)
    {
        var parts = line.Split([" — ", " – ", " - "], 2, StringSplitOptions.TrimEntries);
        var typed = new Person { Nonce = "", Name = parts[0], Role = parts is [_, { Length: > 0 } role] ? role : null };

        // The form does not show the address: it must not tell people apart, or every edit would lose it.
        var alike = known.Where(person => person.Value.Name == typed.Name && person.Value.Role == typed.Role)
            .Select(person => person.Key).ToList();
        return alike.Find(before.Contains) ?? alike.FirstOrDefault()
            ?? (added.TryGetValue(typed, out var id) ? id : added[typed] = Subjects.Mint(code));
    }
}
