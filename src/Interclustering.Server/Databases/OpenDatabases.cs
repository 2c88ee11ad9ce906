using Interclustering.Federation;
using Interclustering.Hub;
using Interclustering.Server.Configuration;
using Interclustering.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Databases;

/// <summary>Brings every hosted database to the current schema, and opens the journals, before anything listens.</summary>
public static class OpenDatabases
{
    public static void AddDatabases(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseFactories>();
        services.AddSingleton<IDbContextFactory<HubContext>>(provider => provider.GetRequiredService<DatabaseFactories>());
    }

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var settings = services.GetRequiredService<ServerSettings>();
        var databases = services.GetRequiredService<DatabaseFactories>();
        var steps = services.GetRequiredService<StartSteps>();
        foreach (var participant in services.GetRequiredService<IReadOnlyList<Participant>>())
        {
            await using var db = databases.Open(participant.Code);
            if (await SchemaUpgrade.RunAsync(db, participant.Code, cancellation) is { } done)
            {
                steps.Tell($"{participant.Code}: {done}");
            }

            if (settings.Provider == DatabaseProvider.Sqlite)
            {
                // Readers never wait for the writer.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellation);
            }

            await participant.Journal.OpenAsync(db, cancellation);
        }
    }
}
