using System.Collections.Concurrent;
using System.Text.Json;
using Interclustering.Testing;
using Interclustering.Testing.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Interclustering.FaultTests;

/// <summary>Row 21: readers that die while they have messages.</summary>
internal static class Deliveries
{
    private const string Hub = FederationUnderFault.Hub;
    private const string Code = "tenlog";
    private const string Queue = $"ic.cmd.{Code}";

    /// <summary>What the deployment's policy says of every participant's queue.</summary>
    private static int Limit
    {
        get
        {
            var path = Path.Combine(Repository.Root, "infra", "rabbitmq", "definitions.json");
            using var definitions = JsonDocument.Parse(File.ReadAllText(path));
            return definitions.RootElement.GetProperty("policies")[0].GetProperty("definition").GetProperty("delivery-limit").GetInt32();
        }
    }

    public static async Task<Counted> DieAsync(FederationUnderFault federation, FaultSize size)
    {
        await federation[Code].TerminateAsync();
        await federation.PublishAsync("bsc", size.Of(1000, 100));
        await FederationUnderFault.UntilAsync("messages wait for the node", async () => await WaitingAsync(federation.Broker) > 0);
        // The queue gets nothing new from here on: what is in it comes from before.
        await federation[Hub].TerminateAsync();
        var waiting = await WaitingAsync(federation.Broker);
        var deaths = Limit + 1;
        for (var death = 0; death < deaths; death++)
        {
            await ReadAndDieAsync(federation.Broker, waiting);
        }

        // Given back more often than the limit says: every version of the broker drops them.
        await FederationUnderFault.UntilAsync(
            "the broker drops what it gave back too often", async () => await federation.Broker.CountAsync(Queue, "messages") == 0);
        await federation[Hub].StartAsync();
        await federation[Code].StartAsync();
        return new Counted(deaths, $"{waiting} messages, dropped by the broker and sent again", await federation.ConvergeAsync());
    }

    /// <summary>Signs in as the node, takes every message, acknowledges none, and is gone.</summary>
    private static async Task ReadAndDieAsync(LocalBroker broker, int waiting)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync();
        var seen = new ConcurrentBag<ulong>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            seen.Add(delivery.DeliveryTag);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        await FederationUnderFault.UntilAsync(
            () => $"{waiting} messages are given to a reader, not {seen.Count}", () => Task.FromResult(seen.Count >= waiting));
    }

    /// <summary>Asked of the queue itself: what rabbitmqctl lists may be some seconds old.</summary>
    private static async Task<int> WaitingAsync(LocalBroker broker)
    {
        await using var connection = await ConnectAsync(broker);
        await using var channel = await connection.CreateChannelAsync();
        return (int)(await channel.QueueDeclarePassiveAsync(Queue)).MessageCount;
    }

    private static Task<IConnection> ConnectAsync(LocalBroker broker)
    {
        var settings = broker.SettingsOf(Code);
        return new ConnectionFactory
        {
            HostName = settings.Host!,
            Port = settings.Port,
            VirtualHost = settings.VirtualHost,
            UserName = settings.Username,
            Password = settings.Password,
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync();
    }
}
