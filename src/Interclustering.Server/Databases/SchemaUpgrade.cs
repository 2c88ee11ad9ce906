using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Databases;

/// <summary>Brings a database to the schema of this program: the server does at its start, and nothing else.</summary>
internal static class SchemaUpgrade
{
    /// <returns>What was done, in words; null for nothing.</returns>
    /// <exception cref="ForeignDatabaseException">It has a migration that this program does not know: nothing was changed.</exception>
    public static async Task<string?> RunAsync(DbContext db, string code, CancellationToken cancellation)
    {
        var (applied, missing) = await CompareAsync(db, code, cancellation);
        if (missing == 0)
        {
            return null;
        }

        await db.Database.MigrateAsync(cancellation);
        return applied == 0 ? "its database is made" : $"its database is brought up to date ({missing} migrations)";
    }

    /// <summary>
    /// For verbs: an older server may be running on the database, and a verb that changed its tables would break it.
    /// </summary>
    /// <exception cref="ForeignDatabaseException">It has a migration that this program does not know: nothing was changed.</exception>
    /// <exception cref="OldDatabaseException">It has to be made or brought up to date first: nothing was changed.</exception>
    public static async Task RequireAsync(DbContext db, string code, CancellationToken cancellation)
    {
        var (applied, missing) = await CompareAsync(db, code, cancellation);
        if (missing > 0)
        {
            throw new OldDatabaseException(code, applied, missing);
        }
    }

    /// <summary>For verbs that may come before the first start of the server: makes a database that is not there.</summary>
    /// <inheritdoc cref="RequireAsync"/>
    public static async Task MakeAsync(DbContext db, string code, CancellationToken cancellation)
    {
        var (applied, missing) = await CompareAsync(db, code, cancellation);
        if (missing > 0 && applied > 0)
        {
            throw new OldDatabaseException(code, applied, missing);
        }

        await db.Database.MigrateAsync(cancellation);
    }

    private static async Task<(int Applied, int Missing)> CompareAsync(DbContext db, string code, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        return applied.Except(known).FirstOrDefault() is { } unknown
            ? throw new ForeignDatabaseException(code, unknown) : (applied.Count, known.Except(applied).Count());
    }
}
