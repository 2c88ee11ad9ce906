using Interclustering.Federation;
using Interclustering.Server.Configuration;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Databases;

/// <summary>Brings every hosted database to the current schema, and opens the journals, before anything listens.</summary>
public static class OpenDatabases
{
    public static async Task RunAsync(
        ServerSettings settings, DatabaseFactories databases, IReadOnlyList<Participant> participants, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participants);
        Directory.CreateDirectory(settings.Data);
        foreach (var participant in participants)
        {
            await using var db = databases.Open(participant.Code);
            await db.Database.MigrateAsync(cancellation);
            if (settings.Provider == DatabaseProvider.Sqlite)
            {
                // Readers never wait for the writer; what is erased is overwritten on disk.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;", cancellation);
            }

            await participant.Journal.OpenAsync(db, cancellation);
        }
    }
}
