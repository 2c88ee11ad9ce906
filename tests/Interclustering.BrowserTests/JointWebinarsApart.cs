using Interclustering.Federation.Bus;
using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;
using Microsoft.Playwright;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Interclustering.BrowserTests;

/// <summary>
/// The same journey with hub and nodes as processes on RabbitMQ and PostgreSQL: the hub is stopped in the middle, and everything is
/// delivered a second time, late.
/// </summary>
public sealed class JointWebinarsApart(HubAndThreeNodes deployment, Chromium chromium)
    : IClassFixture<HubAndThreeNodes>, IClassFixture<Chromium>
{
    private const string Spy = "spy";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_given_while_the_hub_is_stopped_count_once()
    {
        await using var overheard = await OverhearAsync();
        var journey = new JointWebinarJourney(
            await EnterAsync("pasca"), await EnterAsync("tenlog"), await EnterAsync("bsc"), await chromium.OpenAsync(1440),
                deployment["hub"].Http.BaseAddress!);
        var id = await journey.ProposeAsync();

        Assert.Equal(0, await deployment["hub"].TerminateAsync());
        await journey.AnswerAsync(id);
        await journey.Second.UntilItSaysAsync(id, "est gardé ici et part vers les autres clusters");
        await deployment["hub"].StartAsync();

        await journey.ChooseAtOnceAsync(id);
        await journey.PrepareAndAnnounceAsync(id);
        var before = await ReadAsync(journey, id);

        await overheard.SayAgainAsync();
        await journey.FollowUpAsync(id);
        var after = await ReadAsync(journey, id);
        Assert.Equal(before, after);
        Assert.Single(after.Distinct());
        var (exit, output) = await deployment["hub"].RunAsync("verify", "--wait", "180");
        Assert.True(exit == 0, output);
    }

    /// <summary>What each of the three reads on the day's page, which has no times of its own and no replay.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(JointWebinarJourney journey, string id)
    {
        var told = new List<string>();
        foreach (var one in new[] { journey.Lead, journey.Second, journey.Third })
        {
            await one.UntilItSaysAsync(id, ", corrigé", "/jour-j");
            told.Add(await one.Page.Locator("main dl, main table, main ul.boxes").AllInnerTextsAsync() is { } parts
                ? string.Join('\n', parts) : "");
        }

        return told;
    }

    /// <summary>Signs a member in for the first time, by the link of an invitation.</summary>
    private async Task<Colleague> EnterAsync(string code)
    {
        var node = deployment[code];
        var (exit, output) = await node.RunAsync("staff", "add", "--cluster", code, "--email", $"claire@{code}.example", "--name",
            $"Claire, {code} (démonstration)");
        Assert.True(exit == 0, output);
        var link = output.Split('\n').Select(line => line.Split(' ')[0])
            .Single(word => word.Contains("/invitation/", StringComparison.Ordinal));
        var page = await chromium.OpenAsync(1440);
        await page.GotoAsync(new Uri(node.Http.BaseAddress!, new Uri(link).AbsolutePath).ToString());
        await page.FillAsync("#password", "quatre palettes au quai");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrer dans l’espace" }).ClickAsync();
        await page.WaitForURLAsync($"**/espace/{code}");
        return new Colleague(code, page, node.Http.BaseAddress!);
    }

    private async Task<Overheard> OverhearAsync()
    {
        await deployment.Broker.ControlAsync("add_user", Spy, LocalBroker.Password);
        await deployment.Broker.ControlAsync("set_permissions", "-p", "interclustering", Spy, ".*", ".*", ".*");
        var connection = await ConnectAsync(Spy);
        var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var queue = await channel.QueueDeclareAsync(cancellationToken: Cancellation);
        await channel.QueueBindAsync(queue.QueueName, FederationBus.Exchange, "*.hub", cancellationToken: Cancellation);
        var overheard = new Overheard(connection, ConnectAsync);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            overheard.Add(delivery.RoutingKey, delivery.BasicProperties.ContentType, delivery.Body.ToArray());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, Cancellation);
        return overheard;
    }

    private Task<IConnection> ConnectAsync(string user) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = deployment.Broker.Port,
        UserName = user,
        Password = LocalBroker.Password,
        VirtualHost = "interclustering",
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(Cancellation);

    /// <summary>Everything that was said to the hub, to be said again by those who said it.</summary>
    private sealed class Overheard(IConnection connection, Func<string, Task<IConnection>> connect) : IAsyncDisposable
    {
        private readonly List<(string Key, string? ContentType, byte[] Body)> messages = [];

        public void Add(string key, string? contentType, byte[] body)
        {
            lock (messages)
            {
                messages.Add((key, contentType, body));
            }
        }

        /// <summary>In another order than they came.</summary>
        public async Task SayAgainAsync()
        {
            ILookup<string, (string Key, string? ContentType, byte[] Body)> said;
            lock (messages)
            {
                Assert.NotEmpty(messages);
                var random = new Random(7);
                said = messages.ToArray().OrderBy(_ => random.Next()).ToLookup(message => message.Key.Split('.')[0]);
            }

            foreach (var each in said)
            {
                await using var own = await connect(each.Key);
                await using var channel = await own.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                    Cancellation);
                foreach (var (key, contentType, body) in each)
                {
                    await channel.BasicPublishAsync(FederationBus.Exchange, key, mandatory: true,
                        new BasicProperties { UserId = each.Key, ContentType = contentType }, body, Cancellation);
                }
            }
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
