using System.Net.Security;
using System.Security.Authentication;
using Interclustering.Contracts;
using MassTransit;

namespace Interclustering.Federation.Bus;

/// <summary>MassTransit on RabbitMQ or in memory: one exchange, one queue per participant, raw JSON that any client can read.</summary>
public static class BusSetup
{
    /// <summary>A bus that is not started yet.</summary>
    public static IBusControl Create(BusSettings settings, IReadOnlyList<BusReader> readers)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Host is null
            ? MassTransit.Bus.Factory.CreateUsingInMemory(memory => Configure(memory, readers))
            : MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => Configure(rabbit, readers, settings));
    }

    private static void Configure(IInMemoryBusFactoryConfigurator memory, IReadOnlyList<BusReader> readers)
    {
        ConfigureWire(memory);
        memory.Publish<FederationMessage>(topology => topology.ExchangeType = MassTransit.Transports.Fabric.ExchangeType.Topic);
        foreach (var reader in readers)
        {
            memory.ReceiveEndpoint(reader.Queue, endpoint =>
            {
                ConfigureEndpoint(endpoint, reader, brokerValidatesSender: false);
                endpoint.Bind(FederationBus.Exchange, MassTransit.Transports.Fabric.ExchangeType.Topic, reader.BindingKey);
            });
        }
    }

    private static void Configure(IRabbitMqBusFactoryConfigurator rabbit, IReadOnlyList<BusReader> readers, BusSettings settings)
    {
        var nodes = settings.Nodes;
        rabbit.Host(nodes[0].Host, (ushort)nodes[0].Port, settings.VirtualHost, host =>
        {
            if (nodes.Count > 1)
            {
                host.UseCluster(cluster =>
                {
                    foreach (var node in nodes)
                    {
                        cluster.Node($"{node.Host}:{node.Port}");
                    }
                });
            }

            host.Username(settings.Username);
            host.Password(settings.Password);
            host.PublisherConfirmation = true;
            if (settings.Tls)
            {
                host.UseSsl(ssl =>
                {
                    ssl.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
                    // One name for all of a cluster: each has a certificate with it.
                    ssl.ServerName = nodes[0].Host;
                    // MassTransit accepts untrusted chains by default.
                    ssl.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors);
                    ssl.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateNameMismatch);
                    ssl.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateNotAvailable);
                });
            }
        });
        ConfigureWire(rabbit);
        rabbit.Publish<FederationMessage>(topology =>
        {
            topology.ExchangeType = RabbitMQ.Client.ExchangeType.Topic;
            topology.Durable = true;
            // Without the declare a node needs no configure right on the shared exchange.
            topology.Exclude = !settings.Declare;
        });
        foreach (var reader in readers)
        {
            rabbit.ReceiveEndpoint(reader.Queue, endpoint =>
            {
                ConfigureEndpoint(endpoint, reader, brokerValidatesSender: true);
                endpoint.SetQuorumQueue();
                // A second process of the same identity takes nothing from the first, and takes over when that one ends.
                endpoint.SingleActiveConsumer = true;
                if (settings.Declare)
                {
                    endpoint.Bind(FederationBus.Exchange, binding =>
                    {
                        binding.ExchangeType = RabbitMQ.Client.ExchangeType.Topic;
                        binding.RoutingKey = reader.BindingKey;
                    });
                }
            });
        }
    }

    private static void ConfigureWire(IBusFactoryConfigurator bus)
    {
        // Bodies are written by ContractSerializer and read by ReceiveMessages. Envelopes are not read: a sender could choose the addresses
        // in them.
        bus.ClearSerialization();
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        bus.Message<FederationMessage>(topology => topology.SetEntityName(FederationBus.Exchange));
    }

    private static void ConfigureEndpoint(IReceiveEndpointConfigurator endpoint, BusReader reader, bool brokerValidatesSender)
    {
        endpoint.ConfigureReceive(receive => receive.UseFilter(new ReceiveMessages(reader, brokerValidatesSender)));
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        // A window of segments, several relays: enough in flight to keep a confirm-publishing relay busy.
        endpoint.PrefetchCount = FederationLimits.Prefetch;
        endpoint.ConcurrentMessageLimit = FederationLimits.Prefetch;
        // Content never belongs in an error queue: what can't be read is not authentic, and erasure must reach everything that is kept.
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
    }
}
