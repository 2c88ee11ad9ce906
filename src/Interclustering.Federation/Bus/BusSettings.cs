namespace Interclustering.Federation.Bus;

/// <summary>Where the shared bus is. Memory when <see cref="Host"/> is null: everything in one process.</summary>
public sealed record BusSettings
{
    public string? Host { get; init; }
    public int Port { get; init; } = 5672;
    public string VirtualHost { get; init; } = "interclustering";

    /// <summary>The participant's code: the broker validates it as <c>user_id</c>.</summary>
    public string Username { get; init; } = "";
    public string Password { get; init; } = "";
    public bool Tls { get; init; }

    /// <summary>Declares the exchange and the bindings: for a broker without infra/rabbitmq/definitions.json.</summary>
    public bool Declare { get; init; }
}
