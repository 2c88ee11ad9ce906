using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

/// <summary>What a body of the bus is read as: what was written, attributes of later versions too, or nothing.</summary>
public sealed class WireTests
{
    [Fact]
    public void What_is_read_is_what_was_written()
    {
        Assert.True(WireBodies.All.Count > 45, $"{WireBodies.All.Count} bodies");
        foreach (var (name, body) in WireBodies.All)
        {
            var (message, refusal) = ReceiveMessages.Read(Encoding.UTF8.GetBytes(body));
            Assert.True(refusal is null, $"{name}: {refusal}");
            Assert.Equal(CanonicalJson.Of(body), CanonicalJson.Of(JsonSerializer.Serialize(message, ContractJson.Options)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("not json")]
    [InlineData("""{"heartbeat":{"from":"bsc"}}""")]
    [InlineData("""{"heartbeat":null,"heartbeat":null}""")]
    [InlineData("""{"segment":{"journal":"bsc","entries":"none"}}""")]
    public void What_is_none_is_refused_and_throws_nothing(string body) =>
        Assert.NotNull(ReceiveMessages.Read(Encoding.UTF8.GetBytes(body)).Refusal);
}
