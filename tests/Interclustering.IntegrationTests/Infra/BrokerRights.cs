using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Interclustering.Server.BrokerPermissions;
using Interclustering.Server.Commands;
using Interclustering.Testing;
using Interclustering.Testing.Debian13;
using Interclustering.Testing.Servers;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>On this machine's own broker.</summary>
public sealed class BrokerRights(LocalBroker broker) : BrokerRightsTests(broker), IClassFixture<LocalBroker>;

/// <summary>On the version that docker-compose.yml names.</summary>
public sealed class BrokerRightsOnDebian13(Debian13Broker broker) : BrokerRightsTests(broker.OrSkip), IClassFixture<Debian13Broker>;

/// <summary>What the deployment's definitions let a node do on a real broker, and what they refuse.</summary>
public abstract class BrokerRightsTests(LocalBroker broker)
{
    private const string Journal = "ic.journal";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_writes_under_its_own_routing_key_and_reads_its_own_queue()
    {
        await using var node = await ConnectAsync("bsc");
        await using var hub = await ConnectAsync("hub");
        var atNode = await ConsumeAsync(node, "ic.cmd.bsc");
        var atHub = await ConsumeAsync(hub, "ic.cmd.hub");

        await PublishAsync(node, "bsc", "bsc.hub");
        await PublishAsync(hub, "hub", "hub.bsc");

        Assert.Equal("bsc.hub", await NextAsync(atHub));
        Assert.Equal("hub.bsc", await NextAsync(atNode));
    }

    [Fact]
    public async Task A_second_process_of_the_same_identity_takes_nothing_until_the_first_ends()
    {
        await using var hub = await ConnectAsync("hub");
        await using var second = await ConnectAsync("tenlog");
        ChannelReader<string> atSecond;
        await using (var first = await ConnectAsync("tenlog"))
        {
            var atFirst = await ConsumeAsync(first, "ic.cmd.tenlog");
            atSecond = await ConsumeAsync(second, "ic.cmd.tenlog");
            for (var number = 0; number < 10; number++)
            {
                await PublishAsync(hub, "hub", "hub.tenlog");
                Assert.Equal("hub.tenlog", await NextAsync(atFirst));
            }

            Assert.False(atSecond.TryRead(out _));
        }

        await PublishAsync(hub, "hub", "hub.tenlog");
        Assert.Equal("hub.tenlog", await NextAsync(atSecond));
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
        406, channel =>
            channel.BasicPublishAsync(Journal, "bsc.hub", mandatory: true, new BasicProperties { UserId = "lsn" }, Body, Cancellation));

    [Theory]
    [InlineData("ic.cmd.hub")]
    [InlineData("ic.cmd.lsn")]
    public Task A_node_can_not_read_another_queue(string queue) =>
        RefusedAsync(403, channel => new ValueTask(channel.BasicGetAsync(queue, autoAck: true, Cancellation)));

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
        406, channel =>
            channel.BasicPublishAsync(Journal, "bsc.hub", mandatory: true, new BasicProperties(), new byte[2 * 1024 * 1024], Cancellation));

    [Theory]
    [InlineData("")]
    [InlineData("bsc")]
    [InlineData("guest")]
    public async Task The_password_that_was_set_is_needed_to_enter(string password) =>
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync("bsc", password));

    [Fact]
    public async Task The_rights_of_the_running_broker_pass_the_check()
    {
        var exported = await broker.ExportRightsAsync();
        Assert.DoesNotContain("\"password_hash\"", await File.ReadAllTextAsync(exported, Cancellation), StringComparison.Ordinal);

        var output = new StringWriter();
        var exit = await new RootCommand { InfraCommand.Create(_ => new ConfigurationBuilder().Build()) }
            .Parse(["infra", "check", exported]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, Cancellation);

        Assert.Equal((0, "The broker's rights are as they should be (7 users, 7 queues).\n"), (exit, output.ToString()));
    }

    [Fact]
    public async Task A_right_that_is_loosened_on_the_running_broker_is_found()
    {
        await broker.ControlAsync("clear_topic_permissions", "-p", "interclustering", "pil", Journal);
        var exported = await broker.ExportRightsAsync();
        await broker.ControlAsync("set_topic_permissions", "-p", "interclustering", "pil", Journal, @"^pil\.hub$", @"^hub\.pil$");

        var finding = Assert.Single(
            Server.BrokerPermissions.BrokerRights.Check(BrokerDefinitions.Read(await File.ReadAllTextAsync(exported, Cancellation))));
        Assert.Equal("pil", finding.Subject);
    }

    [Fact]
    public async Task Importing_the_definitions_into_the_running_broker_leaves_every_password_as_it_is()
    {
        await broker.ControlAsync("change_password", "bsc", "chosen-since");
        try
        {
            await broker.ImportDefinitionsAsync();
            await broker.KillAsync();
            await broker.StartAsync();
            await using var connection = await ConnectAsync("bsc", "chosen-since");
            Assert.True(connection.IsOpen);
            await Assert.ThrowsAnyAsync<BrokerUnreachableException>(() =>
                ConnectAsync("bsc", ""));
        }
        finally
        {
            await broker.ControlAsync("change_password", "bsc", LocalBroker.Password);
        }
    }

    [Fact]
    public async Task What_was_deleted_is_there_again_after_the_set_up()
    {
        await broker.ControlAsync("delete_user", "tenlog");
        await broker.ControlAsync("delete_queue", "-p", "interclustering", "ic.cmd.tenlog");
        await broker.SetUpAsync();
        await using var connection = await ConnectAsync("tenlog");
        Assert.Empty(Server.BrokerPermissions.BrokerRights.Check(
            BrokerDefinitions.Read(await File.ReadAllTextAsync(await broker.ExportRightsAsync(), Cancellation))));
    }

    private static async Task PublishAsync(IConnection connection, string user, string key)
    {
        await using var channel = await ChannelAsync(connection);
        await channel.BasicPublishAsync(Journal, key, mandatory: true, new BasicProperties { UserId = user }, Body, Cancellation);
    }

    /// <summary>The routing keys of what arrives, for as long as the connection is open.</summary>
    private static async Task<ChannelReader<string>> ConsumeAsync(IConnection connection, string queue)
    {
        var arrived = Channel.CreateUnbounded<string>();
        var channel = await ChannelAsync(connection);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) => await arrived.Writer.WriteAsync(delivery.RoutingKey);
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, Cancellation);
        return arrived.Reader;
    }

    private static async Task<string> NextAsync(ChannelReader<string> arrived)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        return await arrived.ReadAsync(deadline.Token);
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
        HostName = "127.0.0.1",
        Port = broker.Port,
        UserName = user,
        Password = password,
        VirtualHost = "interclustering",
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(Cancellation);
}
