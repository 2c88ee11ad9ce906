using System.Text.RegularExpressions;
using Interclustering.Node.Mail;
using Interclustering.Server.Configuration;
using Interclustering.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Interclustering.Tests.Infra;

/// <summary>The compose file says what the README promises of it.</summary>
public sealed partial class ComposeFile
{
    private static readonly string Text = File.ReadAllText(Repository.PathTo("docker-compose.yml"));
    private static readonly string[] Codes = ["hub", "euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"];

    private const string OurImage = "${INTERCLUSTERING_IMAGE:-interclustering:local}";

    private static readonly string[] OneShots = ["keys", "broker-setup", "broker-rights", "broker-check"];

    [Fact]
    public void Every_participant_has_a_service_of_its_own() =>
        Assert.All(Codes, code => Assert.Contains(code == "hub" ? "hub" : $"node-{code}", Services().Select(service => service.Name)));

    [Fact]
    public void Every_lasting_service_of_ours_has_a_health_check() => Assert.All(
        Services().Where(service => !OneShots.Contains(service.Name) && service.Name != "collector"),
        service => Assert.True(Has(service.Node, "healthcheck"), service.Name));

    [Fact]
    public void No_participant_starts_before_the_rights_of_the_running_broker_are_checked()
    {
        var check = Services().Single(service => service.Name == "broker-check").Node;
        Assert.Equal(["infra", "check", "/rights/definitions.json"], Words(check, "command"));
        Assert.Equal(["/bin/sh", "/export-rights.sh", "/rights/definitions.json"],
            Words(Services().Single(service => service.Name == "broker-rights").Node, "entrypoint"));
        Assert.Equal("no", ((YamlScalarNode)check.Children["restart"]).Value);
        Assert.All(Codes, code => Assert.Contains("broker-check", Needs(code == "hub" ? "hub" : $"node-{code}")));
        Assert.Contains("broker-rights", Needs("broker-check"));
        Assert.Contains("broker-setup", Needs("broker-rights"));
    }

    [Fact]
    public void One_service_builds_the_image_that_all_of_ours_run()
    {
        var ours = Services().Where(service => Find(service.Node, "image") is YamlScalarNode { Value: OurImage }).ToList();
        Assert.Equal("keys", Assert.Single(ours, service => Has(service.Node, "build")).Name);
        Assert.All(
            ours.Where(service => service.Name != "keys"),
            service => Assert.Equal("never", (Find(service.Node, "pull_policy") as YamlScalarNode)?.Value));
    }

    /// <summary>Else one command reaches the proxy, or the broker's TLS, and the next one does not.</summary>
    [Fact]
    public void Profiles_and_files_are_chosen_in_one_place()
    {
        Assert.Equal(["tls"], Words(Services().Single(service => service.Name == "proxy").Node, "profiles"));
        Assert.All(PagesAndScripts(), text =>
        {
            Assert.DoesNotMatch("docker compose [^\n]*--profile|docker compose -f", text);
            Assert.All(ListedFiles().Matches(text).Select(match => match.Groups[1].Value.Split(':')), files =>
            {
                Assert.Equal("docker-compose.yml", files[0]);
                Assert.All(files, file => Assert.True(File.Exists(Repository.PathTo(file)), file));
            });
        });
        Assert.Contains(PagesAndScripts(), text => text.Contains("COMPOSE_FILE=docker-compose.yml:infra/rabbitmq/tls.yaml",
            StringComparison.Ordinal));
    }

    /// <summary>Compose ends with an error where it finds an image nowhere, also that of a service which it could build.</summary>
    [Fact]
    public void Newer_images_are_pulled_without_those_that_are_built()
    {
        var pulls = PagesAndScripts().SelectMany(text => PullForPins().Matches(text)).ToList();
        Assert.NotEmpty(pulls);
        Assert.All(pulls, pull => Assert.Equal(" --ignore-buildable", pull.Groups[1].Value));
    }

    [Fact]
    public void The_proxy_alone_is_reached_from_outside_and_the_broker_by_TLS_with_its_own_file()
    {
        var table = File.ReadAllText(Repository.PathTo("docs", "operations.md")).Split("| port | for | open to |")[1].Split("\n\n")[0];
        var open = Services(Text).Concat(Services(File.ReadAllText(Repository.PathTo("infra", "rabbitmq", "tls.yaml"))))
            .Where(service => Has(service.Node, "ports"))
            .SelectMany(service => Words(service.Node, "ports").Select(port => (service.Name, Port: port!.Split(':', '/'))))
            .Where(published => published.Port[0] != "127.0.0.1").Select(published => (published.Name, published.Port[0])).Distinct();
        Assert.Equal([("proxy", "80"), ("proxy", "443"), ("broker", "5671")], open);
        Assert.Contains("| 80, 443 |", table, StringComparison.Ordinal);
        Assert.Contains("| 5671 |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void The_database_counts_as_ready_when_it_answers_where_the_participants_ask() => Assert.Contains(
        "--host", Words((YamlMappingNode)Find(Services().Single(service => service.Name == "postgres").Node, "healthcheck")!, "test"));

    [Fact]
    public void The_image_listens_where_the_ports_lead()
    {
        var dockerfile = File.ReadAllText(Repository.PathTo("infra", "Dockerfile"));
        // With the prefix ASPNETCORE_ it would count for less than appsettings.json, which names localhost.
        var variables = Variables().Match(dockerfile).Groups[1].Value.Split(' ').Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var port = BindingAddress.Parse(variables["URLS"]).Port;
        Assert.All(Codes, code =>
            Assert.EndsWith(
            $":{port}",
            Assert.Single(Words(Services().Single(service => service.Name == (code == "hub" ? "hub" : $"node-{code}")).Node, "ports")),
            StringComparison.Ordinal));
    }

    [Fact]
    public void No_password_stands_in_the_file()
    {
        Assert.All(PasswordLine().Matches(Text), match => Assert.Matches(@"\$\{[A-Z_]+:\?|_FILE: (/run/secrets/|\$\{)", match.Value));
        Assert.NotEmpty(PasswordLine().Matches(Text));
    }

    [Fact]
    public void Every_participant_sees_its_own_secrets_and_no_other()
    {
        Assert.All(Codes, code => Assert.Equal([$"broker-password-{code}", $"database-password-{code}", "mail-password"],
            Words(Services().Single(service => service.Name == (code == "hub" ? "hub" : $"node-{code}")).Node, "secrets")));
        var declared = SecretFile().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToList();
        Assert.All(declared, secret => Assert.Equal(secret.Item1, secret.Item2));
        Assert.Equal(declared.Select(secret => secret.Item1).Order(StringComparer.Ordinal),
            Services().Where(service => Has(service.Node, "secrets")).SelectMany(service => Words(service.Node, "secrets")).Distinct()
                .Order(StringComparer.Ordinal));
        Assert.All(SecretPath().Matches(Text), match => Assert.Contains(match.Groups[1].Value, declared.Select(secret => secret.Item1)));
    }

    [Fact]
    public void Every_variable_is_in_the_example_and_empty_there()
    {
        var example = File.ReadAllLines(Repository.PathTo(".env.example"))
            .Where(line => line.Contains('=', StringComparison.Ordinal)).ToList();
        // Compose itself reads the profiles. Not COMPOSE_FILE: an empty one names no file at all.
        var used = Variable().Matches(Text).Select(match => match.Groups[1].Value).Append("COMPOSE_PROFILES").Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(used, example.Select(line => line.TrimEnd('=')).Order(StringComparer.Ordinal));
        Assert.All(example, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Mail_is_set_by_the_example_as_the_nodes_read_it()
    {
        Assert.Contains("Interclustering__Mail__Smtp__Password_FILE: ${MAIL_USERNAME:+/run/secrets/mail-password}", Text,
            StringComparison.Ordinal);
        var given = Settings().Matches(Text)
            .ToDictionary(match => match.Groups[2].Value, match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal));
        Assert.All(given.Values, key => Assert.Contains(Setting.All, setting => setting.Is(key)));
        var mail = new Dictionary<string, string?>
        {
            ["MAIL_HOST"] = "mail.example",
            ["MAIL_PORT"] = "465",
            ["MAIL_TLS"] = "",
            ["MAIL_USERNAME"] = "bsc",
            ["MAIL_PASSWORD"] = "a-password",
            ["MAIL_FROM"] = "agenda@bsc.example",
        };
        Assert.Equal(
            new SmtpSettings("mail.example", 465, Tls: true, "bsc", "a-password"), Read(name => mail.GetValueOrDefault(name, "")).Smtp);
        Assert.Null(Read(_ => "").Smtp);

        ServerSettings Read(Func<string, string?> valueOf) => SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
            given.Where(pair => pair.Key.StartsWith("MAIL_", StringComparison.Ordinal))
                .Select(pair => KeyValuePair.Create($"Interclustering:{pair.Value}", valueOf(pair.Key)))
                .Append(new("Interclustering:Mail:Smtp:Password", valueOf("MAIL_PASSWORD"))).Append(new("Interclustering:Roles", "bsc"))
                .Append(new("Interclustering:Addresses:bsc", "https://bsc.example"))).Build());
    }

    [Fact]
    public void Files_that_are_mounted_exist() => Assert.All(
        Mount().Matches(Text).Select(match => match.Groups[1].Value), path => Assert.True(File.Exists(Repository.PathTo(path)), path));

    [Fact]
    public void The_collector_takes_whatever_the_servers_export()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Repository.PathTo("infra", "otel", "collector.yaml"))));
        var pipelines = (YamlMappingNode)((YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["service"])["pipelines"];
        Assert.Equal(["logs", "metrics", "traces"], pipelines.Select(pipeline => ((YamlScalarNode)pipeline.Key).Value).Order());
        Assert.All(pipelines, pipeline => Assert.Equal(["otlp"], Words((YamlMappingNode)pipeline.Value, "receivers")));
    }

    private static bool Has(YamlMappingNode service, string key) => Find(service, key) is not null;

    private static YamlNode? Find(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value
        // YamlDotNet keeps a merge as a key: the anchor's mapping is its value.
        : service.Children.TryGetValue(new YamlScalarNode("<<"), out var merged) ? Find((YamlMappingNode)merged, key)
        : null;

    private static IEnumerable<string?> Words(YamlMappingNode service, string key) =>
        ((YamlSequenceNode)Find(service, key)!).Select(word => ((YamlScalarNode)word).Value);

    /// <summary>Which services must have ended well before this one starts.</summary>
    private static IEnumerable<string> Needs(string name) =>
        Find(Services().Single(service => service.Name == name).Node, "depends_on") is YamlMappingNode needs
        ? needs.Where(need => need.Value is YamlMappingNode { } how
            && Find(how, "condition") is YamlScalarNode { Value: "service_completed_successfully" })
            .Select(need => ((YamlScalarNode)need.Key).Value!)
        : [];

    /// <summary>All that tells an operator how Compose is called.</summary>
    private static IEnumerable<string> PagesAndScripts() => Directory.GetFiles(Repository.PathTo("docs"), "*.md")
        .Concat(Directory.GetFiles(Repository.PathTo("infra"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".sh" or ".yaml" or ".conf" or ""))
        .Concat(new[] { "README.md", ".env.example", "docker-compose.yml" }.Select(file => Repository.PathTo(file)))
        .Select(File.ReadAllText);

    private static IEnumerable<(string Name, YamlMappingNode Node)> Services() => Services(Text);

    private static IEnumerable<(string Name, YamlMappingNode Node)> Services(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var services = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children[new YamlScalarNode("services")];
        return services.Select(service => (((YamlScalarNode)service.Key).Value!, (YamlMappingNode)service.Value));
    }

    [GeneratedRegex(@"^.*(PASSWORD|Password|COOKIE).*:.*$", RegexOptions.Multiline)]
    private static partial Regex PasswordLine();

    [GeneratedRegex(@"Interclustering__(\w+): \$\{([A-Z_]+):-\}")]
    private static partial Regex Settings();

    [GeneratedRegex("^ENV (.*)$", RegexOptions.Multiline)]
    private static partial Regex Variables();

    [GeneratedRegex("COMPOSE_FILE=([a-z][a-z/.:-]+)")]
    private static partial Regex ListedFiles();

    [GeneratedRegex("docker compose --file docker-compose.yml pull( --ignore-buildable)?")]
    private static partial Regex PullForPins();

    [GeneratedRegex("^  ([a-z-]+): { file: ./secrets/([a-z-]+) }$", RegexOptions.Multiline)]
    private static partial Regex SecretFile();

    [GeneratedRegex("/run/secrets/([a-z-]+)")]
    private static partial Regex SecretPath();

    [GeneratedRegex(@"\$\{([A-Z_]+):[?-]")]
    private static partial Regex Variable();

    [GeneratedRegex(@"- \./([^:]+):")]
    private static partial Regex Mount();
}
