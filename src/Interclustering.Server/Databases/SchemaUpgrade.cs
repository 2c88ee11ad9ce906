using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Databases;

/// <summary>Brings a database to the schema of this program.</summary>
internal static class SchemaUpgrade
{
    /// <exception cref="ForeignDatabaseException">It has a migration that this program does not know: nothing was changed.</exception>
    public static async Task RunAsync(DbContext db, string code, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations();
        if ((await db.Database.GetAppliedMigrationsAsync(cancellation)).Except(known).FirstOrDefault() is { } unknown)
        {
            throw new ForeignDatabaseException(code, unknown);
        }

        await db.Database.MigrateAsync(cancellation);
    }
}

/// <summary>The database was written by a version whose schema this program does not know.</summary>
public sealed class ForeignDatabaseException(string code, string migration)
    : Exception($"The database of {code} was written by another version of this program: it has the migration {migration}, which is "
        + "not known here. Nothing was changed. Start that version again, or give this one another database.");
