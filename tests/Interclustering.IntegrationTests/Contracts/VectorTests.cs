using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Replicas;
using Interclustering.Testing;

namespace Interclustering.IntegrationTests.Contracts;

public sealed class VectorTests
{
    private static readonly JsonElement Canonical = ContractFiles.Vector("canonical.json");
    private static readonly JsonElement Entries = ContractFiles.Vector("entries.json");
    private static readonly JsonElement Chain = ContractFiles.Vector("chain.json");
    private static readonly JsonElement Signed = ContractFiles.Vector("signatures.json");

    public static TheoryData<string> CanonicalForms => Cases(Canonical, "accept");
    public static TheoryData<string> WithoutCanonicalForm => Cases(Canonical, "refuse");
    public static TheoryData<string> Chains => Cases(Chain, "accept");
    public static TheoryData<string> BrokenChains => Cases(Chain, "refuse");
    public static TheoryData<string> Signed_messages => Cases(Signed, "verify");
    public static TheoryData<string> Forged_messages => Cases(Signed, "refuse");

    [Theory]
    [MemberData(nameof(CanonicalForms))]
    public void Canonical_form_is_the_vectors(string what)
    {
        var vector = Case(Canonical, "accept", what);
        var canonical = vector.GetProperty("canonical").GetString()!;

        Assert.Equal(canonical, CanonicalJson.Of(vector.GetProperty("input").GetString()!));
        Assert.Equal(canonical, CanonicalJson.Of(canonical));
    }

    [Theory]
    [MemberData(nameof(WithoutCanonicalForm))]
    public void Text_without_a_canonical_form_is_refused(string what) =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Of(Case(Canonical, "refuse", what).GetProperty("input").GetString()!));

    [Fact]
    public void Digest_and_hash_are_the_vectors()
    {
        Assert.NotEmpty(Entries.GetProperty("entries").EnumerateArray());
        foreach (var vector in Entries.GetProperty("entries").EnumerateArray())
        {
            var entry = vector.GetProperty("entry").Deserialize<JournalEntry>(ContractJson.Options)!;

            Assert.Equal(vector.GetProperty("digest").GetString(), EntryChain.Digest(entry.Type, entry.Data!.Value));
            Assert.Equal(vector.GetProperty("hash").GetString(), EntryChain.HashOf(entry));
            Assert.True(EntryChain.IsIntact(entry));
            if (!EntryChain.Wraps(entry.Type))
            {
                Assert.Equal(vector.GetProperty("canonicalData")
                    .GetString(), Encoding.UTF8.GetString(CanonicalJson.Write(entry.Data.Value)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Chain_is_accepted(string what) => Assert.Null(WhyRefused(Case(Chain, "accept", what)));

    [Theory]
    [MemberData(nameof(BrokenChains))]
    public void Broken_chain_is_refused_even_with_a_good_signature(string what) => Assert.NotNull(WhyRefused(Case(Chain, "refuse", what)));

    [Theory]
    [MemberData(nameof(Signed_messages))]
    public void Signature_is_accepted(string what)
    {
        var vector = Case(Signed, "verify", what);
        Assert.True(Verify(vector, out var covered));
        Assert.Equal(vector.GetProperty("covered").GetString(), covered);
    }

    [Theory]
    [MemberData(nameof(Forged_messages))]
    public void Forged_signature_is_refused(string what) => Assert.False(Verify(Case(Signed, "refuse", what), out _));

    [Fact]
    public void Key_is_named_by_its_digest_and_signs_what_verifies()
    {
        using var key = TestKey("bsc");
        var published = Key("bsc");
        var receipt = ContractFiles.Example<Receipt>("Journal/examples/Receipt.rich.json");

        Assert.Equal(published, key.Public);
        Assert.True(Signatures.Verify(key.Sign(receipt with { Through = 3 }), [published]));
        Assert.False(Signatures.Verify(key.Sign(receipt) with { Through = 3 }, [published]));
    }

    [Fact]
    public void Python_alone_comes_to_the_same_results() => Python.Run("check_vectors.py");

    private static string? WhyRefused(JsonElement vector)
    {
        var entries = vector.GetProperty("entries").Deserialize<JournalEntry[]>(ContractJson.Options)!;
        if (entries[0].Previous != EntryChain.Origin)
        {
            return "the chain does not begin";
        }

        // A segment is of one epoch; the next one continues sequence and chain.
        var epochs = entries.GroupBy(entry => entry.Epoch).Select(epoch => epoch.ToArray()).ToList();
        return epochs.Zip(epochs.Skip(1))
            .Any(pair => pair.Second[0].Sequence != pair.First[^1].Sequence + 1 || pair.Second[0].Previous != pair.First[^1].Hash)
            ? "the chain is broken"
            : epochs.Select(epoch => WhyRefused(epoch, vector.GetProperty("erased").Deserialize<long[]>()!))
                .FirstOrDefault(why => why is not null);
    }

    private static string? WhyRefused(JournalEntry[] entries, long[] erased)
    {
        using var key = TestKey("bsc");
        var segment = key.Sign(new JournalSegment
        {
            Journal = entries[^1].Source,
            Epoch = entries[^1].Epoch,
            Sequence = entries[^1].Sequence,
            Hash = entries[^1].Hash,
            Erased = [.. erased.Where(sequence => sequence >= entries[0].Sequence && sequence <= entries[^1].Sequence)],
            Keyid = "",
            Signature = "",
            Entries = entries,
        });
        var signer = new Cluster
        {
            Code = "bsc",
            Name = "",
            Region = "",
            Insee = "53",
            Colour = new Colour("#000000", "#ffffff"),
            Keys = [key.Public],
        };
        var hub = new DirectoryEntry { Code = "hub", Name = "", Keys = [key.Public] };
        return Authenticity.Refuse(segment, segment.Journal, new FederationDirectory { Hub = hub, Clusters = [signer] });
    }

    private static bool Verify(JsonElement vector, out string covered)
    {
        var message = vector.GetProperty("message");
        PublicKey[] keys = [Key(vector.GetProperty("signer").GetString()!)];
        if (vector.GetProperty("part").GetString() == "segment")
        {
            var segment = message.Deserialize<JournalSegment>(ContractJson.Options)!;
            covered = Encoding.UTF8.GetString(Signatures.CoveredBy(segment));
            return Signatures.Verify(segment, keys);
        }

        ControlMessage control = vector.GetProperty("part").GetString() switch
        {
            "receipt" => message.Deserialize<Receipt>(ContractJson.Options)!,
            "heartbeat" => message.Deserialize<Heartbeat>(ContractJson.Options)!,
            _ => message.Deserialize<ReplayRequest>(ContractJson.Options)!,
        };
        covered = Encoding.UTF8.GetString(Signatures.CoveredBy(control));
        return Signatures.Verify(control, keys);
    }

    private static PublicKey Key(string owner) =>
        Signed.GetProperty("keys").GetProperty(owner).Deserialize<PublicKey>(ContractJson.Options)!;

    private static SigningKey TestKey(string owner) =>
        SigningKey.FromPem(Signed.GetProperty("keys").GetProperty(owner).GetProperty("TEST ONLY private key").GetString()!);

    private static TheoryData<string> Cases(JsonElement vectors, string group) =>
        [.. vectors.GetProperty(group).EnumerateArray().Select(vector => vector.GetProperty("what").GetString()!)];

    private static JsonElement Case(JsonElement vectors, string group, string what) =>
        vectors.GetProperty(group).EnumerateArray().Single(vector => vector.GetProperty("what").GetString() == what);
}
