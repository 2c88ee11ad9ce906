using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;

namespace Interclustering.Server.BrokerPermissions;

/// <summary>
/// What a broker needs for the participants of a directory, as <c>rabbitmqctl import_definitions</c> takes it. It has no users: an import
/// would replace their passwords.
/// </summary>
internal static class BrokerTopology
{
    private const string Vhost = BrokerRights.VirtualHost;
    private const string Hub = FederationDirectory.HubCode;
    private const string Journal = FederationBus.Exchange;

    /// <summary>What an operator runs. By a file: of version 4, rabbitmqctl waits for ever for what a pipe brings it.</summary>
    public const string Print = "infra definitions >/tmp/definitions.json", Import = "rabbitmqctl import_definitions /tmp/definitions.json";

    // Patterns are full of backslashes already.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line for each user's right, queue and binding.</summary>
    public static string Of(FederationDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string[] codes = [Hub, .. directory.Current.Select(cluster => cluster.Code)];
        (string Name, IEnumerable<JsonObject> Lines)[] parts =
        [
            ("vhosts", [new() { ["name"] = Vhost }]),
            ("permissions", codes.Select(Permission)),
            ("topic_permissions", codes.Select(TopicPermission)),
            ("exchanges", [new()
            {
                ["name"] = Journal, ["vhost"] = Vhost, ["type"] = "topic", ["durable"] = true, ["auto_delete"] = false,
                ["internal"] = false, ["arguments"] = new JsonObject(),
            }]),
            ("queues", codes.Select(Queue)),
            ("bindings", codes.Select(Binding)),
            ("policies", [Bounded()]),
        ];
        var text = new StringBuilder("{\n");
        foreach (var (index, (name, lines)) in parts.Index())
        {
            text.Append("  \"").Append(name).Append("\": [\n    ")
                .AppendJoin(",\n    ", lines.Select(line => line.ToJsonString(Plain)))
                .Append(index == parts.Length - 1 ? "\n  ]\n" : "\n  ],\n");
        }

        return text.Append("}\n").ToString();
    }

    private static JsonObject Permission(string code) => new()
    {
        ["user"] = code,
        ["vhost"] = Vhost,
        ["configure"] = $"^{Regex.Escape(QueueOf(code))}$",
        ["write"] = $"^({Regex.Escape(Journal)}|{Regex.Escape(QueueOf(code))})$",
        ["read"] = $"^{Regex.Escape(QueueOf(code))}$",
    };

    private static JsonObject TopicPermission(string code) => new()
    {
        ["user"] = code,
        ["vhost"] = Vhost,
        ["exchange"] = Journal,
        ["write"] = code == Hub ? $@"^{Hub}\.[a-z0-9]+$" : $@"^{code}\.{Hub}$",
        ["read"] = code == Hub ? $@"^[a-z0-9]+\.{Hub}$" : $@"^{Hub}\.{code}$",
    };

    private static JsonObject Queue(string code) => new()
    {
        ["name"] = QueueOf(code),
        ["vhost"] = Vhost,
        ["durable"] = true,
        ["auto_delete"] = false,
        ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true },
    };

    private static JsonObject Binding(string code) => new()
    {
        ["source"] = Journal,
        ["vhost"] = Vhost,
        ["destination"] = QueueOf(code),
        ["destination_type"] = "queue",
        ["routing_key"] = code == Hub ? $"*.{Hub}" : $"{Hub}.{code}",
        ["arguments"] = new JsonObject(),
    };

    /// <summary>
    /// A long absence fills no broker: what is lost so is asked for again. A message that ends its readers is given to 20 at most.
    /// </summary>
    private static JsonObject Bounded() => new()
    {
        ["name"] = "bounded",
        ["vhost"] = Vhost,
        ["pattern"] = @"^ic\.cmd\.",
        ["apply-to"] = "queues",
        ["priority"] = 0,
        ["definition"] = new JsonObject
        {
            ["max-length"] = 20_000,
            ["max-length-bytes"] = 536_870_912,
            ["overflow"] = "drop-head",
            ["message-ttl"] = 86_400_000,
            ["delivery-limit"] = 20,
        },
    };

    private static string QueueOf(string code) => $"ic.cmd.{code}";
}
