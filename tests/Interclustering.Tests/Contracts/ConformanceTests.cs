using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Interclustering.Contracts;
using Interclustering.Federation.Chain;
using Interclustering.Files;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

/// <summary>Vectors and readers of others: they lie beside the repository, and are not part of it.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public void Signatures_are_accepted_and_refused_as_Wycheproof_says()
    {
        var checks = 0;
        foreach (var group in Read("ecdsa", "ecdsa_secp256r1_sha256_p1363_test.json").GetProperty("testGroups").EnumerateArray())
        {
            var key = new PublicKey("0123456789abcdef",
                Convert.ToBase64String(Convert.FromHexString(group.GetProperty("publicKeyDer").GetString()!)));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var signature = Base64Url.EncodeToString(Convert.FromHexString(test.GetProperty("sig").GetString()!));
                var covered = Convert.FromHexString(test.GetProperty("msg").GetString()!);
                Assert.True(
                    Signatures.Verify(key.Keyid, signature, covered, [key]) == (test.GetProperty("result").GetString() == "valid"),
                    $"{test.GetProperty("tcId")} {test.GetProperty("comment")}");
                checks++;
            }
        }

        Assert.Equal(262, checks);
    }

    [Theory]
    [InlineData("arrays", true)]
    [InlineData("french", true)]
    [InlineData("structures", false)]
    [InlineData("unicode", true)]
    [InlineData("values", false)]
    [InlineData("weird", true)]
    public void Canonical_form_is_that_of_RFC_8785_or_refused_for_its_fractions(string name, bool written)
    {
        var input = File.ReadAllText(PathTo("jcs", "input", $"{name}.json"));
        if (!written)
        {
            Assert.ThrowsAny<JsonException>(() => CanonicalJson.Of(input));
            return;
        }

        Assert.Equal(File.ReadAllText(PathTo("jcs", "output", $"{name}.json")).Trim(), CanonicalJson.Of(input));
        var bytes = File.ReadAllText(PathTo("jcs", "outhex", $"{name}.txt")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(bytes, Encoding.UTF8.GetBytes(CanonicalJson.Of(input))
            .Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Fields_of_a_signed_request_are_never_read_where_structured_fields_are_not()
    {
        var (refused, read) = (0, 0);
        foreach (var (name, test) in Directory.GetFiles(PathTo("structured-fields"), "*.json").Order(StringComparer.Ordinal)
            .SelectMany(path => Read(path).EnumerateArray().Select(test => (Path.GetFileName(path), test))))
        {
            var raw = string.Join(", ", test.GetProperty("raw").EnumerateArray().Select(line => line.GetString()));
            var mustFail = test.TryGetProperty("must_fail", out var fails) && fails.GetBoolean();
            string[] inputs = test.GetProperty("header_type").GetString() switch
            {
                "dictionary" => [raw, $"ic=(\"@method\");{raw}", $"ic=(\"@method\");created=1;{raw}"],
                "item" => [$"ic=(\"@method\");created={raw}", $"ic=(\"@method\");keyid={raw}"],
                _ => [raw],
            };
            foreach (var input in inputs)
            {
                var parts = RequestSignature.ReadInput(input);
                Assert.False(mustFail && parts is not null, $"{name} {test.GetProperty("name")}: {input}");
                (refused, read) = parts is null ? (refused + 1, read) : (refused, read + 1);
                if (parts is { } told && test.GetProperty("header_type").GetString() == "item")
                {
                    var expected = test.GetProperty("expected")[0];
                    var (_, value) = told.Parameters.Single();
                    Assert.Equal(expected.ValueKind == JsonValueKind.String
                        ? expected.GetString() : expected.GetRawText(), NumberOrText(value));
                }
            }

            Assert.False(mustFail && RequestSignature.ReadSignature($"ic={raw}") is not null, $"{name} {test.GetProperty("name")}");
        }

        Assert.True(refused > 500 && read > 20, $"{refused} refused, {read} read");
    }

    /// <summary>RFC 9421, B.2.4, with the key of B.1.3: its signature base, and its signature.</summary>
    [Fact]
    public void The_example_of_RFC_9421_verifies()
    {
        var covered = Encoding.ASCII.GetBytes(string.Join(
            '\n',
            "\"@status\": 200",
            "\"content-type\": application/json",
            "\"content-digest\": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:",
            "\"content-length\": 23",
            "\"@signature-params\": (\"@status\" \"content-type\" \"content-digest\" "
                + "\"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\""));
        var key = new PublicKey(
            "test-key-ecc-p256",
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==");
        var signature = Convert.FromBase64String(
            "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
        Assert.True(Signatures.Verify(key.Keyid, Base64Url.EncodeToString(signature), covered, [key]));
        signature[5] ^= 1;
        Assert.False(Signatures.Verify(key.Keyid, Base64Url.EncodeToString(signature), covered, [key]));
    }

    [Fact]
    public void The_SDK_of_CloudEvents_reads_every_example_of_an_entry()
    {
        var examples = ContractFiles.Examples.Where(example => ContractFiles.RecordOf(example) == nameof(JournalEntry)).ToList();
        Assert.True(examples.Count > 5);
        CloudEventAttribute[] extensions =
        [
            CloudEventAttribute.CreateExtension("sequence", CloudEventAttributeType.String),
                CloudEventAttribute.CreateExtension("revision", CloudEventAttributeType.Integer),
        ];
        foreach (var example in examples)
        {
            var entry = ContractFiles.Example<JournalEntry>(example);
            var read = new JsonEventFormatter()
                .DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(ContractFiles.Read(example)), null, extensions);
            Assert.True(read.IsValid, example);
            Assert.Equal((entry.Id, entry.Subject, entry.Type), (read.Id, read.Subject, read.Type));
            Assert.Equal($"{entry.Sequence:D16}", read["sequence"]);
            Assert.Equal((int)entry.Revision, read["revision"]);
            Assert.Equal(entry.Data is null, read.Data is null);
        }
    }

    private static string NumberOrText(string value) =>
        value.StartsWith('"') ? value[1..^1] : value.TrimStart('0') is { Length: > 0 } number ? number : "0";

    private static JsonElement Read(params string[] path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path.Length == 1 ? path[0] : PathTo(path)));
        return document.RootElement.Clone();
    }

    private static string PathTo(params string[] path)
    {
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine([folder.FullName, "shared", "data", "conformance", .. path]);
            if (Path.Exists(shared))
            {
                return shared;
            }
        }

        Assert.Skip("The folder shared/data/conformance is not beside the repository.");
        return "";
    }
}
