using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rebus.Activation;
using Rebus.Bus;
using Rebus.Config;
using Rebus.Config.Outbox;
using Rebus.Routing.TypeBased;
using Rebus.Transport;

namespace Interclustering.Benchmarks.Alternatives;

/// <summary>
/// Rebus 8 with its PostgreSQL outbox at the sender and its PostgreSQL transport (its RabbitMQ transport was not to be had), and a handler
/// that saves each message with EF Core, eight at a time. At least once, unsigned, in no order.
/// </summary>
internal sealed class RebusOutbox : IAsyncDisposable
{
    private const string Queue = "items";
    private readonly string sender;
    private readonly string reader;
    private readonly BuiltinHandlerActivator sending = new();
    private readonly BuiltinHandlerActivator receiving = new();
    private int committed;
    private volatile Exception? failure;

    private RebusOutbox(string sender, string reader) => (this.sender, this.reader) = (sender, reader);

    public static async Task<RebusOutbox> StartAsync(LocalServers servers)
    {
        var outbox = new RebusOutbox(await servers.Postgres.CreateDatabaseAsync(), await servers.Postgres.CreateDatabaseAsync());
        foreach (var database in (string[])[outbox.sender, outbox.reader])
        {
            await using var db = new ItemContext(database);
            await db.Database.EnsureCreatedAsync();
        }

        outbox.receiving.Handle<PublicationChanged>(outbox.SaveAsync);
        Configure.With(outbox.receiving)
            .Logging(logging => logging.None())
            .Transport(transport => transport.UsePostgreSql(outbox.reader, "messages", Queue))
            .Options(options =>
            {
                options.SetNumberOfWorkers(2);
                options.SetMaxParallelism(8);
            })
            .Start();
        Configure.With(outbox.sending)
            .Logging(logging => logging.None())
            .Transport(transport => transport.UsePostgreSqlAsOneWayClient(outbox.reader, "messages"))
            .Outbox(store => store.StoreInPostgreSql(outbox.sender, "outbox"))
            .Routing(routing => routing.TypeBased().Map<PublicationChanged>(Queue))
            .Start();
        return outbox;
    }

    /// <inheritdoc cref="EfOutbox.RunAsync"/>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<PublicationChanged> changes, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(sender);
        await connection.OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        using (var scope = new RebusTransactionScope())
        {
            scope.UseOutbox(connection, transaction);
            foreach (var change in changes)
            {
                await sending.Bus.Send(change);
            }

            await scope.CompleteAsync();
        }

        await transaction.CommitAsync(stop);
        var watch = Stopwatch.StartNew();
        while (Volatile.Read(ref committed) < changes.Count)
        {
            if (failure is { } reason)
            {
                throw new InvalidOperationException("A handler failed: what it did not save is never counted.", reason);
            }

            await Task.Delay(1, stop);
        }

        return watch.Elapsed;
    }

    public ValueTask DisposeAsync()
    {
        sending.Dispose();
        receiving.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SaveAsync(PublicationChanged change)
    {
        try
        {
            await using var db = new ItemContext(reader);
            await db.UpsertAsync([change], CancellationToken.None);
            Interlocked.Increment(ref committed);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
    }
}
