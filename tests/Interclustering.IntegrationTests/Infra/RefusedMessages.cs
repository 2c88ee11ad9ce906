using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.IntegrationTests.Federation;
using Interclustering.IntegrationTests.Federation.Behaviours;
using Interclustering.Testing;
using Interclustering.Testing.Debian13;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>On this machine's own servers.</summary>
public sealed class RefusedMessages(LocalBroker broker, LocalPostgres postgres)
    : RefusedMessagesTests(broker, postgres), IClassFixture<LocalBroker>, IClassFixture<LocalPostgres>;

/// <summary>On the versions that docker-compose.yml names.</summary>
public sealed class RefusedMessagesOnDebian13(Debian13Broker broker, Debian13Postgres postgres)
    : RefusedMessagesTests(broker.OrSkip, postgres.OrSkip), IClassFixture<Debian13Broker>, IClassFixture<Debian13Postgres>;

/// <summary>
/// A participant that writes whatever it likes to the broker, as far as its rights go: all is counted, nothing is thrown or reported.
/// </summary>
public abstract class RefusedMessagesTests(LocalBroker broker, LocalPostgres postgres)
{
    /// <summary>From this one on the broker itself holds copies (CC and BCC) against the sender's topic permissions.</summary>
    private static readonly Version RefusesCopies = new(4, 0, 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] Unreadable = [
        "", "{", "null", "[]", "7", "not json", "{}",
        """{"heartbeat":{"from":"bsc","journal":"bsc"}}""",
        """{"heartbeat":null,"heartbeat":null}""",
        """{"heartbeat":{"from":7}}""",
        """{"segment":{"journal":"bsc","entries":"none"}}""",
        """{"message":{},"messageType":["urn:message:Interclustering.Contracts:FederationMessage"],"faultAddress":"exchange:ic.cmd.hub"}""",
    ];

    [Fact]
    public async Task What_can_not_be_read_is_counted_once()
    {
        await using var federation = await StartAsync();
        await using var node = await ConnectAsync("bsc");
        foreach (var (before, body) in Unreadable.Index())
        {
            await SendAsync(node, Encoding.UTF8.GetBytes(body), new BasicProperties { UserId = "bsc" });
            await RefusedAsync(federation, "bsc", before + 1);
            await StillWorksAsync(federation);
            Assert.True(await CountAsync(federation, "bsc") == before + 1, body);
        }
    }

    [Fact]
    public async Task Every_example_and_vector_can_be_read_and_is_refused_for_its_signature_alone()
    {
        await using var federation = await StartAsync();
        await using var node = await ConnectAsync("bsc");
        foreach (var (_, body) in WireBodies.All)
        {
            await SendAsync(node, Encoding.UTF8.GetBytes(body), new BasicProperties { UserId = "bsc" });
        }

        await StillWorksAsync(federation);
        var said = await federation.DescribeAsync();
        Assert.Contains("the signature is not", said, StringComparison.Ordinal);
        Assert.DoesNotContain("can't be read", said, StringComparison.Ordinal);
        Assert.DoesNotContain("could not handle", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused_even_if_it_is_authentic()
    {
        await using var federation = await StartAsync();
        await using var node = await ConnectAsync("bsc");
        var body = new byte[FederationLimits.BodyBytes + 1];
        body.AsSpan().Fill((byte)' ');
        Heartbeat(federation).CopyTo(body, 0);

        await SendAsync(node, body, new BasicProperties { UserId = "bsc" });
        await RefusedAsync(federation, "bsc", 1);

        await SendAsync(node, body[..^1], new BasicProperties { UserId = "bsc" });
        await StillWorksAsync(federation);
        Assert.Equal(1, await CountAsync(federation, "bsc"));
    }

    [Theory]
    [InlineData("CC")]
    [InlineData("BCC")]
    public async Task A_copy_to_another_participants_queue_is_refused_there(string header)
    {
        await using var federation = await StartAsync();
        await using var hub = await ConnectAsync("hub");

        // The hub may write to both, so no broker refuses it. It is a peer of both: only the key tells that the copy was not meant for
        // tenlog.
        await SendAsync(hub, Heartbeat(federation, "hub"), new BasicProperties
        {
            UserId = "hub",
            Headers = new Dictionary<string, object?> { [header] = new List<object> { "hub.tenlog" } },
        }, "hub.bsc");

        await RefusedAsync(federation, "hub", 1, at: "tenlog");
        await StillWorksAsync(federation);
        Assert.Equal(1, await CountAsync(federation, "hub", at: "tenlog"));
        // A CC header stays, and is refused by itself; BCC is taken off by the broker.
        Assert.Equal(header == "CC" ? 1 : 0, await CountAsync(federation, "hub", at: "bsc"));
    }

    [Theory]
    [InlineData("CC")]
    [InlineData("BCC")]
    public async Task A_copy_under_a_foreign_key_is_refused_by_the_broker_or_the_reader(string header)
    {
        await using var federation = await StartAsync();
        await using var node = await ConnectAsync("bsc");
        var copied = new Dictionary<string, object?> { [header] = new List<object> { "hub.tenlog" } };
        var properties = new BasicProperties { UserId = "bsc", Headers = copied };

        var byBroker = await broker.VersionAsync() >= RefusesCopies;
        if (byBroker)
        {
            var refusal = await Assert.ThrowsAnyAsync<RabbitMQClientException>(() => SendAsync(node, Heartbeat(federation), properties));
            Assert.Contains("ACCESS_REFUSED", refusal.ToString(), StringComparison.Ordinal);
        }
        else
        {
            // It gets there. Tenlog follows only the hub, so it counts nothing of bsc, but it says so.
            await SendAsync(node, Heartbeat(federation), properties);
            await Until.TrueAsync(
                async () => (await federation.DescribeAsync()).Contains("tenlog refused a message of bsc", StringComparison.Ordinal),
                async () => $"tenlog says that it refuses the copy:\n{await federation.DescribeAsync()}");
        }

        await StillWorksAsync(federation);
        Assert.Equal(byBroker, !(await federation.DescribeAsync()).Contains("tenlog refused", StringComparison.Ordinal));
        // BCC is taken off by the broker: to the hub it is a heartbeat like another.
        Assert.Equal(!byBroker && header == "CC" ? 1 : 0, await CountAsync(federation, "bsc"));
    }

    [Fact]
    public async Task Who_does_not_say_who_it_is_is_refused()
    {
        await using var federation = await StartAsync();
        await using var node = await ConnectAsync("bsc");
        await SendAsync(node, Heartbeat(federation), new BasicProperties());
        await RefusedAsync(federation, "bsc", 1);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("authentic")]
    public async Task Addresses_that_a_sender_chooses_have_no_effect(string body)
    {
        await using var federation = await StartAsync();
        await using var node = await ConnectAsync("bsc");
        var before = await ExchangesAndQueuesAsync();
        // The hub may write to its own exchange: a report would come back to it as one more message, and be refused again, without end.
        var own = new UriBuilder
        {
            Scheme = "rabbitmq",
            Host = "127.0.0.1",
            Port = broker.Port,
            Path = "interclustering/ic.cmd.hub"
        }.Uri.ToString();
        const int Sent = 20;
        for (var number = 0; number < Sent; number++)
        {
            await SendAsync(node, body == "authentic" ? Heartbeat(federation) : Encoding.UTF8.GetBytes(body), new BasicProperties
            {
                UserId = "bsc",
                ReplyTo = "ic.cmd.hub",
                ContentType = "application/vnd.masstransit+json",
                Headers = new Dictionary<string, object?>
                {
                    ["MT-Fault-Address"] = own,
                    ["MT-Response-Address"] = own,
                    ["MT-Source-Address"] = own,
                    ["faultAddress"] = own,
                    ["responseAddress"] = own,
                    ["MT-Request-Id"] = "6a1f3a0e-5f7e-4a3c-8f4e-3f0f4c7d2a10",
                    ["requestId"] = "6a1f3a0e-5f7e-4a3c-8f4e-3f0f4c7d2a10",
                },
            });
        }

        var expected = body == "authentic" ? 0 : Sent;
        await RefusedAsync(federation, "bsc", expected);
        await StillWorksAsync(federation);
        Assert.Equal(expected, await CountAsync(federation, "bsc"));
        Assert.Equal(0, await CountAsync(federation, "tenlog"));
        Assert.Equal(before, await ExchangesAndQueuesAsync());
    }

    private async Task<FederationUnderTest> StartAsync() =>
        await FederationUnderTest.StartAsync(await RealGround.CreateAsync(broker, postgres));

    private async Task<IReadOnlyList<string>> ExchangesAndQueuesAsync()
    {
        using var exported = JsonDocument.Parse(await File.ReadAllTextAsync(await broker.ExportRightsAsync(), Cancellation));
        return [.. ((string[])["exchanges", "queues"])
            .SelectMany(part => exported.RootElement.GetProperty(part).EnumerateArray()
                .Select(item => $"{part} {item.GetProperty("name").GetString()}"))
            .Order(StringComparer.Ordinal)];
    }

    private static byte[] Heartbeat(FederationUnderTest federation, string from = "bsc") => JsonSerializer.SerializeToUtf8Bytes(
        new FederationMessage
        {
            Heartbeat = federation.KeyOf(from).Sign(new Heartbeat
            {
                Id = Guid.NewGuid().ToString(),
                Journal = from,
                From = from,
                Epoch = Guid.NewGuid()
                    .ToString(),
                Sequence = 0,
                Hash = EntryChain.Origin,
                Keyid = "",
                Time = "2026-01-01T00:00:00Z",
            }),
        },
        ContractJson.Options);

    private static async Task SendAsync(IConnection connection, byte[] body, BasicProperties properties, string key = "bsc.hub")
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        properties.ContentType ??= "application/json";
        await channel.BasicPublishAsync(FederationBus.Exchange, key, mandatory: true, properties, body, Cancellation);
    }

    private static Task RefusedAsync(FederationUnderTest federation, string journal, long count, string at = "hub") => Until.TrueAsync(
        async () => await CountAsync(federation, journal, at) >= count,
        async () => $"{count} of {journal} are refused at {at}, not {await CountAsync(federation, journal, at)}");

    private static async Task<long> CountAsync(FederationUnderTest federation, string journal, string at = "hub")
    {
        await using var db = federation.Databases[at]();
        return await db.Set<ReplicaCursor>().AsNoTracking().Where(cursor => cursor.Journal == journal).SumAsync(cursor => cursor.Refused);
    }

    /// <summary>What came before is behind: the queues are first in, first out.</summary>
    private static async Task StillWorksAsync(FederationUnderTest federation)
    {
        foreach (var code in (string[])["bsc", "tenlog"])
        {
            await federation.PublishAsync(code, "Suivante");
        }

        await federation.ConvergeAsync();
    }

    private Task<IConnection> ConnectAsync(string user) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = broker.Port,
        UserName = user,
        Password = LocalBroker.Password,
        VirtualHost = "interclustering",
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(Cancellation);
}
