using System.Diagnostics;
using System.Text.Json;
using Interclustering.Testing.Servers;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Benchmarks.Alternatives;

/// <summary>
/// A plain outbox table beside the item, a loop that publishes it through MassTransit and marks it as sent, and a batch consumer that saves
/// with EF Core; on a quorum queue. At least once, unsigned, in no order.
/// </summary>
internal sealed class EfOutbox : IAsyncDisposable
{
    private const string Queue = "ef-outbox";
    private const int AtOnce = 500;
    private const int Batch = 100;
    private readonly string sender;
    private readonly string reader;
    private readonly IBusControl bus;
    private int committed;

    private EfOutbox(string sender, string reader, LocalServers servers)
    {
        (this.sender, this.reader) = (sender, reader);
        bus = Bus.Factory.CreateUsingRabbitMq(configure =>
        {
            configure.Host(new Uri($"rabbitmq://127.0.0.1:{servers.Broker.Port}/{LocalServers.RawUser}"), host =>
            {
                host.Username(LocalServers.RawUser);
                host.Password(LocalBroker.Password);
            });
            configure.ReceiveEndpoint(Queue, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.PrefetchCount = 4 * Batch;
                endpoint.Batch<PublicationChanged>(batch =>
                {
                    (batch.MessageLimit, batch.TimeLimit, batch.ConcurrencyLimit) = (Batch, TimeSpan.FromMilliseconds(10), 2);
                    batch.Consumer(() => new Consumer(this));
                });
            });
        });
    }

    public static async Task<EfOutbox> StartAsync(LocalServers servers)
    {
        var outbox = new EfOutbox(
            await servers.Postgres.CreateDatabaseAsync(), await servers.Postgres.CreateDatabaseAsync(), servers);
        foreach (var database in (string[])[outbox.sender, outbox.reader])
        {
            await using var db = new ItemContext(database);
            await db.Database.EnsureCreatedAsync();
        }

        await outbox.bus.StartAsync();
        return outbox;
    }

    /// <summary>From the commit of all at the sender until the reader has committed the last.</summary>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<PublicationChanged> changes, CancellationToken stop)
    {
        await using (var db = new ItemContext(sender))
        {
            db.Items.AddRange(changes.Select(Item.Of));
            db.Outbox.AddRange(changes.Select(change => new OutboxRow { Body = JsonSerializer.Serialize(change) }));
            await db.SaveChangesAsync(stop);
        }

        var watch = Stopwatch.StartNew();
        while (await SendAsync(stop))
        {
        }

        while (Volatile.Read(ref committed) < changes.Count)
        {
            await Task.Delay(1, stop);
        }

        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync();

    private async Task<bool> SendAsync(CancellationToken stop)
    {
        await using var db = new ItemContext(sender);
        var rows = await db.Outbox.AsNoTracking().Where(row => row.SentAt == null).OrderBy(row => row.Id).Take(AtOnce).ToListAsync(stop);
        await Task.WhenAll(rows.Select(row => bus.Publish(JsonSerializer.Deserialize<PublicationChanged>(row.Body)!, stop)));
        var sent = rows.ConvertAll(row => row.Id);
        await db.Outbox.Where(row => sent.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(set => set.SentAt, DateTime.UtcNow), stop);
        return rows.Count > 0;
    }

    private sealed class Consumer(EfOutbox owner) : IConsumer<Batch<PublicationChanged>>
    {
        public async Task Consume(ConsumeContext<Batch<PublicationChanged>> context)
        {
            await using var db = new ItemContext(owner.reader);
            await db.UpsertAsync([.. context.Message.Select(message => message.Message)], context.CancellationToken);
            Interlocked.Add(ref owner.committed, context.Message.Length);
        }
    }
}
