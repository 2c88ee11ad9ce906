using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Replicas;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

/// <summary>What no honest participant sends is refused with a reason; it never throws, so it never stops the reader.</summary>
public sealed class HostileMessageTests
{
    private static readonly FederationDirectory Directory =
        ContractFiles.Example<FederationDirectory>("Directory/examples/FederationDirectory.rich.json");

    [Theory]
    [InlineData(
        """{"journal":"bsc","from":"bsc","epoch":"e","keyid":"k","signature":"s","id":"1","sequence":1,"hash":"h","time":"t","x":1.5}""")]
    [InlineData(
        """{"journal":"bsc","from":"bsc","epoch":"e","keyid":"k","signature":"s","id":"1","sequence":"""
        + """1,"hash":"h","time":"t","x":"\ud83d"}""")]
    [InlineData(
        """{"journal":"bsc","from":"bsc","epoch":"e","keyid":"k","signature":"s","id":"1","sequence":"""
        + """9007199254740993,"hash":"h","time":"t"}""")]
    [InlineData("""{"journal":"bsc","from":"bsc","epoch":"e","keyid":"k","id":"1","sequence":1,"hash":"h","time":"t"}""")]
    public void Heartbeat_without_a_canonical_form_or_signature_is_refused(string text) =>
        Assert.NotNull(Authenticity.Refuse(JsonSerializer.Deserialize<Heartbeat>(text, ContractJson.Options)!, "bsc", Directory));

    [Theory]
    [InlineData("fr.interclustering.accepted.v1", "[]")]
    [InlineData("fr.interclustering.accepted.v1", "12")]
    [InlineData("fr.interclustering.accepted.v1", """{"origin":"x"}""")]
    [InlineData("fr.interclustering.accepted.v1", """{"origin":{"data":"\ud83d"}}""")]
    [InlineData("fr.interclustering.quarantined.v1", """{"origin":{"x":"\ud83d"}}""")]
    [InlineData("fr.interclustering.event.v1", """{"title":1.5}""")]
    [InlineData("fr.interclustering.event.v1", """{"title":"\ud83d"}""")]
    public void Signed_entry_with_wrong_data_is_refused(string type, string data)
    {
        var entry = ContractFiles.Example<JournalEntry>("Journal/examples/JournalEntry.traced.json");
        using var parsed = JsonDocument.Parse(data);

        Assert.NotNull(Authenticity.Refuse(Sign(entry with { Type = type, Data = parsed.RootElement.Clone() }), "bsc", Directory));
    }

    [Fact]
    public void Signed_entry_with_a_lone_surrogate_in_an_attribute_is_refused()
    {
        var entry = ContractFiles.Example<JournalEntry>("Journal/examples/JournalEntry.traced.json");
        using var attribute = JsonDocument.Parse("\"\\ud83d\"");
        var extended = entry with { Extensions = new Dictionary<string, JsonElement> { ["later"] = attribute.RootElement.Clone() } };

        Assert.NotNull(Authenticity.Refuse(Sign(extended), "bsc", Directory));
    }

    [Fact]
    public void Segment_of_nothing_is_refused()
    {
        var segment = Sign(ContractFiles.Example<JournalEntry>("Journal/examples/JournalEntry.traced.json"));

        Assert.NotNull(Authenticity.Refuse(segment with { Entries = [] }, "bsc", Directory));
        Assert.NotNull(Authenticity.Refuse(segment with { Entries = [null!] }, "bsc", Directory));
        Assert.NotNull(Authenticity.Refuse(segment with { Sequence = long.MaxValue }, "bsc", Directory));
        Assert.NotNull(Authenticity.Refuse(segment, "pil", Directory));
        Assert.Null(Authenticity.Refuse(segment, "bsc", Directory));
    }

    private static JournalSegment Sign(JournalEntry entry)
    {
        using var key = SigningKey.FromPem(ContractFiles.Vector("signatures.json").GetProperty("keys").GetProperty("bsc")
            .GetProperty("TEST ONLY private key").GetString()!);
        return key.Sign(new JournalSegment
        {
            Journal = "bsc",
            Epoch = entry.Epoch,
            Sequence = entry.Sequence,
            Hash = entry.Hash,
            Erased = [],
            Keyid = "",
            Signature = "",
            Entries = [entry],
        });
    }
}
