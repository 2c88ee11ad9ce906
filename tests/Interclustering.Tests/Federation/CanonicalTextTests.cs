using System.Text;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Testing;

namespace Interclustering.Tests.Federation;

/// <summary>What is recognised as canonical is hashed as it came: it must be what writing it anew gives.</summary>
public sealed class CanonicalTextTests
{
    public static TheoryData<string> Examples => [.. ContractFiles.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_canonical_text_is_recognised_and_an_indented_one_is_not(string example)
    {
        var indented = ContractFiles.Read(example);

        Assert.True(CanonicalText.Is(Encoding.UTF8.GetBytes(CanonicalJson.Of(indented))));
        Assert.False(CanonicalText.Is(Encoding.UTF8.GetBytes(indented)));
    }

    [Theory]
    [InlineData("""{"b":1,"a":2}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"z":1,"y":[]}}""")]
    [InlineData(""" {"a":1}""")]
    [InlineData("""{"a":1} """)]
    [InlineData("""{"a": 1}""")]
    [InlineData("""{"a":1 }""")]
    [InlineData("""[1, 2]""")]
    [InlineData("""[ ]""")]
    [InlineData("""{ }""")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("-0")]
    [InlineData("[-0]")]
    [InlineData("9007199254740993")]
    [InlineData("""
        "\/"
        """)]
    [InlineData("""
        "\u0041"
        """)]
    [InlineData("""
        "\u00e9"
        """)]
    [InlineData("""
        "\u001F"
        """)]
    [InlineData("""
        "\u0009"
        """)]
    [InlineData("""
        "\ud83d\ude00"
        """)]
    [InlineData("""{"é":1}""")]
    [InlineData("""
        {"\"":1}
        """)]
    public void Any_other_form_is_not_recognised(string json) => Assert.False(CanonicalText.Is(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("0")]
    [InlineData("-12")]
    [InlineData("""[true,false,null,{"":"","a":[[]],"a ":{}}]""")]
    [InlineData("""
        "é \u0000\u001f\b\t\n\f\r\"\\ 😀"
        """)]
    public void What_is_canonical_is_recognised(string json)
    {
        Assert.True(CanonicalText.Is(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(json, WrittenAnew(json));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_not_recognised() => Assert.False(CanonicalText.Is([(byte)'"', 0xC3, (byte)'"']));

    [Fact]
    public void Whatever_is_recognised_is_what_writing_it_anew_gives()
    {
        var random = new Random(20261130);
        var recognised = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var json = Value(random, 0);
            var isCanonical = CanonicalText.Is(Encoding.UTF8.GetBytes(json));
            recognised += isCanonical ? 1 : 0;
            Assert.True(!isCanonical || WrittenAnew(json) == json, json);
            var written = WrittenAnewOrNull(json);
            // Names beyond plain ASCII are not looked into.
            Assert.True(
                written is null || CanonicalText.Is(Encoding.UTF8.GetBytes(written)) || written.AsSpan().ContainsAny("é\\"), written);
        }

        Assert.InRange(recognised, 1000, 19_000);
    }

    [Theory]
    [InlineData(
        """{"nonce":"n","origin":{"data":{"title":"é"},"digest":"d","type":"t"}}""",
        """{"nonce":"n","origin":{"digest":"d","type":"t"}}""")]
    [InlineData("""{"nonce":"n","origin":{"data":"data"}}""", """{"nonce":"n","origin":{}}""")]
    [InlineData("""{"nonce":"n","origin":{"a":1,"data":[]}}""", """{"nonce":"n","origin":{"a":1}}""")]
    [InlineData(
        """{"data":1,"nonce":"\"data\":1","origin":{"a":{"data":1},"data":1,"z":1}}""",
        """{"data":1,"nonce":"\"data\":1","origin":{"a":{"data":1},"z":1}}""")]
    [InlineData("""{"nonce":"n","origin":{"type":"t"}}""", """{"nonce":"n","origin":{"type":"t"}}""")]
    [InlineData("""{"nonce":"n","origin":[1]}""", """{"nonce":"n","origin":[1]}""")]
    [InlineData("""{"nonce":"n"}""", """{"nonce":"n"}""")]
    [InlineData("""[1]""", """[1]""")]
    public void The_digest_of_a_wrapping_entry_leaves_the_wrapped_data_out(string data, string without)
    {
        var type = Kinds.TypeOf(Kinds.Accepted);
        var expected = EntryChain.Digest(JsonElement.Parse(without));

        Assert.Equal(expected, EntryChain.Digest(type, JsonElement.Parse(data)));
        Assert.Equal(expected, EntryChain.Digest(type, JsonElement.Parse(data.Replace(":", ": ", StringComparison.Ordinal)
            .Replace("\\\": ", "\\\":", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("\"\\\u0001\t\u2028é\u00a0😀")]
    public void An_entry_is_written_as_its_document_would_be(string? awkward)
    {
        var entry = JsonSerializer.Deserialize<JournalEntry>(
            ContractFiles.Read("Journal/examples/JournalEntry.traced.json"), ContractJson.Options)!;
        foreach (var each in (JournalEntry[])[
            entry, entry with { Data = null }, entry with { Traceparent = awkward, Subject = awkward ?? "", Revision = int.MaxValue },
            entry with { Extensions = new Dictionary<string, JsonElement> { ["later"] = JsonElement.Parse("1") } }])
        {
            var document = JsonSerializer.SerializeToElement(each, ContractJson.Options);
            Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.WriteWithout(document)), EntryChain.TextOf(each));
            Assert.Equal(
                EntryChain.Digest(JsonElement.Parse(CanonicalJson.WriteWithout(document, "data", "hash"))), EntryChain.HashOf(each));
        }
    }

    private static string WrittenAnew(string json) => Encoding.UTF8.GetString(CanonicalJson.WriteWithout(JsonElement.Parse(json)));

    private static string? WrittenAnewOrNull(string json)
    {
        try
        {
            return WrittenAnew(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 3 ? 5 : 8) switch
    {
        0 => Pick(random, "0", "7", "-3", "12345678901234567", "1.5", "2e3", "-0", "900719925474099"),
        1 => Pick(random, "true", "false", "null"),
        2 or 3 or 4 => Text(random),
        5 => $"[{string.Join(Pick(random, ",", ",", ", "), Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Text(random)).Distinct()
            .OrderBy(name => name, random.Next(3) > 0 ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase)
            .Select(name => $"{name}:{Value(random, depth + 1)}"))}}}",
    };

    private static string Text(Random random) => $"\"{string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pick(
        random, "a", "b", "B", "z", "é", "\\n", "\\\"", "\\\\", "\\u0001", "\\u000a", "\\/", " ", "a", "b")))}\"";

    private static string Pick(Random random, params string[] of) => of[random.Next(of.Length)];
}
