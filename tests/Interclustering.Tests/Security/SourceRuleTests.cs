using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Interclustering.Testing;

namespace Interclustering.Tests.Security;

/// <summary>What code and deployment leave out. Each rule names the few places that are allowed, so that a new one is a decision.</summary>
public sealed partial class SourceRuleTests
{
    private static IReadOnlyList<(string Name, string Text)> Code { get; } =
        [.. Read("src", "*.cs"), .. Read("src", "*.razor"), .. Read("contracts", "*.cs")];

    private static IReadOnlyList<(string Name, string Text)> Scripts { get; } = [.. Read("src", "*.js")];

    [Fact]
    public void Cryptography_is_the_platforms_own_and_of_today()
    {
        Assert.Empty(Places(Code, @"\b(MD5|SHA1|HMACMD5|HMACSHA1|DES|TripleDES|RC2|Rijndael\w*|Aes|RSA)\b\s*[.(]"));
        Assert.Empty(Places(Code, @"CipherMode|PaddingMode|RSASignaturePadding|new Random\("));
        Assert.Equal(["SigningKey.cs"], Places(Code, @"ECDsa\.Create"));
        // Keys, links, tokens, nonces and passwords come from the secure generator only.
        Assert.NotEmpty(Places(Code, @"RandomNumberGenerator\."));
    }

    [Fact]
    public void No_certificate_is_taken_unseen()
    {
        Assert.Empty(Places(Code, "DangerousAcceptAnyServerCertificateValidator"));
        // `doctor` reads when a certificate ends, and takes none with an error.
        Assert.Equal(["AddressChecks.cs"], Places(Code, "ServerCertificateCustomValidationCallback"));
        Assert.Empty(
            Places(Code, @"RemoteCertificateValidationCallback|ServerCertificateValidationCallback|Trust Server Certificate=true"));
    }

    [Fact]
    public void Queries_are_put_together_from_our_own_words_only()
    {
        // These few write statements of their own; input goes in as a parameter.
        string[] known =
            ["BulkWrite.cs", "ContentErasure.cs", "DatabaseCopies.cs", "OpenDatabases.cs", "PostgresDatabases.cs", "PostgresIndex.cs",
                "SqlIndex.cs", "SqliteConnections.cs", "SqliteIndex.cs", "WatchedDatabase.cs"];
        Assert.Empty(Places(Code, @"FromSqlRaw|ExecuteSqlRaw|SqlQueryRaw|CommandText").Except(known));
    }

    [Fact]
    public void Nothing_that_was_sent_becomes_a_program_a_type_or_a_pointer()
    {
        Assert.Empty(
            Places(Code, "BinaryFormatter|NetDataContractSerializer|SoapFormatter|LosFormatter|JavaScriptSerializer|TypeNameHandling"));
        Assert.Empty(
            Places(Code, @"CSharpScript|Assembly\.Load|Activator\.CreateInstance\((?!typeof)|\bunsafe\b\s*[{(]|(?<!Json)Marshal\."));
        // The broker's own patterns, in the file that an operator checks; and those of the schemas that we publish.
        Assert.Empty(Places(Code, @"new Regex\(|\bRegex\.(Match|IsMatch|Replace|Split)\(")
            .Except(["NamePattern.cs", "SchemaRules.cs"]));
        // The mask of new files, of the C library.
        Assert.Empty(Places(Code, "DllImport|LibraryImport").Except(["FilePermissions.cs"]));
    }

    [Fact]
    public void Programs_are_started_by_their_own_path_and_without_a_shell()
    {
        string[] known =
        [
            "BoundedProcess.cs", "AttachmentProcess.cs", "AttachmentTextCommand.cs", "PictureCommand.cs", "PictureProcess.cs",
            "PostgresPrograms.cs", "SourceContent.cs", "SourceTextCommand.cs",
        ];
        Assert.Empty(Places(Code, @"Process\.Start|ProcessStartInfo").Except(known));
        Assert.Empty(Places(Code, @"UseShellExecute\s*=\s*true|/bin/sh|cmd\.exe|\bbash\b"));
    }

    [Fact]
    public void Xml_is_read_without_definitions_and_without_fetching()
    {
        Assert.Equal(["FeedReader.cs", "OfficeSniffing.cs", "OfficeText.cs"],
            Places(Code, @"XmlReader\.Create|XDocument\.(Load|Parse)|XmlDocument|XElement\.(Load|Parse)|XmlSerializer"));
        Assert.Equal(["FeedReader.cs", "OfficeSniffing.cs", "OfficeText.cs"], Places(Code, @"DtdProcessing\.Prohibit.*XmlResolver = null"));
    }

    [Fact]
    public void Scripts_keep_nothing_run_nothing_that_came_and_write_text_as_text()
    {
        Assert.NotEmpty(Scripts);
        // What a reader has chosen to keep, and may forget: see docs/decisions/0100.
        Assert.Equal(["my-themes.js"], Places(Scripts, @"localStorage"));
        Assert.Empty(Places(Scripts, @"sessionStorage|indexedDB|document\.cookie"));
        Assert.Empty(Places(Scripts, @"\beval\(|new Function|document\.write|setTimeout\(\s*['""`]|__proto__"));
        // A DOMParser's document runs and loads nothing: it reads our own pages again, and makes text of what is pasted.
        Assert.Empty(Places(Scripts, @"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment"));
        // A frame tells the page around it how high it is, and nothing else.
        Assert.Equal(["frame.js", "height.js"], Places(Scripts, @"postMessage|addEventListener\(\s*['""]message"));
    }

    [Fact]
    public void Html_that_is_not_encoded_comes_from_places_that_clean_it()
    {
        string[] known = ["MarkdownText.cs", "OEmbedLink.razor", "PageCardTags.razor", "QrCode.cs", "RegionMap.razor"];
        Assert.Empty(Places(Code, "MarkupString").Except(known));
    }

    [Fact]
    public void Lines_go_to_the_console_and_telemetry_to_OTLP_and_Prometheus_only()
    {
        Assert.Empty(
            Places(Code,
            @"AddEventLog|AddEventSourceLogger|AddDebug\(|AddSerilog|AddNLog|AddSyslog|AddZipkin|AddConsoleExporter"));
        Assert.Equal(["Telemetry.cs"], Places(Code, @"UseOtlpExporter|AddOtlpExporter|AddPrometheus"));
    }

    [Fact]
    public void What_compose_publishes_is_reached_from_its_own_machine_only()
    {
        var ports = Port().Matches(File.ReadAllText(Repository.PathTo("docker-compose.yml")))
            .Select(match => match.Groups[1].Value).ToList();
        // The TLS proxy alone is there for all.
        Assert.Equal(["80:80"], ports.Where(port => !port.StartsWith("127.0.0.1:", StringComparison.Ordinal)));
        Assert.Equal(8, ports.Count);
    }

    [Fact]
    public void The_image_holds_no_history_no_secret_and_no_root()
    {
        var ignored = File.ReadAllLines(Repository.PathTo(".dockerignore"));
        Assert.All((string[])["**/.git", "data", ".env", "secrets"], line => Assert.Contains(line, ignored));
        var image = File.ReadAllText(Repository.PathTo("infra", "Dockerfile"));
        Assert.Contains("\nUSER interclustering\n", image, StringComparison.Ordinal);
        Assert.DoesNotContain("ASPNETCORE_ENVIRONMENT", image + File.ReadAllText(Repository.PathTo("docker-compose.yml")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_password_stands_in_what_is_delivered()
    {
        var passwords = File.ReadAllLines(Repository.PathTo(".env.example"))
            .Where(line => line.Contains("PASSWORD", StringComparison.Ordinal));
        Assert.All(passwords, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
        var given = Secret().Matches(File.ReadAllText(Repository.PathTo("docker-compose.yml"))).Select(match => match.Groups[1].Value);
        Assert.All(given, value => Assert.Matches("^(\\$\\{|/run/secrets/)", value));
        Assert.DoesNotContain("assword", File.ReadAllText(Repository.PathTo("src", "Interclustering.Server", "appsettings.json")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_with_a_known_hole_is_reported_and_breaks_no_build()
    {
        var properties = XDocument.Load(Repository.PathTo("Directory.Build.props")).Descendants()
            .ToLookup(element => element.Name.LocalName, element => element.Value);
        // Nothing is asked over the network while an operator builds, and what is asked for by name is a warning.
        Assert.Equal("false", Assert.Single(properties["NuGetAudit"]));
        Assert.Equal("NU1900;NU1901;NU1902;NU1903;NU1904", Assert.Single(properties["WarningsNotAsErrors"]));
        Assert.Contains("      - run: tests/audit.sh\n        continue-on-error: true\n",
            File.ReadAllText(Repository.PathTo(".github", "workflows", "tests.yml")), StringComparison.Ordinal);
        Assert.Equal("all", Assert.Single(properties["NuGetAuditMode"]));
        Assert.Equal("low", Assert.Single(properties["NuGetAuditLevel"]));
        Assert.Equal("true", Assert.Single(properties["MSBuildTreatWarningsAsErrors"]));
        Assert.DoesNotContain(properties["NoWarn"], value => value.Contains("NU19", StringComparison.Ordinal));
    }

    /// <summary>An exporter of another release than the SDK builds well, and drops every batch when it runs.</summary>
    [Theory]
    [InlineData("^OpenTelemetry(\\.Api.*|\\.Extensions\\.Hosting|\\.Exporter\\..*)?$", 5)]
    [InlineData("^(MailKit|MimeKit)$", 2)]
    [InlineData("^SQLitePCLRaw\\.", 4)]
    public void Packages_of_one_family_are_of_one_release(string family, int least)
    {
        using var locked = JsonDocument.Parse(
            File.ReadAllText(Repository.PathTo("src", "Interclustering.Server", "packages.lock.json")));
        var versions = locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(package => Regex.IsMatch(package.Name, family))
            .Select(package => package.Value.GetProperty("resolved").GetString()!.Split('-')[0]).ToList();
        Assert.True(versions.Count >= least, string.Join(", ", versions));
        Assert.Single(versions.Distinct());
    }

    private static IEnumerable<(string Name, string Text)> Read(string folder, string pattern) => Repository.Files(folder, pattern)
        .Where(path => !path.Contains("Migrations", StringComparison.Ordinal))
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    /// <summary>Files with a line, comments apart, that matches.</summary>
    private static IReadOnlyList<string> Places(IEnumerable<(string Name, string Text)> files, string pattern)
    {
        var expression = new Regex(pattern);
        return [.. files.Where(file => file.Text.Split('\n').Any(line => !IsComment(line) && expression.IsMatch(line)))
            .Select(file => file.Name).Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex("ports: \\[\"([^\"]+)\"")]
    private static partial Regex Port();

    [GeneratedRegex(@"(?:PASSWORD|COOKIE)\w*: (\S+)")]
    private static partial Regex Secret();
}
