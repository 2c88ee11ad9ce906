using System.Globalization;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Files;

namespace Interclustering.Server.Configuration;

/// <summary>
/// A setting under <c>Interclustering</c>. The list is what a start accepts, and what <c>docs/configuration.md</c> is made from.
/// </summary>
/// <param name="Key">With colons; <c>*</c> stands for a participant's code.</param>
/// <param name="Default">What counts where it is not set, in words.</param>
/// <param name="Meaning">What it is for, and what it may be.</param>
public sealed record Setting(string Key, string Default, string Meaning)
{
    private const string None = "none";
    private static readonly FederationSettings Pace = new();

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Data", "`data`",
            "Folder for SQLite databases, files of publications (`files/CODE`) and keys. Folders are made 0700 and files 0600."),
        new("Roles", "all", $"What this process hosts: `{FederationDirectory.HubCode}` and codes of clusters, separated by commas."),
        new("Directory", "built in",
            "Path of the federation directory (JSON): clusters, colours, public keys. A seventh cluster is one more entry."),
        new("Demonstration", "see meaning",
            "Demonstration content and accounts. On where all roles are hosted and every address that it listens on is this machine's own. "
            + "`false` removes the accounts, whom they invited, and their tokens."),
        new("Logs:Format", "`text` at a terminal, else `json`",
            "`json`: an object a line with `time` in UTC, `level`, `category`, `event` (a name), `message`, `exception`, `trace`. `text`: "
            + "for people, also with the time in UTC."),
        new("Metrics:Listen", "none: not shown",
            "An address with a port of its own, e.g. `http://localhost:9464`: there `/metrics` is shown to Prometheus, and nothing else."),
        new("Database:Provider", "`sqlite`", "`sqlite` or `postgres`."),
        new("Database:Hub", "under `Data`",
            "The hub's connection string. To PostgreSQL on another machine, `SSL Mode` is `VerifyFull` unless it says otherwise."),
        new("Database:Nodes:*", "under `Data`", "A node's connection string; the same holds."),
        new("Database:Passwords:*", "in the connection string",
            "Password of a participant's PostgreSQL user, where the connection string has none: it may then be a file of its own."),
        new("Backup:Folder", "none: no schedule", "Folder of scheduled backups, best on another disk. Setting it begins the schedule."),
        new("Backup:EveryHours", "24", "How old the last backup is when the next one is made, 1 to 168."),
        new("Backup:KeepDays", "14", "After how many days a scheduled backup is deleted, 1 to 3650. The last one stays."),
        new("Backup:Recipient", "none: not encrypted",
            "Path of a certificate (RSA, PEM or DER). Backups are encrypted to it, and this server can't open them."),
        new("Backup:PostgresPrograms", "of the newest `postgresql-client`", "Folder of `pg_dump` and `pg_restore`."),
        new("Alerts:To", "none: no mail", "Addresses of the operators, separated by commas. Each problem of `/healthz/ready` that lasts is "
            + "told them once."),
        new("Alerts:AfterMinutes", "30", "How long a problem must last before it is told, 0 to 10080."),
        new("Bus:Transport", "`memory`", "`memory` or `rabbitmq`."),
        new("Bus:Host", "needed with `rabbitmq`",
            "The broker, or the brokers of a cluster, separated by commas, each with a port or without: `a.example, b.example:5673`."),
        new("Bus:Port", "5671 with TLS, else 5672", "1 to 65535."),
        new("Bus:VirtualHost", "`interclustering`", "The broker's virtual host."),
        new("Bus:Username", "the code of the one role", "The broker's user: the participant's code."),
        new("Bus:Password", "needed with `rabbitmq`", "That user's password."),
        new("Bus:Tls", "`true` unless the broker is on this machine",
            "TLS 1.2 or 1.3. A certificate that does not verify ends the connection."),
        new("Bus:Declare", "`false`", "Declares exchange and bindings, for a broker without `infra/rabbitmq/definitions.json`."),
        new("Accounts:SecondFactor", "`false`",
            "`true`: administrators and operators need a passkey or an authenticator app, and set one up before anything else."),
        new("Https:Subdomains", "`false`", "`true`: HSTS holds for every subdomain as well. Only where all of them speak https."),
        new("Addresses:*", "from the directory", $"Where a participant that runs elsewhere answers. A node pushes the files of its sheets "
            + $"to `Addresses:{FederationDirectory.HubCode}`."),
        new("Api:RequestsPerMinute", "600", "Requests a minute from one address (one /64): API, searches, federation. Then 429."),
        new("Pages:RequestsPerMinute", "3000", "The same for pages. The site's files do not count, nor do members who are signed in."),
        new("Cache:MostMebibytes", "64", "Memory for pages, feeds and answers that are kept for the next reader, 1 to 4096."),
        new("Health:LeastFreeMebibytes", "500", "Free space on the disk of `Data`, 1 to 1000000000. With less `/healthz/ready` says so; "
            + "with less than a tenth it answers 503."),
        new("Files:MostMebibytes", Text(new FileLimits().MostMebibytes),
            "The largest file of a sheet, 1 to 25. The hub refuses what is larger than its own limit."),
        new("Sources:Allow", None, "Hosts (`intranet.example`, `host:port`), separated by commas, that sources may be fetched from "
            + "although they are inward or plain http."),
        new("Mail:Smtp:Host", "none: files under `data/mail`",
            "Where mail is handed over. Then `Addresses:CODE` of each hosted cluster is needed, for links in mails."),
        new("Mail:Smtp:Port", "587 with TLS, else 25", "TLS from the start on port 465, STARTTLS on any other."),
        new("Mail:Smtp:Tls", "`true` unless the server is on this machine", "`false`: mail is handed over in plain text."),
        new("Mail:Smtp:Username", None, "For servers that ask for it."),
        new("Mail:Smtp:Password", None, "For servers that ask for it."),
        new("Mail:From", "`interclustering@localhost`", "Who mail comes from. Needed with a mail server."),
        new("Radar:SchoolHolidays", "built in",
            "Path of a file like `src/Interclustering.Dates/school-holidays.json`: the school holidays that the date radar knows."),
        new("Site:Publisher", "« à compléter par l’exploitant »", "For the legal pages: who publishes the site. Several lines are fine."),
        new("Site:Director", "« à compléter par l’exploitant »", "Who answers for it."),
        new("Site:Host", "« à compléter par l’exploitant »", "Who hosts it."),
        new("Site:Contact", "« à compléter par l’exploitant »", "An e-mail address, also in `security.txt`."),
        new("Site:DataProtection", "« à compléter par l’exploitant »", "An e-mail address for questions about personal data."),
        new("Site:Accessibility", "« à compléter par l’exploitant »", "What an audit by the RGAA found: `none`, `partial` or `full`."),
        new("Site:AccessibilityAudit", None, "Who audited, when, and the rate."),
        new("Federation:Window", Text(Pace.Window), "How many entries a relay sends ahead of the last receipt, 1 to 100000."),
        new("Federation:Poll", Text(Pace.Poll), "How often a database is asked whether other processes have committed to it."),
        new("Federation:Heartbeat", $"{Text(Pace.Heartbeat)}, or {Text(FederationSettings.HeartbeatInMemory)} on the bus in memory",
            "How often the end of the journal is announced."),
        new("Federation:GapPatience", Text(Pace.GapPatience), "How long a gap may stand before replay is asked for."),
        new("Federation:PublishTimeout", Text(Pace.PublishTimeout), "How long a publish may take before it is sent again."),
        new("Federation:MostSilence", Text(Pace.MostSilence),
            "After how long without a word a cluster counts as silent: never under three heartbeats."),
        new("Federation:MostLag", Text(Pace.MostLag), "How many announced entries may be missing before a cluster counts as late."),
        new("Federation:ExitAfter", Text(Pace.ExitAfter), "How long the bus may be dead while the broker answers. Then it starts anew, "
            + "and after as long again the process ends with 69."),
    ];

    /// <summary>Whether a configuration key is this setting.</summary>
    /// <param name="key">Below <c>Interclustering</c>, with colons.</param>
    public bool Is(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return string.Equals(Key, key, StringComparison.OrdinalIgnoreCase)
            || (Key.EndsWith('*') && key.StartsWith(Key[..^1], StringComparison.OrdinalIgnoreCase))
            || (Key == "Roles" && key.StartsWith("Roles:", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The text of <c>docs/configuration.md</c>.</summary>
    public static string Document()
    {
        var text = new StringBuilder("""
            # Configuration

            Made from `src/Interclustering.Server/Configuration/Setting.cs`; a test compares.

            Settings stand in `appsettings.json` beside the program under `Interclustering`, or in environment variables
            (`Interclustering__Bus__Host`). Relative paths count from where the program is started. A wrong or unknown setting
            stops the start with exit code 2: it says the key, the value (never a password), what is allowed, and the nearest
            right name. So does a misspelt `Interclustering` in the environment. An empty number, address or flag is as if not
            set; an empty `Roles`, `Data` or `Directory` is wrong. Times are written `00:00:05`, and stay under an hour.
            OpenTelemetry is exported by OTLP where `OTEL_EXPORTER_OTLP_ENDPOINT` is set.

            Each setting may stand in a file of its own: with `_FILE` after its name, it names the file
            (`Interclustering__Bus__Password_FILE=/run/secrets/broker-password`). The file is read once, at the start, and ends of
            lines at its end do not count. Setting and file at once stop the start, as does a file that is missing, empty or not
            readable.


            """);
        foreach (var group in All.GroupBy(setting => setting.Key.Contains(':', StringComparison.Ordinal)
            ? setting.Key.Split(':')[0] : "General"))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n");
            foreach (var setting in group)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"- `{setting.Key}`, default: {setting.Default}<br>\n  {string.Join("\n  ", Lines(setting.Meaning))}\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static IEnumerable<string> Lines(string words)
    {
        const int Longest = 115;
        var line = new StringBuilder();
        foreach (var word in words.Split(' '))
        {
            if (line.Length + word.Length > Longest)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        yield return line.ToString();
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
