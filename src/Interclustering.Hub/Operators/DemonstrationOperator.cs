using Microsoft.EntityFrameworkCore;

namespace Interclustering.Hub.Operators;

/// <summary>One operator, so that a first visitor can look around. Only with demonstration content.</summary>
public static class DemonstrationOperator
{
    public const string Email = "federation@hub.example";

    /// <summary>Creates the account where the hub has none yet.</summary>
    public static async Task CreateAsync(HubContext db, string password, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!await db.Users.AnyAsync(cancellation))
        {
            await OperatorAccounts.PutAsync(db, Email, "Opérateur de démonstration", password, now, cancellation);
            (await db.Users.SingleAsync(cancellation)).IsDemonstration = true;
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Takes the account away where the demonstration is over, with its ways in.</summary>
    /// <returns>How many accounts were taken away.</returns>
    public static async Task<int> RemoveAsync(HubContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var left = await db.Users.Where(person => person.IsDemonstration).ToListAsync(cancellation);
        db.RemoveRange(left);
        await db.SaveChangesAsync(cancellation);
        return left.Count;
    }
}
