using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Testing.Servers;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Interclustering.FaultTests;

/// <summary>Rows 7, 8, and 14: what the bus may bring that no well-behaved relay sends.</summary>
internal static class Hostility
{
    private const string Hub = FederationUnderFault.Hub;
    private const string Code = "bsc";

    public static async Task<Counted> ShuffleAsync(FederationUnderFault federation, FaultSize size)
    {
        await federation[Code].TerminateAsync();
        await federation.PublishAsync(Code, size.Of(1000, 100));
        var entries = await EntriesAsync(federation, size.Of(1000, 100));
        using var key = federation.KeyOf(Code);
        await using var sender = await Sender.OpenAsync(federation.Broker, Code);
        var sent = 0;
        var orders = size.Of(20, 2);
        for (var order = 0; order < orders; order++)
        {
            // Three times, in segments of other sizes each time.
            var segments = Enumerable.Range(0, 3).SelectMany(_ => Cut(entries, size.Random)).Select(cut => Sign(key, cut)).ToArray();
            size.Random.Shuffle(segments);
            foreach (var segment in segments)
            {
                await sender.SendAsync(new FederationMessage { Segment = segment });
                sent++;
            }
        }

        // No entry came from the node itself, and no replay was possible: of segments that overlap, the hub took what was new.
        var end = entries[^1].Hash;
        await FederationUnderFault.UntilAsync("the hub has every entry while the node is stopped", async () =>
        {
            await using var hub = federation.Open(Hub);
            return await hub.Set<ReplicaCursor>().AnyAsync(cursor => cursor.Journal == Code && cursor.Hash == end);
        });
        await federation[Code].StartAsync();
        return new Counted(sent, $"overlapping segments of {entries.Count} entries, three times in each of {orders} orders",
            await federation.ConvergeAsync());
    }

    public static async Task<Counted> ForgeAsync(FederationUnderFault federation, FaultSize size)
    {
        // An epoch to leave, so that there is a past to replay.
        var past = await EntriesAsync(federation, int.MaxValue);
        await federation.RecoverAsync(Code);
        await federation.ConvergeAsync();
        var (before, each, good) = (await RefusedAsync(federation), size.Of(50, 5), size.Of(500, 50));
        var publishing = federation.PublishAsync(Code, good, batch: 5);
        var counting = new List<string>();
        foreach (var hostile in Hostile(federation, past))
        {
            var (byHub, byBroker) = (await RefusedAsync(federation), 0);
            for (var number = 0; number < each; number++)
            {
                byBroker += await hostile.IsRefusedByBrokerAsync(number) ? 1 : 0;
            }

            await FederationUnderFault.UntilAsync($"{hostile.Name} is counted {each} times", async () =>
                await RefusedAsync(federation) - byHub + byBroker == each);
            counting.Add($"{hostile.Name} {each}{(byBroker == 0 ? "" : $" ({byBroker} by the broker)")}");
        }

        await publishing;
        var seconds = await federation.ConvergeAsync();
        return new Counted(
            counting.Count * each,
                $"counted at the hub {await RefusedAsync(federation) - before}, of {string.Join(", ", counting)}; among {good} good ones",
                seconds);
    }

    public static async Task<Counted> SchemasAsync(FederationUnderFault federation, FaultSize size)
    {
        var journal = new Journal(Code, TimeProvider.System);
        var drafts = Enumerable.Range(0, 30).Select(number => FederationUnderFault.Draft(Code, $"Schéma {number}")).ToList();
        var unknown = drafts.Select((draft, number) => (number % 3) switch
        {
            0 => draft with { Version = 2 },
            1 => draft with { Kind = Kinds.Event, Data = """{"nonce":"0123456789abcdef0123456789abcdef","title":7}""" },
            _ => draft with { Kind = "other-future", Data = draft.Data.Insert(1, "\"fromALaterVersion\":{\"deep\":[1,\"é\"]},") },
        }).ToList();
        await using (var db = federation.Open(Code))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await journal.AppendAsync(db, unknown, CancellationToken.None);
            await transaction.CommitAsync();
        }

        await using (var db = federation.Open(Hub))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await new Journal(Hub, TimeProvider.System).AppendUnfoldedAsync(
                db, [.. Enumerable.Range(0, 10).Select(_ =>
                    FederationUnderFault.Draft(Hub, "D’un site plus récent") with { Kind = "bulletin" })], CancellationToken.None);
            await transaction.CommitAsync();
        }

        await federation.PublishAsync(Code, 20);
        var seconds = await federation.ConvergeAsync();
        await using var hub = federation.Open(Hub);
        var setAside = await hub.Set<QuarantineRow>().Where(row => row.Journal == Code).Select(row => row.Reason).ToListAsync();
        // The run may have got others before, in other rows.
        Assert.True(setAside.Count(reason => reason == "unreadable") >= 10 && setAside.Count(reason => reason == "future") >= 10,
            string.Join(' ', setAside));
        return new Counted(40, "10 each: a later version of a kind, content of another form, an unknown kind with unknown fields, an "
            + "unknown kind from the hub", seconds);
    }

    /// <summary>
    /// Ten classes. But for the replay, each is what would be next if it were believed: nothing but the check in question keeps it out.
    /// </summary>
    private static IEnumerable<HostileClass> Hostile(FederationUnderFault federation, IReadOnlyList<JournalEntry> past)
    {
        using var own = federation.KeyOf(Code);
        using var other = federation.KeyOf("tenlog");
        using var stranger = SigningKey.OpenOrCreate(Path.Combine(Path.GetTempPath(), $"interclustering-{Guid.NewGuid()}.pem"));

        HostileClass Class(string name, Func<JournalEntry, int, JournalSegment> write, Action<BasicProperties>? change = null,
            string key = "bsc.hub") => Raw(name, (head, number) => JsonSerializer.SerializeToUtf8Bytes(
                new FederationMessage { Segment = write(head, number) }, ContractJson.Options), change, key);
        HostileClass Raw(string name, Func<JournalEntry, int, byte[]> write, Action<BasicProperties>? change = null,
            string key = "bsc.hub") => new(name, async number =>
        {
            var head = (await EntriesAsync(federation, 1))[0];
            await using var sender = await Sender.OpenAsync(federation.Broker, Code);
            return await sender.IsRefusedAsync(write(head, number), key, change);
        });

        // Half of them in the signature, half in an entry before the one that the signature names: only the chain ties that one to it.
        yield return Class("bit flip", (head, number) => number % 2 == 0
            ? Sign(own, [Forge(head, number)]) is var flipped ? flipped with { Signature = Flip(flipped.Signature) } : flipped
            : Sign(own, [Forge(head, number), Forge(Forge(head, -number), number)]));
        yield return Class("wrong key", (head, number) => Sign(stranger, [Forge(head, number)]));
        yield return Class("another cluster's key", (head, number) => Sign(other, [Forge(head, number)]));
        yield return Class("old epoch replayed", (_, number) => Sign(own, [past[number % past.Count]]));
        yield return Class("foreign routing key", (head, number) => Sign(own, [Forge(head, number)]), key: "tenlog.hub");
        yield return Class("CC header", (head, number) => Sign(own, [Forge(head, number)]), properties =>
            properties.Headers = new Dictionary<string, object?> { ["CC"] = new List<object> { "hub.tenlog" } });
        yield return Class("no user_id", (head, number) => Sign(own, [Forge(head, number)]), properties => properties.ClearUserId());
        yield return Class("equal MessageId", (head, number) => Sign(stranger, [Forge(head, number)]), properties =>
            properties.MessageId = "00000000-0000-0000-0000-000000000001");
        yield return Class("faultAddress", (head, number) => Sign(stranger, [Forge(head, number)]), properties =>
            properties.Headers = new Dictionary<string, object?>
            {
                ["MT-Fault-Address"] = "exchange:ic.journal",
                ["MT-Response-Address"] = "exchange:ic.journal",
            });
        yield return Raw("truncated or oversize", (head, number) =>
        {
            var whole = JsonSerializer.SerializeToUtf8Bytes(
                new FederationMessage { Segment = Sign(own, [Forge(head, number)]) }, ContractJson.Options);
            return number % 2 == 0 ? whole[..(whole.Length / 2)] : new byte[2 * 1024 * 1024];
        });
    }

    /// <summary>One way to deceive; sends the message of that number, and tells whether the broker itself refused it.</summary>
    private sealed record HostileClass(string Name, Func<int, Task<bool>> IsRefusedByBrokerAsync);

    private static async Task<List<JournalEntry>> EntriesAsync(FederationUnderFault federation, int last)
    {
        await using var db = federation.Open(Code);
        var texts = await db.Set<JournalRow>().OrderByDescending(row => row.Sequence).Take(last).Select(row => row.Text).ToListAsync();
        var entries = texts.Select(EntryChain.Read).Reverse().ToList();
        return [.. entries.Where(entry => entry.Epoch == entries[^1].Epoch)];
    }

    /// <summary>Each segment begins before the last one's end: none continues another exactly.</summary>
    private static IEnumerable<List<JournalEntry>> Cut(List<JournalEntry> entries, Random random)
    {
        for (var (start, end) = (0, 0); end < entries.Count; start = Math.Max(0, end - random.Next(1, 4)))
        {
            var length = Math.Min(random.Next(4, 12), entries.Count - start);
            end = start + length;
            yield return entries.GetRange(start, length);
        }
    }

    private static JournalEntry Forge(JournalEntry head, int number)
    {
        using var data = JsonDocument.Parse(
            $$"""{"nonce":"0123456789abcdef0123456789abcdef","title":"Contrefaite {{number}}","text":""}""");
        var sequence = head.Sequence + 1;
        var entry = head with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{head.Epoch}/{sequence}"),
            Subject = Interclustering.Federation.Subjects.Mint(Code),
            Type = Kinds.TypeOf(Kinds.BestPractice),
            Sequence = sequence,
            Revision = 1,
            Previous = head.Hash,
            Digest = EntryChain.Digest(data.RootElement),
            Data = data.RootElement.Clone(),
            Hash = "",
        };
        return entry with { Hash = EntryChain.HashOf(entry) };
    }

    private static JournalSegment Sign(SigningKey key, IReadOnlyList<JournalEntry> entries) => key.Sign(new JournalSegment
    {
        Journal = Code,
        Epoch = entries[^1].Epoch,
        Sequence = entries[^1].Sequence,
        Hash = entries[^1].Hash,
        Erased = [.. entries.Where(EntryChain.IsErased).Select(entry => entry.Sequence)],
        Keyid = "",
        Signature = "",
        Entries = entries,
    });

    private static string Flip(string signature) => (signature[0] == 'A' ? 'B' : 'A') + signature[1..];

    private static async Task<long> RefusedAsync(FederationUnderFault federation)
    {
        await using var db = federation.Open(Hub);
        return await db.Set<ReplicaCursor>().SumAsync(cursor => cursor.Refused);
    }

    /// <summary>A sender that signs in as a node and writes anything.</summary>
    internal sealed class Sender(IConnection connection, IChannel channel) : IAsyncDisposable
    {
        public static async Task<Sender> OpenAsync(LocalBroker broker, string code)
        {
            var settings = broker.SettingsOf(code);
            var factory = new ConnectionFactory
            {
                HostName = settings.Host!,
                Port = settings.Port,
                VirtualHost = settings.VirtualHost,
                UserName = settings.Username,
                Password = settings.Password,
            };
            var connection = await factory.CreateConnectionAsync();
            return new Sender(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)));
        }

        public Task SendAsync(FederationMessage message) =>
            SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, ContractJson.Options), "bsc.hub");

        /// <summary>Whether the broker refuses it; the channel is gone then.</summary>
        public async Task<bool> IsRefusedAsync(byte[] body, string key, Action<BasicProperties>? change)
        {
            try
            {
                await SendAsync(body, key, change);
                return false;
            }
            catch (Exception exception) when (exception is AlreadyClosedException or PublishException or OperationInterruptedException)
            {
                return true;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }

        private async Task SendAsync(byte[] body, string key, Action<BasicProperties>? change = null)
        {
            var properties = new BasicProperties
            {
                UserId = Code,
                ContentType = "application/json",
                Persistent = true,
                MessageId = Guid.NewGuid().ToString()
            };
            change?.Invoke(properties);
            await channel.BasicPublishAsync(FederationBus.Exchange, key, mandatory: true, properties, body);
        }
    }
}
