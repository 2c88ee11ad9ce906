using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Server.BrokerPermissions;
using Interclustering.Server.Commands;
using Interclustering.Testing;
using Microsoft.Extensions.Configuration;

namespace Interclustering.Tests.Infra;

/// <summary><c>infra check</c>: the shipped definitions pass, and whatever loosens them is found.</summary>
public sealed class BrokerRightsTests
{
    private static readonly string Path = Repository.PathTo("infra", "rabbitmq", "definitions.json");
    private static readonly string Shipped = File.ReadAllText(Path);

    [Fact]
    public async Task The_shipped_definitions_pass() =>
        Assert.Equal((0, "The broker's rights are as they should be (7 users, 7 queues).\n", ""), await CheckAsync(Path));

    [Fact]
    public async Task The_shipped_definitions_are_those_of_the_built_in_directory_and_have_no_users()
    {
        var output = new StringWriter();
        Assert.Equal(0, await new RootCommand { InfraCommand.Create(_ => new ConfigurationBuilder().Build()) }
            .Parse(["infra", "definitions"]).InvokeAsync(new InvocationConfiguration { Output = output }));
        Assert.Equal(Shipped, output.ToString());
        Assert.False(JsonNode.Parse(Shipped)!.AsObject().ContainsKey("users"));
    }

    [Theory]
    // Everything allowed, in several spellings.
    [InlineData("configure", "", false)]
    [InlineData("configure", ".*", true)]
    [InlineData("configure", "^ic\\.cmd\\.", true)]
    [InlineData("configure", "^ic\\.cmd\\.bsc", true)]
    [InlineData("configure", "ic\\.cmd\\.bsc$", true)]
    [InlineData("configure", "^ic.cmd.bsc$", true)]
    [InlineData("configure", "(?i)^ic\\.cmd\\.bsc$", true)]
    [InlineData("configure", "^ic\\.cmd\\.bsc(_error|_skipped)?$", true)]
    [InlineData("configure", "^(ic\\.journal|ic\\.cmd\\.bsc)$", true)]
    [InlineData("configure", "^(amq\\..*|ic\\.cmd\\.bsc)$", true)]
    [InlineData("configure", "^(ic\\.cmd\\.bsc|what-nobody-guesses)$", true)]
    [InlineData("configure", "^ic\\.cmd\\.[a-z]+$", true)]
    [InlineData("write", "^(ic\\.journal|ic\\.cmd\\.bsc|ic\\.cmd\\.hub)$", true)]
    [InlineData("write", "^(ic\\.journal|ic\\.cmd\\.bsc|amq\\.default)$", true)]
    [InlineData("write", "^ic\\..*$", true)]
    [InlineData("read", "^(ic\\.cmd\\.bsc|ic\\.cmd\\.lsn)$", true)]
    [InlineData("read", "^(ic\\.cmd\\.bsc|ic\\.journal)$", true)]
    [InlineData("read", "^ic\\.cmd\\.(?!hub).*$", true)]
    public void A_permission_that_reaches_beyond_ones_own_is_found(string right, string pattern, bool reachesOthers) =>
        AssertFound(Change("permissions", "bsc", right, pattern), $"bsc: {right} \"{pattern}\"", reachesOthers
            ? "also allows" : "does not allow");

    [Theory]
    [InlineData("bsc", ".*")]
    [InlineData("bsc", "^bsc\\.")]
    [InlineData("bsc", "^bsc.hub$")]
    [InlineData("bsc", "bsc\\.hub$")]
    [InlineData("bsc", "^[a-z0-9]+\\.hub$")]
    [InlineData("bsc", "^(bsc|lsn)\\.hub$")]
    [InlineData("bsc", "^bsc\\.(hub|lsn)$")]
    [InlineData("bsc", "^(bsc\\.hub|hub\\.lsn)$")]
    [InlineData("bsc", "^({username}|hub)\\.hub$")]
    [InlineData("hub", "^[a-z0-9]+\\.[a-z0-9]+$")]
    [InlineData("hub", "^hub\\.")]
    public void A_routing_key_of_anothers_is_found(string user, string pattern) =>
        AssertFound(Change("topic_permissions", user, "write", pattern), $"{user}: write on ic.journal", "also allows");

    [Theory]
    [InlineData("bsc", "^hub\\.[a-z0-9]+$")]
    [InlineData("hub", ".*")]
    public void A_binding_key_of_anothers_is_found(string user, string pattern) =>
        AssertFound(Change("topic_permissions", user, "read", pattern), $"{user}: read on ic.journal", "also allows");

    [Theory]
    [InlineData("permissions", "configure", "^ic\\.cmd\\.(?:bsc)$")]
    [InlineData("permissions", "write", "^ic\\.(cmd\\.bsc|journal)$")]
    [InlineData("permissions", "read", "\\Aic\\.cmd\\.bsc\\z")]
    [InlineData("topic_permissions", "write", "^{username}\\.hub$")]
    [InlineData("topic_permissions", "read", "^hub[.]bsc$")]
    public void Another_spelling_of_the_same_right_passes(string part, string right, string pattern) =>
        Assert.Empty(Check(Change(part, "bsc", right, pattern)));

    [Theory]
    [InlineData("permissions", "write", "^ic\\.journal$", "does not allow ic.cmd.bsc")]
    [InlineData("topic_permissions", "write", "^bsc\\.hubs$", "does not allow bsc.hub")]
    [InlineData("topic_permissions", "write", "", "does not allow bsc.hub")]
    [InlineData("permissions", "read", "(", "can't be evaluated")]
    [InlineData("permissions", "configure", "^(([a-z.]+)+)+!$", "can't be evaluated")]
    public void A_right_that_is_too_narrow_or_no_pattern_is_found(string part, string right, string pattern, string wrong) =>
        AssertFound(Change(part, "bsc", right, pattern), "bsc: ", wrong);

    [Theory]
    [InlineData("topic_permissions", "user", "bsc", "bsc", "has no topic permission on ic.journal")]
    [InlineData("queues", "name", "ic.cmd.bsc", "ic.cmd.bsc", "does not exist")]
    [InlineData("exchanges", "name", "ic.journal", "ic.journal", "is not a durable topic exchange")]
    [InlineData("policies", "name", "bounded", "ic.cmd.bsc", "has no max-length by any policy")]
    [InlineData("permissions", "user", "hub", "hub", "has no permission in the virtual host interclustering")]
    [InlineData("permissions", "user", "bsc", "ic.cmd.bsc", "is no participant's queue")]
    public void What_is_missing_is_found(string part, string key, string value, string subject, string wrong) =>
        AssertFound(Edit(definitions => definitions[part]!.AsArray().RemoveAll(item => (string?)item![key] == value)), subject, wrong);

    [Theory]
    [InlineData("users", """{"name": "guest", "password_hash": "", "tags": ["administrator"]}""", "guest",
        "its password is publicly known")]
    [InlineData("permissions", """{"user": "guest", "vhost": "interclustering", "configure": ".*", "write": ".*", "read": ".*"}""",
        "guest: configure", "also allows")]
    [InlineData("permissions", """{"user": "guest", "vhost": "interclustering", "configure": ".*", "write": ".*", "read": ".*"}""", "guest",
        "has no topic permission")]
    [InlineData("queues", """{"name": "ic.cmd.bsc_error", "vhost": "interclustering", "durable": true, "arguments": {}}""",
        "ic.cmd.bsc_error", "is no participant's queue")]
    [InlineData("bindings",
        """{"source": "ic.journal", "vhost": "interclustering", "destination": "ic.cmd.bsc","""
        + """ "destination_type": "queue", "routing_key": "#"}""", "ic.cmd.bsc", "is bound")]
    [InlineData("bindings",
        """{"source": "ic.journal", "vhost": "interclustering", "destination": "copy","""
        + """ "destination_type": "exchange", "routing_key": "*.hub"}""", "copy", "is bound")]
    [InlineData("policies",
        """{"name": "unbounded", "vhost": "interclustering", "pattern": "bsc", "apply-to": "all","""
        + """ "priority": 9, "definition": {"max-length": 1}}""", "ic.cmd.bsc", "has no message-ttl by the policy unbounded")]
    public void What_is_added_is_found(string part, string item, string subject, string wrong) =>
        AssertFound(Edit(definitions => definitions[part]!.AsArray().Add(JsonNode.Parse(item))), subject, wrong);

    [Theory]
    [InlineData("users", 6, "tags", "\"administrator\"", "bsc", "has the tags administrator")]
    [InlineData("users", 6, "tags", "[\"policymaker\", \"management\"]", "bsc", "has the tags policymaker, management")]
    [InlineData("queues", 6, "arguments", """{"x-queue-type": "classic", "x-single-active-consumer": true}""", "ic.cmd.bsc",
        "is not a quorum queue")]
    [InlineData("queues", 6, "arguments", """{"x-queue-type": "quorum"}""", "ic.cmd.bsc", "has no single active consumer")]
    [InlineData("queues", 6, "durable", "false", "ic.cmd.bsc", "is not a quorum queue")]
    [InlineData("exchanges", 0, "type", "\"fanout\"", "ic.journal", "is not a durable topic exchange")]
    [InlineData("exchanges", 0, "durable", "false", "ic.journal", "is not a durable topic exchange")]
    [InlineData("policies", 0, "definition", """{"max-length": 0, "message-ttl": 86400000}""", "ic.cmd.hub", "has no max-length")]
    [InlineData("policies", 0, "definition", """{"max-length": 20000}""", "ic.cmd.hub", "has no message-ttl")]
    [InlineData("policies", 0, "apply-to", "\"exchanges\"", "ic.cmd.hub", "has no max-length")]
    [InlineData("policies", 0, "pattern", "\"^ic\\\\.cmd\\\\.hub$\"", "ic.cmd.bsc", "has no max-length")]
    [InlineData("topic_permissions", 6, "exchange", "\"amq.topic\"", "bsc", "has no topic permission on ic.journal")]
    [InlineData("topic_permissions", 6, "vhost", "\"/\"", "bsc", "has no topic permission on ic.journal")]
    public void What_is_changed_is_found(string part, int index, string key, string value, string subject, string wrong) =>
        AssertFound(Edit(definitions => definitions[part]![index]![key] = JsonNode.Parse(value)), subject, wrong);

    [Fact]
    public void An_operator_without_a_permission_there_does_not_matter() => Assert.Empty(Check(Edit(definitions =>
        definitions["users"]!.AsArray().Add(JsonNode.Parse("""{"name": "operator", "tags": ["administrator"]}""")))));

    [Fact]
    public async Task Every_finding_is_a_line_and_their_number_the_last()
    {
        var file = System.IO.Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Change("permissions", "bsc", "read", ".*"));
        var (exit, output, _) = await CheckAsync(file);
        File.Delete(file);

        Assert.Equal(1, exit);
        Assert.Matches(
            @"\Absc: read ""\.\*"": also allows ic\.cmd\.hub, .* and \d+ more\. Set it to ""\^ic\\\.cmd\\\.bsc\$""\.\n1 findings\.\n\z",
                output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"permissions\": [{\"user\": \"bsc\"}]}")]
    [InlineData("{\"permissions\": [], \"permissions\": []}")]
    public async Task What_is_not_definitions_is_said_to_be_unreadable(string text)
    {
        var file = System.IO.Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text);
        var (exit, _, errors) = await CheckAsync(file);
        File.Delete(file);

        Assert.Equal(2, exit);
        Assert.Contains("can't be read as a broker's definitions", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_said_to_be_unreadable() =>
        Assert.Equal(2, (await CheckAsync("/nowhere/definitions.json")).ExitCode);

    [Fact]
    public void Nothing_at_all_does_not_pass() => Assert.NotEmpty(Check("{}"));

    private static void AssertFound(string definitions, string subject, string wrong) => Assert.Contains(
        Check(definitions), finding => finding.Subject.StartsWith(subject, StringComparison.Ordinal)
            && finding.Wrong.Contains(wrong, StringComparison.Ordinal));

    private static IReadOnlyList<BrokerFinding> Check(string definitions) => BrokerRights.Check(BrokerDefinitions.Read(definitions));

    private static string Change(string part, string user, string right, string pattern) => Edit(definitions =>
        definitions[part]!.AsArray().Single(item => (string?)item!["user"] == user)![right] = pattern);

    private static string Edit(Action<JsonNode> change)
    {
        // As a broker exports them.
        var definitions = JsonNode.Parse(Shipped)!;
        definitions["users"] = new JsonArray([.. ((string[])["hub", "euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc"])
            .Select(name => new JsonObject { ["name"] = name, ["tags"] = "" })]);
        change(definitions);
        return definitions.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static async Task<(int ExitCode, string Output, string Errors)> CheckAsync(string file)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter());
        var exit = await new RootCommand { InfraCommand.Create(_ => new ConfigurationBuilder().Build()) }.Parse(["infra", "check", file])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }
}
