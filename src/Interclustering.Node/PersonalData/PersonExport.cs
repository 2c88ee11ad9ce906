using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Accounts.PersonalData;

namespace Interclustering.Node.PersonalData;

/// <summary>What a node keeps of one person, for that person: GDPR, article 15.</summary>
public static class PersonExport
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<JsonObject> ReadAsync(NodeContext db, KnownPerson person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        var told = await PersonRows.ReadAsync(db, NodeTables.All, person.Keys, cancellation);
        if (person.Registrants.Count > 0)
        {
            told["Ce qui a été dit en s’inscrivant"] = JsonSerializer.SerializeToNode(person.Registrants, Readable);
        }

        return told;
    }

    /// <summary>The file that the person gets.</summary>
    /// <param name="person">Whom it is about, as asked.</param>
    /// <param name="at">When it was written, UTC.</param>
    /// <param name="kept">What each participant keeps, by its code.</param>
    public static string Write(string person, DateTime at, IReadOnlyDictionary<string, JsonObject> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var text = new JsonObject { ["personne"] = person, ["date"] = at };
        foreach (var (code, rows) in kept)
        {
            text[code] = rows;
        }

        return text.ToJsonString(Readable) + "\n";
    }
}
