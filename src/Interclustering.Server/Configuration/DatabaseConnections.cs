using System.Data.Common;
using Interclustering.Contracts;
using Interclustering.Ui.Shell;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Interclustering.Server.Configuration;

/// <summary>The connection string of each hosted participant. Their values are never said: they hold passwords.</summary>
internal static class DatabaseConnections
{
    private const string Postgres = "a PostgreSQL connection string, e.g. Host=…;Database=…;Username=…;Password=…, and no URL",
        Sqlite = "an SQLite connection string, e.g. Data Source=…; one of PostgreSQL needs Interclustering:Database:Provider=postgres";

    /// <exception cref="WrongSettingException">One is missing, can't be read, or is another participant's as well.</exception>
    public static IReadOnlyDictionary<string, string> Read(
        IConfigurationSection section, IReadOnlyList<string> roles, DatabaseProvider provider, string data)
    {
        var connections = roles.ToDictionary(role => role, role => WithPassword(
            Of(section[KeyOf(role)], role, provider, data), section[$"Database:Passwords:{role}"], role, provider));
        foreach (var (role, connection) in connections)
        {
            if (connections.FirstOrDefault(other => other.Key != role && other.Value == connection).Key is { } other)
            {
                throw new WrongSettingException(
                    Whole(role), "…", $"a database of its own for each participant; this one is {other}'s as well");
            }
        }

        return connections;
    }

    private static string KeyOf(string role) => role == FederationDirectory.HubCode ? "Database:Hub" : $"Database:Nodes:{role}";

    private static string Whole(string role) => $"Interclustering:{KeyOf(role)}";

    private static string Of(string? given, string role, DatabaseProvider provider, string data)
    {
        if (given is null)
        {
            return provider == DatabaseProvider.Sqlite ? $"Data Source={Path.Combine(data, $"{role}.db")}"
                : throw new WrongSettingException(Whole(role), null, Postgres);
        }

        try
        {
            return provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(given) is { DataSource.Length: > 0 } ? given : throw Wrong(role, Sqlite)
                : new NpgsqlConnectionStringBuilder(given) is { Host.Length: > 0 } settings ? Encrypted(given, settings)
                : throw Wrong(role, Postgres);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Wrong(role, provider == DatabaseProvider.Sqlite ? Sqlite : Postgres);
        }
    }

    /// <summary>A password that stands apart from its connection string may be a file of its own.</summary>
    private static string WithPassword(string connection, string? password, string role, DatabaseProvider provider)
    {
        if (string.IsNullOrEmpty(password))
        {
            return connection;
        }

        var key = $"Interclustering:Database:Passwords:{role}";
        if (provider == DatabaseProvider.Sqlite)
        {
            throw new WrongSettingException(key, "…", "with Interclustering:Database:Provider=postgres only");
        }

        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (!string.IsNullOrEmpty(settings.Password))
        {
            throw new WrongSettingException(key, "…", $"one password, here or in {Whole(role)}");
        }

        settings.Password = password;
        return settings.ConnectionString;
    }

    private static WrongSettingException Wrong(string role, string allowed) => new(Whole(role), "…", allowed);

    /// <summary>
    /// Npgsql would fall back to plain text. Over a network that has to be asked for: <c>SSL Mode=Disable</c> is the operator's word.
    /// </summary>
    private static string Encrypted(string connection, NpgsqlConnectionStringBuilder settings)
    {
        // The properties alone do not tell what was written from what is the default.
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        var told = given.Keys.Cast<string>()
            .Any(name => name.Replace(" ", "", StringComparison.Ordinal).Equals("SslMode", StringComparison.OrdinalIgnoreCase));
        if (told || settings.Host!.Split(',')
            .All(host => host.StartsWith('/') || host.StartsWith('@') || OwnMachine.Is(WithoutPort(host))))
        {
            return connection;
        }

        settings.SslMode = SslMode.VerifyFull;
        return settings.ConnectionString;
    }

    private static string WithoutPort(string host) =>
        host.Count(letter => letter == ':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)] : host.Trim('[', ']');
}
