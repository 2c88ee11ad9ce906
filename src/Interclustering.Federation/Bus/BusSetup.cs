using System.Net.Security;
using System.Security.Authentication;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Interclustering.Contracts;
using Interclustering.Federation.Replicas;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Federation.Bus;

/// <summary>MassTransit on RabbitMQ or in memory: one exchange, one queue per participant, raw JSON that any client can read.</summary>
public static class BusSetup
{
    // A window of segments, several relays: enough in flight to keep a confirm-publishing relay busy.
    private const ushort Prefetch = 256;

    public static IServiceCollection AddFederationBus(this IServiceCollection services, BusSettings settings)
    {
        services.AddSingleton(settings);
        // The bus asks for the inboxes and the inboxes for the bus: it is resolved at the first send.
        services.AddSingleton(provider => new FederationBus(provider.GetRequiredService<IBus>, settings));
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (settings.Host is null)
            {
                bus.UsingInMemory((context, memory) => Configure(memory, context));
            }
            else
            {
                bus.UsingRabbitMq((context, rabbit) => Configure(rabbit, context, settings));
            }
        });
        services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(5));
        return services;
    }

    private static void Configure(IInMemoryBusFactoryConfigurator memory, IBusRegistrationContext context)
    {
        ConfigureWire(memory);
        memory.Publish<FederationMessage>(topology => topology.ExchangeType = MassTransit.Transports.Fabric.ExchangeType.Topic);
        foreach (var inbox in context.GetServices<Inbox>())
        {
            memory.ReceiveEndpoint(inbox.Queue, endpoint =>
            {
                ConfigureEndpoint(endpoint);
                endpoint.Bind(FederationBus.Exchange, MassTransit.Transports.Fabric.ExchangeType.Topic, inbox.BindingKey);
                endpoint.Consumer(() => new ReceiveFederationMessages(inbox, brokerValidatesSender: false));
            });
        }
    }

    private static void Configure(IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, BusSettings settings)
    {
        rabbit.Host(settings.Host, (ushort)settings.Port, settings.VirtualHost, host =>
        {
            host.Username(settings.Username);
            host.Password(settings.Password);
            host.PublisherConfirmation = true;
            if (settings.Tls)
            {
                host.UseSsl(ssl =>
                {
                    ssl.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
                    ssl.ServerName = settings.Host!;
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
        foreach (var inbox in context.GetServices<Inbox>())
        {
            rabbit.ReceiveEndpoint(inbox.Queue, endpoint =>
            {
                ConfigureEndpoint(endpoint);
                endpoint.SetQuorumQueue();
                endpoint.SingleActiveConsumer = inbox.IsHub;
                if (settings.Declare)
                {
                    endpoint.Bind(FederationBus.Exchange, binding =>
                    {
                        binding.ExchangeType = RabbitMQ.Client.ExchangeType.Topic;
                        binding.RoutingKey = inbox.BindingKey;
                    });
                }

                endpoint.Consumer(() => new ReceiveFederationMessages(inbox, brokerValidatesSender: true));
            });
        }
    }

    private static void ConfigureWire(IBusFactoryConfigurator bus)
    {
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        bus.ConfigureJsonSerializerOptions(options =>
        {
            options.AllowDuplicateProperties = false;
            options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            // A null where the contract has none would fail far inside, where it stops the reader instead of the message.
            options.RespectNullableAnnotations = true;
            return options;
        });
        bus.Message<FederationMessage>(topology => topology.SetEntityName(FederationBus.Exchange));
    }

    private static void ConfigureEndpoint(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = Prefetch;
        endpoint.ConcurrentMessageLimit = Prefetch;
        // Content never belongs in an error queue: what can't be read is not authentic, and erasure must reach everything that is kept.
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
    }
}
