using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;

namespace Interclustering.Server.Configuration;

/// <summary>Which engine keeps the data.</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>The settings of one process, read and checked by <see cref="SettingsReader"/> before anything listens.</summary>
public sealed record ServerSettings
{
    /// <summary>Absolute path of the folder for databases (SQLite), keys, and mail.</summary>
    public required string Data { get; init; }

    /// <summary><c>hub</c> and codes of clusters; all of them by default.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The directory as its file has it; keys of hosted participants are added at start.</summary>
    public required FederationDirectory Directory { get; init; }

    public required DatabaseProvider Provider { get; init; }

    /// <summary>Connection strings by participant; for SQLite made from <see cref="Data"/> where absent.</summary>
    public required IReadOnlyDictionary<string, string> Databases { get; init; }

    public required BusSettings Bus { get; init; }

    public required FederationSettings Federation { get; init; }

    public required bool Demonstration { get; init; }

    /// <summary>Public addresses of participants hosted elsewhere, for <c>verify</c> and for links to the national site.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    public bool HostsHub => Roles.Contains(FederationDirectory.HubCode);

    public IEnumerable<Cluster> HostedClusters => Directory.Clusters.Where(cluster => Roles.Contains(cluster.Code));

    /// <summary>The path of a participant's private key.</summary>
    public string KeyPath(string code) => Path.Combine(Data, "keys", $"{code}.pem");
}

/// <summary>A setting holds what it must not: its key, its value, and what is allowed.</summary>
public sealed class WrongSettingException(string key, string? value, string allowed)
    : Exception($"Setting {key} holds {(value is null ? "nothing" : $"\"{value}\"")}. Allowed: {allowed}.");
