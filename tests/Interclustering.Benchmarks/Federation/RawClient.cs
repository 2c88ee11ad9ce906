using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Interclustering.Benchmarks.Federation;

/// <summary>
/// RabbitMQ.Client alone, on a queue of the hub's kind (quorum, single active consumer): persistent messages, confirms, many publishes in
/// flight; the consumer on a connection of its own, with prefetch and acknowledgements of many at once.
/// </summary>
internal sealed class RawClient : IAsyncDisposable
{
    private const string Queue = "raw";
    private const int InFlight = 1000;
    private const int AcknowledgeEvery = 100;
    private static readonly BasicProperties Persistent = new() { Persistent = true };
    private readonly IConnection sending;
    private readonly IConnection receiving;
    private readonly IChannel publisher;
    private readonly IChannel consumer;

    private RawClient(IConnection sending, IConnection receiving, IChannel publisher, IChannel consumer) =>
        (this.sending, this.receiving, this.publisher, this.consumer) = (sending, receiving, publisher, consumer);

    public static async Task<RawClient> ConnectAsync(LocalServers servers)
    {
        var factory = servers.RawConnections(LocalServers.RawUser);
        var sending = await factory.CreateConnectionAsync();
        var receiving = await factory.CreateConnectionAsync();
        // The client's own limiter slows down long before it is full: what is in flight is bounded here instead.
        var publisher = await sending.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: null));
        var consumer = await receiving.CreateChannelAsync();
        await consumer.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-single-active-consumer"] = true,
        });
        await consumer.BasicQosAsync(0, InFlight, global: false);
        return new RawClient(sending, receiving, publisher, consumer);
    }

    /// <summary>From the first publish until the last message is consumed and acknowledged.</summary>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<byte[]> bodies, CancellationToken stop)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = 0;
        var tag = await ConsumeAsync(
            async delivery =>
            {
                if (++received % AcknowledgeEvery == 0 || received == bodies.Count)
                {
                    await consumer.BasicAckAsync(delivery.DeliveryTag, multiple: true, stop);
                }

                if (received == bodies.Count)
                {
                    done.TrySetResult();
                }
            },
            stop);
        var watch = Stopwatch.StartNew();
        await PublishAllAsync(bodies, stop);
        await done.Task.WaitAsync(stop);
        var elapsed = watch.Elapsed;
        await consumer.BasicCancelAsync(tag, noWait: false, stop);
        return elapsed;
    }

    /// <summary>Returns once the broker has confirmed.</summary>
    public ValueTask PublishAsync(ReadOnlyMemory<byte> body, CancellationToken stop) =>
        publisher.BasicPublishAsync("", Queue, mandatory: true, Persistent, body, stop);

    public async Task<string> ConsumeAsync(Func<BasicDeliverEventArgs, Task> receive, CancellationToken stop)
    {
        var handler = new AsyncEventingBasicConsumer(consumer);
        handler.ReceivedAsync += (_, delivery) => receive(delivery);
        return await consumer.BasicConsumeAsync(Queue, autoAck: false, handler, stop);
    }

    public Task AcknowledgeAsync(ulong deliveryTag, CancellationToken stop) =>
        consumer.BasicAckAsync(deliveryTag, multiple: false, stop).AsTask();

    public Task CancelAsync(string tag, CancellationToken stop) => consumer.BasicCancelAsync(tag, noWait: false, stop);

    public async ValueTask DisposeAsync()
    {
        await publisher.DisposeAsync();
        await consumer.DisposeAsync();
        await sending.DisposeAsync();
        await receiving.DisposeAsync();
    }

    private async Task PublishAllAsync(IReadOnlyList<byte[]> bodies, CancellationToken stop)
    {
        using var free = new SemaphoreSlim(InFlight);
        var confirmed = new List<Task>(bodies.Count);
        foreach (var body in bodies)
        {
            await free.WaitAsync(stop);
            confirmed.Add(ConfirmAsync(body, free, stop));
        }

        await Task.WhenAll(confirmed);
    }

    private async Task ConfirmAsync(byte[] body, SemaphoreSlim free, CancellationToken stop)
    {
        await PublishAsync(body, stop);
        free.Release();
    }
}
