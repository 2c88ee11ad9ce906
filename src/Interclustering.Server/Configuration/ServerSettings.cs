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
using Interclustering.Ui.Shell;

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
    /// <summary>Absolute path of the folder for databases (SQLite), files, keys, and mail.</summary>
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

    /// <summary>What the date radar knows of school holidays.</summary>
    public required SchoolHolidays SchoolHolidays { get; init; }

    public required bool Demonstration { get; init; }

    /// <summary>Whether the console's log is JSON, for programs, or lines for people.</summary>
    public required bool LogsAsJson { get; init; }

    /// <summary>The directory's file, where the operator has one of their own.</summary>
    public string? DirectoryFile { get; init; }

    /// <summary>Where backups go, and how they are made.</summary>
    public BackupSettings Backup { get; init; } = new();

    /// <summary>Who is told when something is wrong.</summary>
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Where metrics are shown to Prometheus; null for nowhere.</summary>
    public string? MetricsListen { get; init; }

    /// <summary>
    /// Public addresses of participants: for <c>verify</c>, for files, for links to the national site, and for links in mails.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    /// <summary>What is asked of accounts.</summary>
    public required AccountSettings Accounts { get; init; }

    /// <summary>Browsers shall reach every subdomain by https only (HSTS with <c>includeSubDomains</c>).</summary>
    public required bool HttpsSubdomains { get; init; }

    /// <summary>How many requests of one address are answered in a minute.</summary>
    public required RequestRates Rates { get; init; }

    /// <summary>How much of what was made for one reader is kept for the next one.</summary>
    public required int CacheMebibytes { get; init; }

    /// <summary>Under so much free space on the disk of <see cref="Data"/> readiness says so.</summary>
    public required long LeastFreeMebibytes { get; init; }

    /// <summary>How large the files of publications may be.</summary>
    public required FileLimits Files { get; init; }

    /// <summary>Hosts of sources that may be inward.</summary>
    public required FetchSettings Fetch { get; init; }

    /// <summary>Where mail is handed over; null where it becomes files.</summary>
    public required SmtpSettings? Smtp { get; init; }

    /// <summary>Who mail comes from.</summary>
    public required string MailFrom { get; init; }

    /// <summary>What the legal pages of the national site say.</summary>
    public required SitePublisher Site { get; init; }

    public bool HostsHub => Roles.Contains(FederationDirectory.HubCode);

    public IEnumerable<Cluster> HostedClusters => Directory.Clusters.Where(cluster => Roles.Contains(cluster.Code));

    /// <summary>Where a participant keeps the files of publications.</summary>
    public string FilesOf(string code) => Path.Combine(Data, "files", code);

    /// <summary>Where mail becomes files without a mail server.</summary>
    public string MailFolder => Path.Combine(Data, "mail");

    /// <summary>A participant's private keys.</summary>
    public KeyFiles KeysOf(string code) => new(Path.Combine(Data, "keys"), code);
}
