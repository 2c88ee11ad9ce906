using System.Security.Cryptography;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Replicas;
using Interclustering.Hub.Ingest;
using Interclustering.Node.NationalView;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Server.Hosting;

/// <summary>The participants that this process hosts, with their keys, databases, and what applying means to each.</summary>
public static class Federating
{
    public static IServiceCollection AddParticipants(this IServiceCollection services, ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var keys = settings.Roles.ToDictionary(role => role, role => OpenKey(settings, role));
        var directory = WithHostedKeys(settings, keys);
        return services.AddFederation(
            provider =>
            {
                var databases = provider.GetRequiredService<DatabaseFactories>();
                return [.. settings.Roles.Select(role => new Participant(
                    role, () => databases.Open(role), keys[role], directory, Apply(role), provider.GetRequiredService<TimeProvider>()))];
            },
            settings.Roles, directory, settings.Bus, settings.Federation);
    }

    /// <exception cref="WrongSettingException">What is kept as a key is none.</exception>
    private static SigningKey OpenKey(ServerSettings settings, string role)
    {
        try
        {
            return settings.KeysOf(role).Open(settings.Directory.KeysOf(role));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or JsonException)
        {
            throw new WrongSettingException("Interclustering:Data", settings.Data,
                $"a folder whose keys/{role}.pem is the private key of {role} (PKCS#8 PEM, ECDSA P-256), with keys/{role}.next.pem and "
                + $"keys/{role}.revoked.json as this program wrote them; {exception.Message.TrimEnd('.')}. Bring the file back from a "
                + "backup");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Wrong(settings.Data, exception);
        }
    }

    private static IApplyEntries Apply(string role) =>
        role == FederationDirectory.HubCode ? new AcceptPublications() : new NationalProjection();

    /// <summary>
    /// A participant that is hosted here and has no key in the directory yet is known by its own: nothing to set up when all are embedded.
    /// </summary>
    private static FederationDirectory WithHostedKeys(ServerSettings settings, Dictionary<string, SigningKey> keys)
    {
        var directory = settings.Directory;
        foreach (var (code, key) in keys)
        {
            var known = directory.KeysOf(code);
            if (known.Count > 0 && known.All(candidate => candidate.Keyid != key.Public.Keyid || candidate.Through is not null))
            {
                throw new WrongSettingException(
                    "Interclustering:Directory", key.Public.Keyid, $"a directory whose entry for {code} lists the key kept here, and does "
                        + $"not revoke it; see `keys create` and `keys rotate`");
            }
        }

        return directory with
        {
            Hub = directory.Hub with { Keys = KeysOf(directory.Hub) },
            Clusters = [.. directory.Clusters.Select(cluster => cluster with { Keys = KeysOf(cluster) })],
        };

        IReadOnlyList<PublicKey> KeysOf(DirectoryEntry entry) =>
            entry.Keys.Count == 0 && keys.TryGetValue(entry.Code, out var key)
                ? [key.Public, .. settings.KeysOf(entry.Code).Revoked] : entry.Keys;
    }
}
