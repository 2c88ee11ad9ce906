using System.Globalization;
using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Testing.Servers;
using RabbitMQ.Client;

namespace Interclustering.IntegrationTests.Poison;

/// <summary>A cluster with its own key and its own journal, whose entries are authentic, whatever they say.</summary>
internal sealed class OddParticipant(string code, SigningKey key)
{
    private const int LargestEntry = 180 * 1024;
    private readonly string epoch = Guid.CreateVersion7().ToString();
    private readonly List<JournalEntry> entries = [];

    public long Sequence => entries.Count;

    /// <summary>Journals an item; false where no participant could, because its content has no canonical form or is too large.</summary>
    public bool TryJournal(Poison poison)
    {
        JsonElement data;
        string digest;
        try
        {
            var text = poison.Text();
            using var parsed = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1024 });
            data = parsed.RootElement.Clone();
            digest = EntryChain.Digest(data);
            if (Encoding.UTF8.GetByteCount(text) > LargestEntry)
            {
                return false;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false;
        }

        var sequence = Sequence + 1;
        var entry = new JournalEntry
        {
            Specversion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"{epoch}/{sequence}"),
            Source = code,
            Type = Kinds.TypeOf(poison.Kind),
            Subject = Subjects.Mint(code),
            Time = "2026-11-28T09:00:00Z",
            Datacontenttype = "application/json",
            Epoch = epoch,
            Sequence = sequence,
            Revision = 1,
            Previous = entries.Count == 0 ? new string('0', 64) : entries[^1].Hash,
            Digest = digest,
            Data = data,
            Hash = "",
        };
        entry = poison.Envelope?.Invoke(entry) ?? entry;
        entries.Add(entry with { Hash = EntryChain.HashOf(entry) });
        return true;
    }

    /// <summary>Sends the journal in segments, as a relay does.</summary>
    public async Task SendAsync(LocalBroker broker)
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
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var segment = new List<JournalEntry>();
        var bytes = 0;
        foreach (var entry in entries)
        {
            var size = JsonSerializer.SerializeToUtf8Bytes(entry, ContractJson.Options).Length;
            if (segment.Count > 0 && bytes + size > LargestEntry)
            {
                await PublishAsync(channel, segment);
                (segment, bytes) = ([], 0);
            }

            segment.Add(entry);
            bytes += size;
        }

        await PublishAsync(channel, segment);
    }

    private async Task PublishAsync(IChannel channel, List<JournalEntry> segment)
    {
        var signed = key.Sign(new JournalSegment
        {
            Journal = code,
            Epoch = epoch,
            Sequence = segment[^1].Sequence,
            Hash = segment[^1].Hash,
            Erased = [],
            Keyid = "",
            Signature = "",
            Entries = segment,
        });
        var properties = new BasicProperties
        {
            UserId = code,
            ContentType = "application/json",
            Persistent = true,
            MessageId = Guid.NewGuid().ToString()
        };
        await channel.BasicPublishAsync(
            FederationBus.Exchange, $"{code}.hub", mandatory: true, properties,
                JsonSerializer.SerializeToUtf8Bytes(new FederationMessage { Segment = signed }, ContractJson.Options));
    }
}
