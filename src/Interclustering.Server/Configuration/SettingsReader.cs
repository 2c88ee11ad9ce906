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
using Interclustering.Server.Alerts;
using Interclustering.Server.Backups;
using Interclustering.Server.Hosting;
using Interclustering.Ui.Shell;

namespace Interclustering.Server.Configuration;

/// <summary>
/// Reads the section <c>Interclustering</c> (appsettings.json, environment, command line) and refuses what it does not know.
/// </summary>
public static class SettingsReader
{
    public static ServerSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Interclustering");
        UnknownSettings.Refuse(configuration);
        FrameworkSettings.Check(configuration);
        var directory = DirectoryFile.Read(section["Directory"]);
        UnknownSettings.RefuseUnknownCodes(section, directory);
        var roles = ReadRoles(section, directory);
        var provider = Word(section, "Database:Provider", "sqlite", "postgres") == "postgres"
            ? DatabaseProvider.Postgres : DatabaseProvider.Sqlite;
        var data = ReadData(section);
        var addresses = ReadAddresses(section, directory);
        return new ServerSettings
        {
            Data = data,
            Roles = roles,
            Directory = directory,
            Provider = provider,
            Databases = DatabaseConnections.Read(section, roles, provider, data),
            Bus = ReadBus(section, roles),
            Federation = ReadFederation(section, ReadBus(section, roles)),
            // Its accounts share one password, printed at start. A server that others can reach has them only when asked for by name.
            Demonstration = Flag(section, "Demonstration", otherwise: roles.Count == directory.Clusters.Count + 1
                && Listening.Of(configuration).All(Listening.IsOwn)),
            LogsAsJson = Word(section, "Logs:Format", "json", "text") is { } format ? format == "json" : Console.IsOutputRedirected,
            DirectoryFile = section["Directory"] is { } file ? Path.GetFullPath(file) : null,
            Backup = ReadBackup(section),
            Alerts = ReadAlerts(section),
            MetricsListen = ReadMetricsListen(section, configuration),
            Addresses = addresses,
            Accounts = new AccountSettings(Flag(section, "Accounts:SecondFactor", otherwise: false)),
            HttpsSubdomains = Flag(section, "Https:Subdomains", otherwise: false),
            Fetch = new FetchSettings { Allowed = ReadSources(section) },
            Smtp = ReadSmtp(section, roles, addresses),
            MailFrom = MailAddressOf(section, "Mail:From") ?? "interclustering@localhost",
            Rates = new RequestRates(RateOf(section, "Pages:RequestsPerMinute", 3000), RateOf(section, "Api:RequestsPerMinute", 600)),
            CacheMebibytes = Number(section, "Cache:MostMebibytes", 64, 1, 4096),
            LeastFreeMebibytes = Number(section, "Health:LeastFreeMebibytes", 500, 1, 1_000_000_000),
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

    private static AlertSettings ReadAlerts(IConfigurationSection section)
    {
        var to = section["Alerts:To"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new AlertSettings
        {
            To = to.All(each => MailAddress.TryCreate(each, out var address) && address.Address == each) ? to
                : throw Wrong(section, "Alerts:To", "e-mail addresses, separated by commas"),
            After = TimeSpan.FromMinutes(
                Number(section, "Alerts:AfterMinutes", (int)new AlertSettings().After.TotalMinutes, 0, 10080)),
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

    private static int RateOf(IConfigurationSection section, string key, int otherwise) => Text(section, key) is not { } rate ? otherwise
        : int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var requests) && requests > 0 ? requests
        : throw Wrong(section, key, "a whole number above 0");

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

    private static string ReadData(IConfigurationSection section)
    {
        var given = section["Data"] ?? "data";
        return given.Length > 0 && !given.Contains('\0', StringComparison.Ordinal) ? Path.GetFullPath(given)
            : throw Wrong(section, "Data", "the path of a folder; without the setting it is data");
    }

    private static IReadOnlyList<string> ReadSources(IConfigurationSection section)
    {
        var hosts = section["Sources:Allow"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return hosts.FirstOrDefault(host => !IsHost(host)) is { } wrong
            ? throw new WrongSettingException("Interclustering:Sources:Allow", wrong,
                "hosts without http:// and path, such as intranet.example or intranet.example:8080")
            : hosts;
    }

    /// <summary>A name or an address, with a port or without.</summary>
    private static bool IsHost(string text) => Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri)
        && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && !text.EndsWith('/');

    private static IReadOnlyList<string> ReadRoles(IConfigurationSection section, FederationDirectory directory)
    {
        string[] allowed = [FederationDirectory.HubCode, .. directory.Clusters.Select(cluster => cluster.Code)];
        var given = section.GetSection("Roles").Get<string[]>()
            ?? section["Roles"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (given is null)
        {
            return allowed;
        }

        // An empty variable would host everything, with new keys.
        return given.FirstOrDefault(role => !allowed.Contains(role)) is { } wrong
            ? throw new WrongSettingException(
                "Interclustering:Roles", wrong, string.Join(", ", allowed), KnownParameters.Nearest(wrong, allowed))
            : given.Length > 0 ? [.. given.Distinct()]
            : throw new WrongSettingException("Interclustering:Roles", "",
                $"some of {string.Join(", ", allowed)}, separated by commas; without the setting this process hosts all of them");
    }

    private static BusSettings ReadBus(IConfigurationSection section, IReadOnlyList<string> roles)
    {
        if (Word(section, "Bus:Transport", "memory", "rabbitmq") != "rabbitmq")
        {
            // In memory it would run for ever, and federate with no other process.
            return section.GetSection("Bus").GetChildren().FirstOrDefault(other => other is { Key: not "Transport", Value.Length: > 0 })
                is { } idle ? throw Wrong(section, "Bus:Transport", $"rabbitmq where Interclustering:Bus:{idle.Key} is set", "rabbitmq")
                : new BusSettings();
        }

        const int AnyPort = 1;
        var hosts = Text(section, "Bus:Host")?.Split(',', StringSplitOptions.TrimEntries)
            .Select(text => BrokerNode.Parse(text, AnyPort)?.Host).ToList() ?? [null];
        var host = hosts.Any(each => each is null)
            ? throw Wrong(section, "Bus:Host", "the broker's host name or address, or several separated by commas, without amqp://")
            : Text(section, "Bus:Host");
        var username = roles.Count == 1 ? Text(section, "Bus:Username") ?? roles[0]
            : throw Wrong(section, "Roles", "one participant where Bus:Transport is rabbitmq: the broker takes messages in one name only");
        // Plain text over a network has to be asked for.
        var tls = Flag(section, "Bus:Tls", otherwise: !hosts.All(each => OwnMachine.Is(each!)));
        return new BusSettings
        {
            Host = host,
            Port = Number(section, "Bus:Port", tls ? 5671 : 5672, 1, 65535),
            VirtualHost = Text(section, "Bus:VirtualHost") ?? "interclustering",
            Username = username,
            Password = section["Bus:Password"] is { Length: > 0 } password ? password
                : throw Wrong(section, "Bus:Password", "the broker user's password"),
            Tls = tls,
            Declare = Flag(section, "Bus:Declare", otherwise: false),
        };
    }

    private static FederationSettings ReadFederation(IConfigurationSection section, BusSettings bus)
    {
        var defaults = new FederationSettings();
        return new FederationSettings
        {
            Software = $"Interclustering/{ProgramVersion.Text}",
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
            .Select(participant => (participant.Code, Address: Text(section, $"Addresses:{participant.Code}") ?? participant.Address))
            .Where(participant => participant.Address is not null)
            .ToDictionary(participant => participant.Code, participant => IsHttp(participant.Address!)
                ? participant.Address!.TrimEnd('/')
                : throw new WrongSettingException($"Interclustering:Addresses:{participant.Code}", participant.Address,
                    "an http or https address, here or in the directory"));
    }

    private static SmtpSettings? ReadSmtp(
        IConfigurationSection section, IReadOnlyList<string> roles, IReadOnlyDictionary<string, string> addresses)
    {
        if (Text(section, "Mail:Smtp:Host") is not { } host)
        {
            return section.GetSection("Mail:Smtp").GetChildren().FirstOrDefault(other => other.Value is { Length: > 0 }) is { } idle
                ? throw Wrong(section, "Mail:Smtp:Host", $"the mail server's host name, as Interclustering:Mail:Smtp:{idle.Key} is set")
                : null;
        }

        if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            throw Wrong(section, "Mail:Smtp:Host", "the mail server's host name or address, without smtp:// and without a port");
        }

        // A link in a mail must not lead where a request's own header says.
        if (roles.FirstOrDefault(role => role != FederationDirectory.HubCode && !addresses.ContainsKey(role)) is { } unknown)
        {
            throw Wrong(section, $"Addresses:{unknown}",
                "where its workspace is reached from outside, for links in mails: an http or https address");
        }

        _ = MailAddressOf(section, "Mail:From") ?? throw Wrong(section, "Mail:From", "the e-mail address that mail comes from");
        var tls = Flag(section, "Mail:Smtp:Tls", otherwise: !OwnMachine.Is(host));
        var (username, password) = (Text(section, "Mail:Smtp:Username"), section["Mail:Smtp:Password"]);
        return username is null && password is { Length: > 0 } ? throw Wrong(section, "Mail:Smtp:Username", "whose password it is")
            : username is not null && string.IsNullOrEmpty(password) ? throw Wrong(section, "Mail:Smtp:Password", "that user's password")
            : new SmtpSettings(host, Number(section, "Mail:Smtp:Port", tls ? 587 : 25, 1, 65535), tls, username, password);
    }

    private static SitePublisher ReadSite(IConfigurationSection section) => new()
    {
        Publisher = Text(section, "Site:Publisher"),
        Director = Text(section, "Site:Director"),
        Host = Text(section, "Site:Host"),
        Contact = MailAddressOf(section, "Site:Contact"),
        DataProtection = MailAddressOf(section, "Site:DataProtection"),
        Accessibility = Text(section, "Site:Accessibility") is null ? null
            : Word(section, "Site:Accessibility", "none", "partial", "full") switch
            {
                "none" => AccessibilityLevel.None,
                "partial" => AccessibilityLevel.Partial,
                _ => AccessibilityLevel.Full,
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

    /// <summary>One of a few words in small letters; null where the setting is absent.</summary>
    private static string? Word(IConfigurationSection section, string key, params string[] allowed) =>
        section[key]?.Trim().ToLowerInvariant() is not { } word ? null
        : allowed.Contains(word) ? word
        : throw Wrong(section, key, string.Join(", ", allowed), NearestWord(word, allowed));

    private static string? NearestWord(string word, string[] allowed) => KnownParameters.Nearest(word, allowed)
        ?? allowed.FirstOrDefault(other => word.Length > 2 && (word.StartsWith(other, StringComparison.Ordinal)
            || other.StartsWith(word, StringComparison.Ordinal)));

    private static bool Flag(IConfigurationSection section, string key, bool otherwise) =>
        Text(section, key) is null ? otherwise : Word(section, key, "true", "false") == "true";

    private static int Number(IConfigurationSection section, string key, int otherwise, int least, int most) =>
        Text(section, key) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most ? number
        : throw Wrong(section, key, $"a whole number from {least} to {most}");

    private static TimeSpan Span(IConfigurationSection section, string key, TimeSpan otherwise) =>
        Text(section, key) is not { } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span < TimeSpan.FromHours(1) ? span
        : throw Wrong(section, key, "a time such as 00:00:05, under an hour");

    private static WrongSettingException Wrong(
        IConfigurationSection section, string key, string allowed, string? nearest = null) =>
        new($"Interclustering:{key}", section[key], allowed, nearest);
}
