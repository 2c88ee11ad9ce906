namespace Interclustering.IntegrationTests.Settings;

/// <summary>
/// Settings that must not start a server, as an operator writes them in the environment, each with what the answer has to say. FOLDER
/// stands for a folder with the files that they name, TAKEN for a port on which another program listens.
/// </summary>
public sealed class WrongSettings : TheoryData<string, string>
{
    private const string Rabbit = "Interclustering__Bus__Transport=rabbitmq|Interclustering__Roles=bsc|";
    private const string Postgres = "Interclustering__Roles=hub|Interclustering__Database__Provider=postgres|";
    private const string Smtp = "Interclustering__Roles=bsc|Interclustering__Addresses__bsc=https://bsc.example|"
        + "Interclustering__Mail__From=a@bsc.example|Interclustering__Mail__Smtp__Host=mail.example|";

    public WrongSettings()
    {
        // Names that are none.
        Add("Intercluster__Roles=bsc", "Intercluster:Roles|\"bsc\"|Did you mean Interclustering:Roles?|Interclustering__Roles");
        Add("Interclusterring__Bus__Host=broker", "Interclusterring:Bus:Host|Did you mean Interclustering:Bus:Host?");
        Add("Intreclustering__Bus__Password=hidden-word", "Intreclustering:Bus:Password|\"…\"|Interclustering__Bus__Password");
        Add("INTERCLUSTERING_ROLES=bsc", "INTERCLUSTERING_ROLES|Interclustering__Roles");
        Add("Interclustering_Bus_Host=broker", "Interclustering_Bus_Host|Interclustering__Bus__Host");
        Add("Bus__Transport=rabbitmq", "Bus:Transport|Interclustering__Bus__Transport");
        Add("Interclustering__Bus__Usrname=bsc", "Interclustering:Bus:Usrname|Did you mean Interclustering:Bus:Username?");
        Add("Interclustering__Bus__Passwort=hidden-word", "Interclustering:Bus:Passwort|\"…\"|Interclustering:Bus:Password?");
        Add("Interclustering__Adresses__bsc=https://bsc.example", "Interclustering:Adresses:bsc|Interclustering:Addresses:bsc?");
        Add("Interclustering__Role=bsc", "Interclustering:Role |\"bsc\"|Interclustering:Roles?");
        Add("Interclustering__Mail__Server=mail.example", "Interclustering:Mail:Server|Mail:Smtp:Host");
        Add("Interclustering__Addresses__bcs=https://bsc.example", "Interclustering:Addresses:bcs|\"Interclustering:Addresses:bsc\"|lsn");
        Add("Interclustering__Database__Nodes__bcs=hidden-word", "Interclustering:Database:Nodes:bcs|Interclustering:Database:Nodes:bsc");
        Add("Interclustering__Rolez=bsc|Interclustering__Bus__Hots=broker", "Interclustering:Roles?|Interclustering:Bus:Host?");

        // Who is told.
        Add("Interclustering__Alerts__To=ops", "Interclustering:Alerts:To|\"ops\"|e-mail addresses, separated by commas");
        Add("Interclustering__Alerts__AfterMinutes=soon", "Interclustering:Alerts:AfterMinutes|\"soon\"|a whole number from 0 to 10080");
        // Settings that stand in files.
        Add("Interclustering__Bus__Pasword_FILE=FOLDER/a-file", "Did you mean Interclustering:Bus:Password_FILE?");
        Add("INTERCLUSTERING_BUS_PASSWORD_FILE=FOLDER/a-file", "Interclustering__Bus__Password_FILE");
        Add("Interclustering__Database__Nodes__bcs_FILE=FOLDER/no-json.json", "Interclustering:Database:Nodes:bsc");
        Add("Interclustering__Bus__Password_FILE=FOLDER/a-file", "Interclustering:Bus:Password_FILE|\"FOLDER/a-file\"|empty");
        Add("Interclustering__Bus__Password_FILE=FOLDER/none", "Interclustering:Bus:Password_FILE|\"FOLDER/none\"|not there");
        Add("Interclustering__Bus__Password_FILE=FOLDER", "Interclustering:Bus:Password_FILE|\"FOLDER\"|can't read");
        Add("Interclustering__Bus__Password_FILE=hidden-word", "Interclustering:Bus:Password_FILE|\"…\"|no absolute path|not there");
        Add("Interclustering__Bus__Password_FILE=FOLDER/a-file|Interclustering__Bus__Password=hidden-word",
            "Interclustering:Bus:Password_FILE|Interclustering:Bus:Password is set as well");

        // What this process is.
        Add("Interclustering__Roles=", "Interclustering:Roles|\"\"|hub, euralogistic|all of them");
        Add("Interclustering__Roles=bcs", "Interclustering:Roles|\"bcs\"|Did you mean \"bsc\"?|tenlog");
        Add("Interclustering__Roles=HUB", "\"HUB\"|Did you mean \"hub\"?");
        Add("Interclustering__Roles=hub;bsc", "Interclustering:Roles|\"hub;bsc\"|hub, euralogistic");
        Add("Interclustering__Data=", "Interclustering:Data|\"\"|the path of a folder");
        Add("Interclustering__Data=/proc/interclustering", "Interclustering:Data|/proc/interclustering|may write");
        Add("Interclustering__Data=FOLDER/a-file", "Interclustering:Data|FOLDER/a-file|may write");
        Add("Interclustering__Data=FOLDER/broken-key", "Interclustering:Data|keys/bsc.pem|PKCS#8 PEM");
        Add("Interclustering__Data=FOLDER/public-key", "Interclustering:Data|keys/bsc.pem|PKCS#8 PEM");
        Add("Interclustering__Data=FOLDER/other-curve", "Interclustering:Data|keys/bsc.pem|ECDSA P-256");
        Add("Interclustering__Data=FOLDER/newer-database|Interclustering__Roles=hub",
            "database of hub|29990101000000_Tomorrow|Interclustering 0.");
        Add("Interclustering__Directory=", "Interclustering:Directory|federation directory");
        Add("Interclustering__Directory=FOLDER/none.json", "Interclustering:Directory|FOLDER/none.json|contracts/README.md");
        Add("Interclustering__Directory=FOLDER/no-json.json", "Interclustering:Directory|FOLDER/no-json.json|contracts/README.md");
        Add("Interclustering__Directory=FOLDER/twice.json", "Interclustering:Directory|FOLDER/twice.json|\"bsc\" is there twice");
        Add("Interclustering__Directory=FOLDER/hub-twice.json", "Interclustering:Directory|\"hub\" is there twice");
        Add("Interclustering__Directory=FOLDER/capital.json", "Interclustering:Directory|\"BSC\"|a-z and 0-9");
        Add("Interclustering__Directory=FOLDER/no-key.json", "Interclustering:Directory|\"0123456789abcdef\"|ECDSA P-256");
        Add("Interclustering__Directory=FOLDER/other-key.json|Interclustering__Roles=bsc",
            "Interclustering:Directory|lists the key kept here");
        Add("Interclustering__Demonstration=yes", "Interclustering:Demonstration|\"yes\"|true, false");
        Add("Interclustering__Logs__Format=jsn", "Interclustering:Logs:Format|\"jsn\"|Did you mean \"json\"?|json, text");
        Add("Logging__LogLevel__Default=Warn", "Logging:LogLevel:Default|\"Warn\"|Warning");

        // Where it listens.
        Add("urls=http://localhost:TAKEN", "urls|http://localhost:TAKEN|no other program listens");
        Add("urls=localhost:5080", "urls|\"localhost:5080\"|http://localhost:5080");
        Add("urls=http://localhost:99999", "urls|99999|http://localhost:5080");
        Add("urls=ftp://localhost:5080", "urls|ftp://localhost:5080|http://localhost:5080");
        Add("urls=http://192.0.2.1:5080", "urls|http://192.0.2.1:5080|may listen");
        Add("urls=https://localhost:TAKEN", "urls|https://localhost:TAKEN");

        // Databases.
        Add("Interclustering__Database__Provider=postgresql", "Interclustering:Database:Provider|Did you mean \"postgres\"?|sqlite");
        Add("Interclustering__Database__Provider=mysql", "Interclustering:Database:Provider|sqlite, postgres");
        Add(Postgres, "Interclustering:Database:Hub|nothing|Host=…;Database=…");
        Add(Postgres + "Interclustering__Database__Hub=postgres://hub:hidden-word@localhost/hub", "Interclustering:Database:Hub|no URL");
        Add(Postgres + "Interclustering__Database__Hub=Host=a;Pasword=hidden-word", "Interclustering:Database:Hub|Host=…;Database=…");
        Add(Postgres + "Interclustering__Database__Hub=Database=hub", "Interclustering:Database:Hub|Host=…;Database=…");
        Add("Interclustering__Database__Hub=postgres://hub:hidden-word@localhost/hub", "Interclustering:Database:Hub|Provider=postgres");
        Add("Interclustering__Database__Hub=Host=a;Password=hidden-word", "Interclustering:Database:Hub|Provider=postgres");
        Add("Interclustering__Database__Hub=", "Interclustering:Database:Hub|Data Source=…");
        Add("Interclustering__Database__Nodes__bsc=Data Source=a.db|Interclustering__Database__Nodes__lsn=Data Source=a.db",
            "Interclustering:Database:Nodes:|of its own for each participant");

        Add("Interclustering__Database__Passwords__bsc=hidden-word", "Interclustering:Database:Passwords:bsc|Provider=postgres");
        Add("Interclustering__Database__Passwords__bcs=hidden-word", "Interclustering:Database:Passwords:bcs|Database:Passwords:bsc");
        Add(Postgres + "Interclustering__Database__Hub=Host=a;Password=hidden-word|Interclustering__Database__Passwords__hub=hidden-word",
            "Interclustering:Database:Passwords:hub|one password");

        // The bus.
        Add("Interclustering__Bus__Transport=rabbit", "Interclustering:Bus:Transport|\"rabbit\"|Did you mean \"rabbitmq\"?|memory");
        Add("Interclustering__Bus__Host=broker", "Interclustering:Bus:Transport|nothing|rabbitmq|Interclustering:Bus:Host is set");
        Add("Interclustering__Bus__Password=hidden-word", "Interclustering:Bus:Transport|rabbitmq|Interclustering:Bus:Password is set");
        Add("Interclustering__Bus__Transport=memory|Interclustering__Bus__Port=5672", "Interclustering:Bus:Transport|\"memory\"|Bus:Port");
        Add(Rabbit + "Interclustering__Bus__Password=hidden-word", "Interclustering:Bus:Host|nothing|host name");
        Add(Rabbit + "Interclustering__Bus__Host=a.example, b.example:many", "Interclustering:Bus:Host|b.example:many|separated by commas");
        Add(Rabbit + "Interclustering__Bus__Host=a.example,,b.example", "Interclustering:Bus:Host|a.example,,b.example|commas");
        Add(Rabbit + "Interclustering__Bus__Host=amqp://bsc:hidden-word@broker", "Interclustering:Bus:Host|without amqp://");
        Add(Rabbit + "Interclustering__Bus__Host=broker", "Interclustering:Bus:Password|nothing");
        Add(Rabbit + "Interclustering__Bus__Host=broker|Interclustering__Bus__Port=amqp", "Interclustering:Bus:Port|\"amqp\"|1 to 65535");
        Add(Rabbit + "Interclustering__Bus__Host=broker|Interclustering__Bus__Tls=on", "Interclustering:Bus:Tls|\"on\"|true, false");
        Add("Interclustering__Bus__Transport=rabbitmq|Interclustering__Bus__Host=broker", "Interclustering:Roles|one participant");

        // Addresses and limits.
        Add("Interclustering__Addresses__bsc=bsc.example", "Interclustering:Addresses:bsc|\"bsc.example\"|http or https");
        Add("Interclustering__Addresses__hub=ftp://hub.example", "Interclustering:Addresses:hub|ftp://hub.example|http or https");
        Add("Interclustering__Accounts__SecondFactor=1", "Interclustering:Accounts:SecondFactor|\"1\"|true, false");
        Add("Interclustering__Https__Subdomains=maybe", "Interclustering:Https:Subdomains|\"maybe\"|true, false");
        Add("Interclustering__Api__RequestsPerMinute=0", "Interclustering:Api:RequestsPerMinute|\"0\"|above 0");
        Add("Interclustering__Pages__RequestsPerMinute=many", "Interclustering:Pages:RequestsPerMinute|\"many\"|above 0");
        Add("Interclustering__Cache__MostMebibytes=0", "Interclustering:Cache:MostMebibytes|\"0\"|1 to 4096");
        Add("Interclustering__Health__LeastFreeMebibytes=some", "Interclustering:Health:LeastFreeMebibytes|\"some\"|1 to 1000000000");
        Add("Interclustering__Files__MostMebibytes=100", "Interclustering:Files:MostMebibytes|\"100\"|1 to 25");
        Add("Interclustering__Sources__Allow=https://intranet.example/",
            "Interclustering:Sources:Allow|https://intranet.example/|intranet.example:8080");
        Add("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT|collector:4317|http://localhost:4317");

        // Mail.
        Add("Interclustering__Mail__Smtp__Port=587", "Interclustering:Mail:Smtp:Host|nothing|Mail:Smtp:Port is set");
        Add("Interclustering__Mail__Smtp__Host=mail.example", "Interclustering:Addresses:euralogistic|links in mails");
        Add("Interclustering__Roles=hub|Interclustering__Mail__Smtp__Host=mail.example",
            "Interclustering:Mail:From|nothing|e-mail address");
        Add("Interclustering__Mail__Smtp__Host=smtp://mail.example", "Interclustering:Mail:Smtp:Host|smtp://mail.example|without smtp://");
        Add("Interclustering__Mail__From=Agenda", "Interclustering:Mail:From|\"Agenda\"|e-mail address");
        Add(Smtp + "Interclustering__Mail__Smtp__Port=70000", "Interclustering:Mail:Smtp:Port|\"70000\"|1 to 65535");
        Add(Smtp + "Interclustering__Mail__Smtp__Tls=starttls", "Interclustering:Mail:Smtp:Tls|\"starttls\"|true, false");
        Add(Smtp + "Interclustering__Mail__Smtp__Password=hidden-word", "Interclustering:Mail:Smtp:Username|nothing");
        Add(Smtp + "Interclustering__Mail__Smtp__Username=bsc", "Interclustering:Mail:Smtp:Password|nothing");

        // The rest.
        Add("Interclustering__Radar__SchoolHolidays=FOLDER/none.json", "Interclustering:Radar:SchoolHolidays|FOLDER/none.json");
        Add("Interclustering__Radar__SchoolHolidays=FOLDER/no-json.json", "Interclustering:Radar:SchoolHolidays|FOLDER/no-json.json");
        Add("Interclustering__Site__Contact=us", "Interclustering:Site:Contact|\"us\"|e-mail address");
        Add("Interclustering__Site__Accessibility=total", "Interclustering:Site:Accessibility|\"total\"|none, partial, full");
        Add("Interclustering__Federation__Window=0", "Interclustering:Federation:Window|\"0\"|1 to 100000");
        Add("Interclustering__Federation__Poll=0", "Interclustering:Federation:Poll|\"0\"|00:00:05");
        Add("Interclustering__Federation__Heartbeat=5", "Interclustering:Federation:Heartbeat|\"5\"|00:00:05");
        Add("Interclustering__Federation__MostSilence=02:00:00", "Interclustering:Federation:MostSilence|\"02:00:00\"|under an hour");
        Add("Interclustering__Federation__MostLag=-1", "Interclustering:Federation:MostLag|\"-1\"|1 to 10000000");
        Add("Interclustering__Federation__ExitAfter=soon", "Interclustering:Federation:ExitAfter|\"soon\"|under an hour");
    }
}
