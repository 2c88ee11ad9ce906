using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Accounts.PersonalData;

/// <summary>A person's rows of a database, by table.</summary>
public static class PersonRows
{
    /// <summary>What the person is told: each table that has rows of theirs, by its name.</summary>
    public static async Task<JsonObject> ReadAsync(
        DbContext db, IReadOnlyList<PersonalTable> tables, PersonKeys person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var told = new JsonObject();
        foreach (var table in tables)
        {
            if (await table.ReadAsync(db, person, cancellation) is { Count: > 0 } rows)
            {
                told[table.Name] = rows;
            }
        }

        return told;
    }
}
