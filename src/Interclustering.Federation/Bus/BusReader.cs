using Interclustering.Contracts;

namespace Interclustering.Federation.Bus;

/// <summary>Whom the bus hands a participant's messages to. Both calls end once the message may be acknowledged.</summary>
/// <param name="Code">The participant.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="BindingKey">What the queue is bound to: <c>*.hub</c> for the hub, <c>hub.&lt;code&gt;</c> for a node.</param>
/// <param name="ReceiveAsync">A message, and whom the broker knows as its sender: null where it has no accounts.</param>
/// <param name="RefuseAsync">Who sent what the transport already refused, and why.</param>
public sealed record BusReader(
    string Code,
    string Queue,
    string BindingKey,
    Func<FederationMessage, string?, CancellationToken, Task> ReceiveAsync,
    Func<string?, string, CancellationToken, Task> RefuseAsync);
