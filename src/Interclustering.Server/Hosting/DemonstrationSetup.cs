using System.Security.Cryptography;
using Interclustering.Accounts.Passwords;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Hub.Operators;
using Interclustering.Node.Demonstration;
using Interclustering.Files.Pictures;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server.Hosting;

/// <summary>Demonstration accounts and content at the first start, where the settings ask for them.</summary>
internal static partial class DemonstrationSetup
{
    /// <summary>The password of the demonstration accounts, null when they are not wanted.</summary>
    public static async Task<string?> PrepareAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var settings = services.GetRequiredService<ServerSettings>();
        var path = Path.Combine(settings.Data, "demonstration-password.txt");
        if (!settings.Demonstration)
        {
            await RemoveAsync(services, settings, path, cancellation);
            return null;
        }

        if (!File.Exists(path))
        {
            await File.WriteAllTextAsync(path, $"Demo-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10)}",
                cancellation);
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
        var hash = new Lazy<string>(() => PasswordHashes.Of(password));
        var steps = services.GetRequiredService<StartSteps>();
        foreach (var node in nodes)
        {
            // A node's content is made whole, or not at all: a start that was stopped is gone on with by the next one.
            cancellation.ThrowIfCancellationRequested();
            await DemonstrationAccounts.CreateAsync(node, hash, cancellation);
            await using var db = node.Open();
            // A second start seeds nothing: whatever has been journaled since belongs to the people who tried it.
            if (content.TryGetValue(node.Code, out var items) && !await db.Journal.AnyAsync(cancellation))
            {
                steps.Tell($"{node.Code}: its demonstration content is made ({items.Count} texts)");
                var files = new AttachedFiles(node, db, settings.Files, services.GetRequiredService<ReencodePicture>(), clock);
                await new DemonstrationSeeding(new PublicationEditor(db, node.Journal, clock), files)
                    .RunAsync(items, CancellationToken.None);
                seeded++;
            }
        }

        if (seeded > 0 && !await HasDossierAsync(nodes, cancellation))
        {
            await DemonstrationDossier.SeedAsync(nodes, ParisDay.Today(clock), CancellationToken.None);
        }

        return password;
    }

    private static async Task<bool> HasDossierAsync(IReadOnlyList<NodeInstance> nodes, CancellationToken cancellation)
    {
        var type = Kinds.TypeOf(Kinds.JointWebinarFact);
        foreach (var node in nodes)
        {
            await using var db = node.Open();
            if (await db.Journal.AnyAsync(row => row.Type == type, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Accounts whose password was printed, and whose mail was open to read, must not outlive the demonstration. Its content may stay.
    /// </summary>
    private static async Task RemoveAsync(IServiceProvider services, ServerSettings settings, string path, CancellationToken cancellation)
    {
        var removed = 0;
        if (settings.HostsHub)
        {
            await using var hub = services.GetRequiredService<DatabaseFactories>().CreateDbContext();
            removed += await DemonstrationOperator.RemoveAsync(hub, cancellation);
        }

        foreach (var node in services.GetRequiredService<Nodes>().All)
        {
            removed += await DemonstrationAccounts.RemoveAsync(node, cancellation);
        }

        File.Delete(path);
        if (removed > 0)
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DemonstrationSetup));
            LogRemoved(logger, removed);
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "The demonstration is over: {Count} of its accounts are removed, with their sessions, links and tokens")]
    private static partial void LogRemoved(ILogger logger, int count);
}
