using Interclustering.Contracts;
using Interclustering.Hub;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Databases;

/// <summary>The hub's database for verbs that work beside a running server, or before its first start.</summary>
internal static class HubDatabase
{
    /// <summary>Opens it, and makes it where there is none. Null, having said so, where this installation does not host the hub.</summary>
    public static async Task<DatabaseFactories?> OpenAsync(ServerSettings settings, TextWriter error, CancellationToken cancellation)
    {
        if (!settings.HostsHub)
        {
            await error.WriteLineAsync($"This installation does not host the hub. Hosted here: {string.Join(", ", settings.Roles)}.");
            return null;
        }

        DataFolder.Open(settings.Data);
        var databases = new DatabaseFactories(settings);
        await using HubContext db = databases.CreateDbContext();
        await SchemaUpgrade.MakeAsync(db, FederationDirectory.HubCode, cancellation);
        return databases;
    }
}
