using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Server.BrokerPermissions;

/// <summary>
/// RabbitMQ's definitions, as infra/rabbitmq/definitions.json holds them and as <c>rabbitmqctl export_definitions</c> writes them.
/// </summary>
internal sealed record BrokerDefinitions
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    public IReadOnlyList<BrokerUser> Users { get; init; } = [];
    public IReadOnlyList<BrokerPermission> Permissions { get; init; } = [];
    public IReadOnlyList<BrokerTopicPermission> TopicPermissions { get; init; } = [];
    public IReadOnlyList<BrokerExchange> Exchanges { get; init; } = [];
    public IReadOnlyList<BrokerQueue> Queues { get; init; } = [];
    public IReadOnlyList<BrokerBinding> Bindings { get; init; } = [];
    public IReadOnlyList<BrokerPolicy> Policies { get; init; } = [];

    /// <exception cref="JsonException">The text is not JSON, or not definitions.</exception>
    public static BrokerDefinitions Read(string text) =>
        JsonSerializer.Deserialize<BrokerDefinitions>(text, Options) ?? throw new JsonException("The definitions are null.");

    /// <summary>What concerns one virtual host; users are the broker's.</summary>
    public BrokerDefinitions In(string vhost) => this with
    {
        Permissions = [.. Permissions.Where(permission => permission.Vhost == vhost)],
        TopicPermissions = [.. TopicPermissions.Where(permission => permission.Vhost == vhost)],
        Exchanges = [.. Exchanges.Where(exchange => exchange.Vhost == vhost)],
        Queues = [.. Queues.Where(queue => queue.Vhost == vhost)],
        Bindings = [.. Bindings.Where(binding => binding.Vhost == vhost)],
        Policies = [.. Policies.Where(policy => policy.Vhost == vhost)],
    };
}

internal sealed record BrokerUser(string Name, JsonElement Tags)
{
    /// <summary>A list, or a text with commas in older exports.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> TagNames => Tags.ValueKind switch
    {
        JsonValueKind.Array => [.. Tags.EnumerateArray().Select(tag => tag.ToString())],
        JsonValueKind.String => Tags.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };
}

internal sealed record BrokerPermission
{
    public required string User { get; init; }
    public required string Vhost { get; init; }
    public required string Configure { get; init; }
    public required string Write { get; init; }
    public required string Read { get; init; }
}

internal sealed record BrokerTopicPermission
{
    public required string User { get; init; }
    public required string Vhost { get; init; }
    public required string Exchange { get; init; }
    public required string Write { get; init; }
    public required string Read { get; init; }
}

internal sealed record BrokerExchange
{
    public required string Name { get; init; }
    public required string Vhost { get; init; }
    public required string Type { get; init; }
    public bool Durable { get; init; }
    public bool AutoDelete { get; init; }
}

internal sealed record BrokerQueue
{
    public required string Name { get; init; }
    public required string Vhost { get; init; }
    public bool Durable { get; init; }
    public JsonElement Arguments { get; init; }

    public bool Has(string argument, string value) => Arguments.ValueKind == JsonValueKind.Object
        && Arguments.TryGetProperty(argument, out var given) && string.Equals(given.ToString(), value, StringComparison.OrdinalIgnoreCase);
}

internal sealed record BrokerBinding
{
    public required string Source { get; init; }
    public required string Vhost { get; init; }
    public required string Destination { get; init; }
    public required string DestinationType { get; init; }
    public required string RoutingKey { get; init; }
}

internal sealed record BrokerPolicy
{
    public required string Name { get; init; }
    public required string Vhost { get; init; }
    public required string Pattern { get; init; }
    [JsonPropertyName("apply-to")]
    public required string ApplyTo { get; init; }
    public int Priority { get; init; }
    public JsonElement Definition { get; init; }

    public bool Limits(string what) => Definition.ValueKind == JsonValueKind.Object && Definition.TryGetProperty(what, out var limit)
        && limit.ValueKind == JsonValueKind.Number && limit.TryGetInt64(out var most) && most > 0;
}
