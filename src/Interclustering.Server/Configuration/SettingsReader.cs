using System.Data.Common;
using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using Interclustering.Accounts;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Files;
using Interclustering.Hub.About;
using Interclustering.Node.Mail;
using Interclustering.Node.Sources.Fetching;
using Interclustering.Server.Backups;
using Interclustering.Ui.Shell;
using Npgsql;

namespace Interclustering.Server.Configuration;

/// <summary>
/// Reads the section <c>Interclustering</c> (appsettings.json, environment, command line) and refuses what it does not know.
/// </summary>
public static class SettingsReader
{
    private const string PostgresExample = "a PostgreSQL connection string, e.g. Host=…;Database=…;Username=…;Password=…";

    public static ServerSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Interclustering");
        RefuseUnknown(section);
        var directory = ReadDirectory(section);
        var roles = ReadRoles(section, directory);
        var provider = section["Database:Provider"]?.ToLowerInvariant() switch
        {
            null or "sqlite" => DatabaseProvider.Sqlite,
            "postgres" => DatabaseProvider.Postgres,
            _ => throw Wrong(section, "Database:Provider", "sqlite, postgres"),
        };
        var data = Path.GetFullPath(section["Data"] ?? "data");
        var addresses = ReadAddresses(section, directory);
        return new ServerSettings
        {
            Data = data,
            Roles = roles,
            Directory = directory,
            Provider = provider,
            Databases = roles.ToDictionary(role => role, role => ConnectionString(section, role, provider, data)),
            Bus = ReadBus(section, roles),
            Federation = ReadFederation(section, ReadBus(section, roles)),
            // Its accounts share one password, printed at start. A server that others can reach has them only when asked for by name.
            Demonstration = Flag(section, "Demonstration", otherwise: roles.Count == directory.Clusters.Count + 1
                && Listening.Of(configuration).All(Listening.IsOwn)),
            LogsAsJson = section["Logs:Format"]?.ToLowerInvariant() switch
            {
                null => Console.IsOutputRedirected,
                "json" => true,
                "text" => false,
                _ => throw Wrong(section, "Logs:Format", "json, text"),
            },
            DirectoryFile = section["Directory"] is { } file ? Path.GetFullPath(file) : null,
            Backup = ReadBackup(section),
            MetricsListen = ReadMetricsListen(section, configuration),
            Addresses = addresses,
            Accounts = new AccountSettings(Flag(section, "Accounts:SecondFactor", otherwise: false)),
            HttpsSubdomains = Flag(section, "Https:Subdomains", otherwise: false),
            Fetch = new FetchSettings
            {
                Allowed = section["Sources:Allow"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []
            },
            Smtp = ReadSmtp(section, roles, addresses),
            MailFrom = MailAddressOf(section, "Mail:From") ?? "interclustering@localhost",
            Rates = new RequestRates(RateOf(section, "Pages:RequestsPerMinute", 3000), RateOf(section, "Api:RequestsPerMinute", 600)),
            CacheMebibytes = Number(section, "Cache:MostMebibytes", 64, 1, 4096),
            Files = new FileLimits(Number(section, "Files:MostMebibytes", new FileLimits().MostMebibytes, 1, 25)),
            Site = ReadSite(section),
            SchoolHolidays = ReadSchoolHolidays(section),
        };
    }

    private static BackupSettings ReadBackup(IConfigurationSection section)
    {
        var defaults = new BackupSettings();
        return new BackupSettings
        {
            Folder = Text(section, "Backup:Folder") is { } folder ? Path.GetFullPath(folder) : null,
            Every = TimeSpan.FromHours(Number(section, "Backup:EveryHours", (int)defaults.Every.TotalHours, 1, 168)),
            KeepDays = Number(section, "Backup:KeepDays", defaults.KeepDays, 1, 3650),
            Recipient = FileOf(section, "Backup:Recipient", "the path of a certificate (RSA, PEM or DER)", File.Exists),
            PostgresPrograms = FileOf(section, "Backup:PostgresPrograms", "the folder of pg_dump and pg_restore", Directory.Exists),
        };
    }

    private static string? FileOf(IConfigurationSection section, string key, string allowed, Func<string, bool> exists) =>
        Text(section, key) is not { } path ? null : exists(path) ? Path.GetFullPath(path) : throw Wrong(section, key, allowed);

    /// <summary>A port that the site has as well would show it to the world.</summary>
    private static string? ReadMetricsListen(IConfigurationSection section, IConfiguration configuration) =>
        Text(section, "Metrics:Listen") is not { } address ? null
        : address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && Listening.PortOf(address) is { } port
            && Listening.Of(configuration).All(other => Listening.PortOf(other) != port) ? address
        : throw Wrong(section, "Metrics:Listen", "an http address with a port of its own, e.g. http://localhost:9464");

    private static int RateOf(IConfigurationSection section, string key, int otherwise) => section[key] is not { } rate ? otherwise
        : int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var requests) && requests > 0 ? requests
        : throw Wrong(section, key, "a whole number above 0");

    private static void RefuseUnknown(IConfigurationSection section)
    {
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null))
        {
            if (!Setting.All.Any(setting => setting.Is(key)))
            {
                throw new WrongSettingException(
                    $"Interclustering:{key}", MaySay(key)
                        ? value : "…", $"one of {string.Join(", ", Setting.All.Select(setting => setting.Key))}");
            }
        }
    }

    /// <summary>A misspelt key may hold a password.</summary>
    private static bool MaySay(string key) =>
        !key.Contains("pass", StringComparison.OrdinalIgnoreCase) && !key.StartsWith("Database", StringComparison.OrdinalIgnoreCase);

    private static FederationDirectory ReadDirectory(IConfigurationSection section)
    {
        var path = section["Directory"] ?? Path.Combine(AppContext.BaseDirectory, "directory.json");
        try
        {
            return JsonSerializer.Deserialize<FederationDirectory>(File.ReadAllText(path), ContractJson.Options)
                ?? throw Wrong(section, "Directory", "the path of a federation directory (JSON, see contracts/README.md)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new WrongSettingException(
                "Interclustering:Directory", path,
                    $"the path of a federation directory (JSON, see contracts/README.md); {exception.Message}");
        }
    }

    private static SchoolHolidays ReadSchoolHolidays(IConfigurationSection section)
    {
        if (section["Radar:SchoolHolidays"] is not { Length: > 0 } path)
        {
            return SchoolHolidays.Known;
        }

        try
        {
            using var file = File.OpenRead(path);
            return SchoolHolidays.Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new WrongSettingException(
                "Interclustering:Radar:SchoolHolidays", path,
                    $"the path of a file like src/Interclustering.Dates/school-holidays.json; {exception.Message}");
        }
    }

    private static IReadOnlyList<string> ReadRoles(IConfigurationSection section, FederationDirectory directory)
    {
        string[] allowed = [FederationDirectory.HubCode, .. directory.Clusters.Select(cluster => cluster.Code)];
        var given = section.GetSection("Roles").Get<string[]>()
            ?? section["Roles"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrong = given?.FirstOrDefault(role => !allowed.Contains(role));
        return wrong is not null
            ? throw new WrongSettingException("Interclustering:Roles", wrong, string.Join(", ", allowed))
            : given is { Length: > 0 } ? [.. given.Distinct()] : allowed;
    }

    private static string ConnectionString(IConfigurationSection section, string role, DatabaseProvider provider, string data)
    {
        var key = role == FederationDirectory.HubCode ? "Database:Hub" : $"Database:Nodes:{role}";
        return provider == DatabaseProvider.Sqlite ? section[key] ?? $"Data Source={Path.Combine(data, $"{role}.db")}"
            : section[key] is { } connection ? Encrypted(connection) ?? throw Unreadable(key)
            : throw Wrong(section, key, PostgresExample);
    }

    /// <summary>
    /// Npgsql would fall back to plain text. Over a network that has to be asked for: <c>SSL Mode=Disable</c> is the operator's word.
    /// </summary>
    private static string? Encrypted(string connection)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connection);
            // The properties alone do not tell what was written from what is the default.
            var given = new DbConnectionStringBuilder { ConnectionString = connection };
            var told = given.Keys.Cast<string>()
                .Any(name => name.Replace(" ", "", StringComparison.Ordinal).Equals("SslMode", StringComparison.OrdinalIgnoreCase));
            if (!told && settings.Host?.Split(',')
                .All(host => host.StartsWith('/') || host.StartsWith('@') || OwnMachine.Is(WithoutPort(host))) == false)
            {
                settings.SslMode = SslMode.VerifyFull;
                return settings.ConnectionString;
            }

            return connection;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string WithoutPort(string host) =>
        host.Count(letter => letter == ':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)] : host.Trim('[', ']');

    /// <summary>Without the value: it holds a password.</summary>
    private static WrongSettingException Unreadable(string key) => new($"Interclustering:{key}", "…", PostgresExample);

    private static BusSettings ReadBus(IConfigurationSection section, IReadOnlyList<string> roles)
    {
        switch (section["Bus:Transport"]?.ToLowerInvariant())
        {
            case null or "memory":
                return new BusSettings();
            case "rabbitmq":
                var host = section["Bus:Host"] ?? throw Wrong(section, "Bus:Host", "a host name");
                var username = section["Bus:Username"]
                    ?? (roles.Count == 1 ? roles[0] : throw Wrong(section, "Bus:Username", "a broker user"));
                // Plain text over a network has to be asked for.
                var tls = Flag(section, "Bus:Tls", otherwise: !OwnMachine.Is(host));
                return new BusSettings
                {
                    Host = host,
                    Port = Number(section, "Bus:Port", tls ? 5671 : 5672, 1, 65535),
                    VirtualHost = section["Bus:VirtualHost"] ?? "interclustering",
                    Username = username,
                    Password = section["Bus:Password"] ?? throw Wrong(section, "Bus:Password", "the broker user's password"),
                    Tls = tls,
                    Declare = Flag(section, "Bus:Declare", otherwise: false),
                };
            default:
                throw Wrong(section, "Bus:Transport", "memory, rabbitmq");
        }
    }

    private static FederationSettings ReadFederation(IConfigurationSection section, BusSettings bus)
    {
        var defaults = new FederationSettings();
        return new FederationSettings
        {
            Window = Number(section, "Federation:Window", defaults.Window, 1, 100_000),
            Poll = Span(section, "Federation:Poll", defaults.Poll),
            Heartbeat = Span(section, "Federation:Heartbeat", bus.Host is null ? FederationSettings.HeartbeatInMemory : defaults.Heartbeat),
            GapPatience = Span(section, "Federation:GapPatience", defaults.GapPatience),
            MostSilence = Span(section, "Federation:MostSilence", defaults.MostSilence),
            MostLag = Number(section, "Federation:MostLag", (int)defaults.MostLag, 1, 10_000_000),
            ExitAfter = Span(section, "Federation:ExitAfter", defaults.ExitAfter),
            PublishTimeout = Span(section, "Federation:PublishTimeout", defaults.PublishTimeout),
        };
    }

    private static IReadOnlyDictionary<string, string> ReadAddresses(IConfigurationSection section, FederationDirectory directory)
    {
        IEnumerable<DirectoryEntry> participants = [directory.Hub, .. directory.Clusters];
        return participants
            .Select(participant => (participant.Code, Address: section[$"Addresses:{participant.Code}"] ?? participant.Address))
            .Where(participant => participant.Address is not null)
            .ToDictionary(participant => participant.Code, participant => IsHttp(participant.Address!)
                ? participant.Address!.TrimEnd('/')
                : throw Wrong(section, $"Addresses:{participant.Code}", "an http or https address"));
    }

    private static SmtpSettings? ReadSmtp(
        IConfigurationSection section, IReadOnlyList<string> roles, IReadOnlyDictionary<string, string> addresses)
    {
        if (Text(section, "Mail:Smtp:Host") is not { } host)
        {
            return null;
        }

        // A link in a mail must not lead where a request's own header says.
        if (roles.FirstOrDefault(role => role != FederationDirectory.HubCode && !addresses.ContainsKey(role)) is { } unknown)
        {
            throw Wrong(section, $"Addresses:{unknown}",
                "where its workspace is reached from outside, for links in mails: an http or https address");
        }

        _ = MailAddressOf(section, "Mail:From") ?? throw Wrong(section, "Mail:From", "the e-mail address that mail comes from");
        var tls = Flag(section, "Mail:Smtp:Tls", otherwise: !OwnMachine.Is(host));
        return new SmtpSettings(host, Number(section, "Mail:Smtp:Port", tls ? 587 : 25, 1, 65535), tls, Text(section, "Mail:Smtp:Username"),
            section["Mail:Smtp:Password"]);
    }

    private static SitePublisher ReadSite(IConfigurationSection section) => new()
    {
        Publisher = Text(section, "Site:Publisher"),
        Director = Text(section, "Site:Director"),
        Host = Text(section, "Site:Host"),
        Contact = MailAddressOf(section, "Site:Contact"),
        DataProtection = MailAddressOf(section, "Site:DataProtection"),
        Accessibility = section["Site:Accessibility"]?.ToLowerInvariant() switch
        {
            null => null,
            "none" => AccessibilityLevel.None,
            "partial" => AccessibilityLevel.Partial,
            "full" => AccessibilityLevel.Full,
            _ => throw Wrong(section, "Site:Accessibility", "none, partial, full"),
        },
        AccessibilityAudit = Text(section, "Site:AccessibilityAudit"),
    };

    private static string? Text(IConfigurationSection section, string key) => string.IsNullOrWhiteSpace(section[key])
        ? null : section[key]!.Trim();

    private static string? MailAddressOf(IConfigurationSection section, string key) =>
        Text(section, key) is not { } text ? null
        : MailAddress.TryCreate(text, out var address) && address.Address == text ? text
        : throw Wrong(section, key, "an e-mail address");

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool Flag(IConfigurationSection section, string key, bool otherwise) => section[key]?.ToLowerInvariant() switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        _ => throw Wrong(section, key, "true, false"),
    };

    private static int Number(IConfigurationSection section, string key, int otherwise, int least, int most) =>
        section[key] is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most ? number
        : throw Wrong(section, key, $"a whole number from {least} to {most}");

    private static TimeSpan Span(IConfigurationSection section, string key, TimeSpan otherwise) =>
        section[key] is not { } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span < TimeSpan.FromHours(1) ? span
        : throw Wrong(section, key, "a time such as 00:00:05, under an hour");

    private static WrongSettingException Wrong(IConfigurationSection section, string key, string allowed) =>
        new($"Interclustering:{key}", section[key], allowed);
}
