using Microsoft.EntityFrameworkCore;

namespace Interclustering.Node.Registrations;

/// <summary>
/// Takes the row of a pool until the transaction ends, on SQLite and on PostgreSQL alike: what is read after it is what the last decision
/// has left.
/// </summary>
internal static class RegistrationLock
{
    /// <returns>A number that rises with each time it was taken.</returns>
    public static async Task<long> TakeAsync(NodeContext db, string id, string pool, CancellationToken cancellation)
    {
        var (none, never) = ("", DateTime.UnixEpoch);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "RegistrationPools" ("Event", "Session", "Arrivals", "Told", "ToldStart", "StartBefore", "Item", "ToldAt")
            VALUES ({id}, {pool}, 0, {none}, {none}, {none}, {none}, {never}) ON CONFLICT DO NOTHING
            """,
            cancellation);
        await db.RegistrationPools.Where(row => row.Event == id && row.Session == pool)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.Arrivals, each => each.Arrivals + 1), cancellation);
        return await db.RegistrationPools.Where(row => row.Event == id && row.Session == pool).Select(row => row.Arrivals)
            .SingleAsync(cancellation);
    }
}
