using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Node.Authoring;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Publications;

/// <summary>Persons named one a line, « Nom — rôle »; one who is known already with the same role is not entered again.</summary>
internal sealed class NamedPeople(IReadOnlyDictionary<string, string> known, string code)
{
    private readonly Dictionary<string, string> added = [];

    /// <summary>Persons to be journaled with the item that names them.</summary>
    public IReadOnlyList<(string? Subject, Publication Publication)> Added =>
        [.. added.Select(person => ((string?)person.Value, PublicationText.Read(Kinds.Person, person.Key)))];

    public static async Task<NamedPeople> LoadAsync(NodeContext db, string code, CancellationToken cancellation)
    {
        var rows = await db.WorkingCopies.AsNoTracking().Where(row => row.Kind == Kinds.Person && row.State == PublicationState.Published)
            .OrderByDescending(row => row.Subject).Select(row => new { row.Subject, row.Data }).ToListAsync(cancellation);
        return new NamedPeople(rows.GroupBy(row => row.Data).ToDictionary(same => same.Key, same => same.Last().Subject), code);
    }

    public IReadOnlyList<string> IdsOf(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(IdOf).Distinct()];

    public string LineOf(string id) =>
        known.FirstOrDefault(pair => pair.Value == id).Key is { } text && PublicationText.Read(Kinds.Person, text) is Person person
            ? person.Role is null ? person.Name : $"{person.Name} — {person.Role}"
            : "";

    private string IdOf(string line)
    {
        var parts = line.Split([" — ", " – ", " - "], 2, StringSplitOptions.TrimEntries);
        var text = PublicationText.Of(new Person { Nonce = "", Name = parts[0], Role = parts is [_, { Length: > 0 } role] ? role : null });
        return known.GetValueOrDefault(text) ?? (added.TryGetValue(text, out var id) ? id : added[text] = Subjects.Mint(code));
    }
}
