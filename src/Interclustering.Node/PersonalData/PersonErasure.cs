using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.PersonalData;

/// <summary>Some of a person's rows in a table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many.</param>
/// <param name="Stays">Why they stay; null for those that go, or lose the name.</param>
public sealed record PersonShare(string Table, int Rows, string? Stays);

/// <summary>Takes a person out of a node: GDPR, article 17. What was published of them goes everywhere.</summary>
public static class PersonErasure
{
    /// <summary>What would go and what would stay.</summary>
    public static async Task<IReadOnlyList<PersonShare>> LookAsync(NodeContext db, KnownPerson person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        var found = new List<PersonShare>();
        foreach (var table in NodeTables.All)
        {
            if (await table.ReadAsync(db, person.Keys, cancellation) is { Count: > 0 and var rows })
            {
                found.Add(new PersonShare(table.Name, rows, table.Stays));
            }
        }

        return found;
    }

    /// <summary>Whether a workspace would have no one left who can invite.</summary>
    public static async Task<bool> IsLastAdministratorAsync(NodeContext db, KnownPerson person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(person);
        return person.Account is { Role: StaffRoles.Administrator, Id: var id }
            && !await db.Users.AnyAsync(other => other.Role == StaffRoles.Administrator && other.Id != id, cancellation);
    }

    public static async Task RunAsync(
        NodeContext db, PublicationEditor editor, KnownPerson person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(editor);
        ArgumentNullException.ThrowIfNull(person);
        foreach (var record in person.Records)
        {
            await editor.EraseAsync(record.Subject, cancellation);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var table in NodeTables.All)
        {
            await table.EraseAsync(db, person.Keys, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
