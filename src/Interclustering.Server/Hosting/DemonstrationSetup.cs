using System.Security.Cryptography;
using Interclustering.Dates;
using Interclustering.Hub.Operators;
using Interclustering.Node;
using Interclustering.Node.Authoring;
using Interclustering.Node.Demonstration;
using Interclustering.Node.Files;
using Interclustering.Node.People;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Hosting;

/// <summary>Demonstration accounts and content at the first start, where the settings ask for them.</summary>
internal static class DemonstrationSetup
{
    /// <summary>The password of the demonstration accounts, null when they are not wanted.</summary>
    public static async Task<string?> PrepareAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var settings = services.GetRequiredService<ServerSettings>();
        if (!settings.Demonstration)
        {
            return null;
        }

        var path = Path.Combine(settings.Data, "demonstration-password.txt");
        if (!File.Exists(path))
        {
            await File.WriteAllTextAsync(path, $"Demo-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10)}", cancellation);
        }

        var password = await File.ReadAllTextAsync(path, cancellation);
        var clock = services.GetRequiredService<TimeProvider>();
        if (settings.HostsHub)
        {
            await using var hub = services.GetRequiredService<DatabaseFactories>().CreateDbContext();
            await DemonstrationOperator.CreateAsync(hub, password, clock.GetUtcNow().UtcDateTime, cancellation);
        }

        var content = DemonstrationContent.Create(ParisDay.Today(clock), settings.Directory);
        var (nodes, seeded) = (services.GetRequiredService<Nodes>().All, 0);
        foreach (var node in nodes)
        {
            await DemonstrationAccounts.CreateAsync(node, password, cancellation);
            await using var db = node.Open();
            // A second start seeds nothing: whatever has been journaled since belongs to the people who tried it.
            if (content.TryGetValue(node.Code, out var items) && !await db.Journal.AnyAsync(cancellation))
            {
                await new DemonstrationSeeding(new Editor(db, node.Journal, clock), new AttachedFiles(node, db, settings.Files, clock)).RunAsync(items, cancellation);
                seeded++;
            }
        }

        if (seeded == nodes.Count)
        {
            await DemonstrationDossier.SeedAsync(nodes, ParisDay.Today(clock), cancellation);
        }

        return password;
    }
}
