using System.Text;
using System.Text.Json;
using Interclustering.SystemTests.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.SystemTests.Infra;

/// <summary>What the deployment's definitions let a node do on a real broker, and what they refuse.</summary>
public sealed class BrokerRights(LocalBroker broker) : IClassFixture<LocalBroker>
{
    private const string Journal = "ic.journal";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_writes_under_its_own_routing_key_and_reads_its_own_queue()
    {
        await using var connection = await ConnectAsync("bsc");
        await using var channel = await ChannelAsync(connection);
        await channel.BasicPublishAsync(Journal, "bsc.hub", mandatory: true, new BasicProperties { UserId = "bsc" }, Body, Cancellation);
        Assert.Null(await channel.BasicGetAsync("ic.cmd.bsc", autoAck: false, Cancellation));

        await using var hub = await ConnectAsync("hub");
        await using var reader = await ChannelAsync(hub);
        var arrived = new TaskCompletionSource<string>();
        var consumer = new AsyncEventingBasicConsumer(reader);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            arrived.TrySetResult(delivery.RoutingKey);
            return Task.CompletedTask;
        };
        await reader.BasicConsumeAsync("ic.cmd.hub", autoAck: true, consumer, Cancellation);
        Assert.Equal("bsc.hub", await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    [Theory]
    [InlineData("lsn.hub")]
    [InlineData("hub.lsn")]
    [InlineData("bsc.lsn")]
    [InlineData("bsc.hub.more")]
    public Task A_node_can_not_write_under_another_routing_key(string key) => RefusedAsync(
        403, channel => channel.BasicPublishAsync(Journal, key, mandatory: true, new BasicProperties(), Body, Cancellation));

    [Fact]
    public Task A_node_can_not_write_past_the_exchange() => RefusedAsync(
        403, channel => channel.BasicPublishAsync("", "ic.cmd.hub", mandatory: true, new BasicProperties(), Body, Cancellation));

    [Fact]
    public Task A_node_can_not_say_that_it_is_another() => RefusedAsync(
        406, channel => channel.BasicPublishAsync(Journal, "bsc.hub", mandatory: true, new BasicProperties { UserId = "lsn" }, Body, Cancellation));

    [Theory]
    [InlineData("ic.cmd.hub")]
    [InlineData("ic.cmd.lsn")]
    public Task A_node_can_not_read_another_queue(string queue) => RefusedAsync(403, channel => new ValueTask(channel.BasicGetAsync(queue, autoAck: true, Cancellation)));

    [Theory]
    [InlineData("ic.cmd.lsn")]
    [InlineData("ic.cmd.bsc2")]
    [InlineData("anything")]
    public Task A_node_can_not_declare_or_delete_what_is_not_its_own(string queue) => RefusedAsync(
        403, channel => new ValueTask(channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: Cancellation)));

    [Fact]
    public Task A_node_can_not_delete_the_shared_exchange() => RefusedAsync(
        403, channel => new ValueTask(channel.ExchangeDeleteAsync(Journal, cancellationToken: Cancellation)));

    [Fact]
    public Task A_node_can_not_bind_its_queue_to_what_others_write() => RefusedAsync(
        403, channel => new ValueTask(channel.QueueBindAsync("ic.cmd.bsc", Journal, "lsn.hub", cancellationToken: Cancellation)));

    [Fact]
    public Task A_message_larger_than_the_limit_is_refused() => RefusedAsync(
        406, channel => channel.BasicPublishAsync(Journal, "bsc.hub", mandatory: true, new BasicProperties(), new byte[2 * 1024 * 1024], Cancellation));

    [Theory]
    [InlineData("")]
    [InlineData("bsc")]
    [InlineData("guest")]
    public async Task Nobody_enters_without_the_password_that_was_set(string password) =>
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync("bsc", password));

    [Fact]
    public void Every_user_has_no_password_yet_no_administration_and_a_topic_permission_and_none_configures_the_shared_exchange()
    {
        using var definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "rabbitmq", "definitions.json")));
        List<JsonElement> Of(string part) => [.. definitions.RootElement.GetProperty(part).EnumerateArray()];
        var users = Of("users").ConvertAll(user => user.GetProperty("name").GetString()!);

        Assert.All(Of("users"), user => Assert.Equal(("", ""), (user.GetProperty("password_hash").GetString(), user.GetProperty("tags").GetString())));
        Assert.Equal(users, Of("permissions").ConvertAll(permission => permission.GetProperty("user").GetString()!));
        Assert.Equal(users, Of("topic_permissions").ConvertAll(permission => permission.GetProperty("user").GetString()!));
        Assert.All(Of("permissions"), permission => Assert.DoesNotMatch(permission.GetProperty("configure").GetString()!, Journal));
        foreach (var user in users)
        {
            var write = Of("topic_permissions").Single(permission => permission.GetProperty("user").GetString() == user).GetProperty("write").GetString()!;
            Assert.All(users.Where(other => other != user), other => Assert.DoesNotMatch(write, $"{other}.hub"));
        }
    }

    private async Task RefusedAsync(ushort code, Func<IChannel, ValueTask> act)
    {
        await using var connection = await ConnectAsync("bsc");
        await using var channel = await ChannelAsync(connection);
        var exception = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await act(channel);
            // The broker closes a channel after the fact: an answer to the next question tells.
            await channel.BasicQosAsync(0, 1, global: false, Cancellation);
        });
        var reason = exception switch
        {
            OperationInterruptedException interrupted => interrupted.ShutdownReason,
            _ => channel.CloseReason ?? connection.CloseReason,
        };
        Assert.True(reason?.ReplyCode == code, $"{reason} {exception}");
    }

    private static Task<IChannel> ChannelAsync(IConnection connection) => connection.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);

    private Task<IConnection> ConnectAsync(string user, string password = LocalBroker.Password) => new ConnectionFactory
    {
        HostName = "127.0.0.1", Port = broker.Port, UserName = user, Password = password, VirtualHost = "interclustering", AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(Cancellation);
}
