using System.Security.Cryptography;
using Interclustering.Node;
using Interclustering.Node.People;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>Demonstration accounts and content at the first start, where the settings ask for them.</summary>
internal static class Demonstration
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
        foreach (var node in services.GetRequiredService<Nodes>().All)
        {
            await DemonstrationAccounts.CreateAsync(node, password, cancellation);
        }

        return password;
    }
}
