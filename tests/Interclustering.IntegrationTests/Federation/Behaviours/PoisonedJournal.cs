using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;

namespace Interclustering.IntegrationTests.Federation.Behaviours;

/// <summary>
/// The journal of a participant that has its own key and writes what it likes: every entry is authentic, whatever stands in it.
/// </summary>
internal sealed class PoisonedJournal(string code, SigningKey key, string epoch)
{
    private const string Event =
        """{"title":"Visite","sessions":[{"id":"1","start":"2027-01-14T09:00:00"}],"nonce":"0123456789abcdef0123456789abcdef"}""";
    private readonly List<JournalEntry> entries = [];

    public int Count => entries.Count;

    /// <summary>An entry that nothing is wrong with.</summary>
    public string AddFine()
    {
        Add(entry => entry);
        return entries[^1].Subject;
    }

    public void Add(Func<JournalEntry, JournalEntry> change, string data = Event)
    {
        var sequence = entries.Count + 1;
        using var parsed = JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = ContractJson.MostDeep });
        var entry = change(new JournalEntry
        {
            Specversion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"{epoch}/{sequence}"),
            Source = code,
            Type = Kinds.TypeOf(Kinds.Event),
            Subject = Subjects.Mint(code),
            Time = "2026-11-20T09:00:00.000000Z",
            Datacontenttype = "application/json",
            Epoch = epoch,
            Sequence = sequence,
            Revision = 1,
            Previous = entries.Count == 0
                ? EntryChain.Origin : entries[^1].Hash,
            Digest = "",
            Hash = "",
            Data = parsed.RootElement.Clone(),
        });
        entry = entry with { Digest = EntryChain.Digest(entry.Type, entry.Data!.Value) };
        entries.Add(entry with { Hash = EntryChain.HashOf(entry) });
    }

    /// <summary>What no reader could keep, fold, expand, render or index.</summary>
    public void AddPoison()
    {
        foreach (var time in new[] { "2026-11-20T09:00:60Z", "soon", "2026-02-30T09:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
            "2150-01-01T00:00:00Z", "\0", "" })
        {
            Add(entry => entry with { Time = time });
        }

        foreach (var subject in new[] { $"{Subjects.Mint(code)}\0", $"{code}\0", "", new string('s', 20_000), $"{Subjects.Mint(code)}\n" })
        {
            Add(entry => entry with { Subject = subject });
        }

        foreach (var type in new[] { "\0", "", "fr.interclustering.event.v1\0", new string('t', 5_000), "fr.interclustering.accepted.v1" })
        {
            Add(entry => entry with { Type = type });
        }

        Add(entry => entry with { Revision = 0 });
        Add(entry => entry with { Revision = -5 });
        Add(entry => entry with { Traceparent = "\0" });
        Add(entry => entry with { Id = new string('i', 3_000) });
        foreach (var data in new[]
        {
            """{"title":"Visite","origin":{"data":{}},"nonce":"0123456789abcdef0123456789abcdef"}""", "[]", "12", "\"x\"", "{}",
                Nested(15, 300), Nested(400, 0), $$"""{"title":"{{new string('x', 250_000)}}"}""",
            Event.Replace("\"title\"", "\"timeZone\":\"europe/paris\",\"title\"", StringComparison.Ordinal),
            Event.Replace("\"title\"", "\"themes\":[null],\"title\"", StringComparison.Ordinal),
            Event.Replace("\"title\"", "\"speakers\":[null],\"title\"", StringComparison.Ordinal),
            Event.Replace("Visite", "Vi\\u0000site", StringComparison.Ordinal), Event.Replace("2027", "0001", StringComparison.Ordinal),
                Event.Replace("2027", "9999", StringComparison.Ordinal),
        })
        {
            Add(entry => entry, data);
        }
    }

    /// <summary>All of it, in order.</summary>
    /// <param name="size">Entries of a segment.</param>
    public IEnumerable<FederationMessage> Messages(int size = 1) => entries.Chunk(size).Select(each => new FederationMessage
    {
        Segment = key.Sign(new JournalSegment
        {
            Journal = code,
            Epoch = epoch,
            Sequence = each[^1].Sequence,
            Hash = each[^1].Hash,
            Erased = [],
            Keyid = "",
            Signature = "",
            Entries = each,
        }),
    });

    private static string Nested(int lists, int objects) =>
        $$"""{"later":{{string.Concat(Enumerable.Repeat("[", lists))}}"""
            + $$"""{{string.Concat(Enumerable.Repeat("{\"a\":", objects))}}1{{new string('}', objects)}}{{new string(']', lists)}}}""";
}
