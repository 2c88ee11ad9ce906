namespace Interclustering.Federation.Bus;

/// <summary>Where the shared bus is. Memory when <see cref="Host"/> is null: everything in one process.</summary>
public sealed record BusSettings
{
    /// <summary>A broker, or those of a cluster, separated by commas; each with a port or without.</summary>
    public string? Host { get; init; }

    /// <summary>Of those that name none.</summary>
    public int Port { get; init; } = 5672;

    /// <summary>The brokers in their order; empty in memory.</summary>
    public IReadOnlyList<BrokerNode> Nodes =>
    [
        .. (Host ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => BrokerNode.Parse(text, Port) ?? throw new InvalidOperationException($"{text} is no host.")),
    ];

    public string VirtualHost { get; init; } = "interclustering";

    /// <summary>The participant's code: the broker validates it as <c>user_id</c>.</summary>
    public string Username { get; init; } = "";
    public string Password { get; init; } = "";
    public bool Tls { get; init; }

    /// <summary>Declares the exchange and the bindings: for a broker without infra/rabbitmq/definitions.json.</summary>
    public bool Declare { get; init; }
}
