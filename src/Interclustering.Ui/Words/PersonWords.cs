using Interclustering.Contracts;

namespace Interclustering.Ui.Words;

/// <summary>Persons as readers see them. The bus has one record for each role of a name; a name is one person.</summary>
public static class PersonWords
{
    /// <summary>What two records of one person have in common: the name, whatever its accents, case and spaces.</summary>
    public static string KeyOf(string name) => string.Join(' ', FoldedText.WordsOf(name));

    /// <summary>Each person once, in order, with all roles in which they are named here.</summary>
    public static IReadOnlyList<Person> Together(IEnumerable<Person> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return [.. people.GroupBy(person => KeyOf(person.Name)).Select(Together)];
    }

    private static Person Together(IGrouping<string, Person> records)
    {
        var roles = records.Select(person => person.Role).OfType<string>().DistinctBy(FoldedText.Of).ToList();
        return records.First() with
        {
            Role = roles.Count == 0 ? null : string.Join(", ", roles),
            Email = records.Select(person => person.Email).FirstOrDefault(email => email is not null),
        };
    }
}
