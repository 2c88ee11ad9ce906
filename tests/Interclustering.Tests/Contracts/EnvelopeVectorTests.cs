using System.Globalization;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Hub.Ingest;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

/// <summary>What the hub says of intact entries with an odd envelope or odd data.</summary>
public sealed class EnvelopeVectorTests
{
    private static readonly DateTime Now =
        DateTime.Parse("2026-11-23T12:00:00Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    private static readonly IReadOnlyDictionary<string, JsonElement> Vectors =
        ContractFiles.Vector("envelopes.json").GetProperty("entries").EnumerateArray()
            .ToDictionary(vector => vector.GetProperty("what").GetString()!);

    public static TheoryData<string> Cases => [.. Vectors.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Hub_says_why_it_sets_an_entry_aside(string what)
    {
        var entry = Vectors[what].GetProperty("entry").Deserialize<JournalEntry>(ContractJson.Options)!;
        Assert.True(EntryChain.IsIntact(entry));
        Assert.Equal(Vectors[what].GetProperty("reason").GetString(), EntryValidator.Validate(entry, "bsc", Now, left: null)?.Reason);
    }
}
