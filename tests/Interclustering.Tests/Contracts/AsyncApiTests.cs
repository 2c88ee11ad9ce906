using System.Text.Json.Nodes;
using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Testing;
using YamlDotNet.RepresentationModel;

namespace Interclustering.Tests.Contracts;

public sealed class AsyncApiTests
{
    private static readonly string Folder = Repository.PathTo("contracts");
    private static readonly YamlMappingNode Document = Load();

    [Fact]
    public void It_is_AsyncAPI_3() => Assert.Equal("3.0.0", At("asyncapi").ToString());

    [Fact]
    public void Every_reference_resolves()
    {
        var references = References(Document).ToList();

        Assert.NotEmpty(references);
        foreach (var reference in references)
        {
            if (reference.StartsWith("#/", StringComparison.Ordinal))
            {
                At(reference[2..].Split('/'));
            }
            else
            {
                Assert.NotNull(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, reference)))!["$id"]);
            }
        }
    }

    [Fact]
    public void Every_schema_is_named()
    {
        var named = References(Document).Where(reference => reference.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(Path.GetFileName).ToHashSet();
        Assert.Equal(ContractFiles.Schemas.Keys.Select(record => $"{record}.schema.json").Order(), named.Order());
    }

    [Fact]
    public void Exchange_queues_and_operations_are_those_of_the_code()
    {
        Assert.Equal(FederationBus.Exchange, At("channels", "journal", "bindings", "amqp", "exchange", "name").ToString());
        Assert.Equal("topic", At("channels", "journal", "bindings", "amqp", "exchange", "type").ToString());
        Assert.Equal("{from}.{to}", At("channels", "journal", "address").ToString());
        Assert.Equal("ic.cmd.hub", At("channels", "hubQueue", "bindings", "amqp", "queue", "name").ToString());
        Assert.Equal("ic.cmd.{code}", At("channels", "nodeQueue", "bindings", "amqp", "queue", "name").ToString());
        Assert.Equal(
            ["nodeSends", "nodeReceives", "hubSends", "hubReceives"],
            ((YamlMappingNode)At("operations")).Children.Keys.Select(key => key.ToString()));
    }

    [Fact]
    public void Limits_are_those_of_the_code()
    {
        Assert.Equal($"{FederationLimits.Prefetch}", At("operations", "hubReceives", "x-prefetch").ToString());
        Assert.Equal($"{FederationLimits.Turn}", At("operations", "hubReceives", "x-entries-per-turn").ToString());
        Assert.Equal($"{FederationLimits.ReplayPause.TotalMilliseconds}", At("operations", "hubReceives", "x-replay-pause-milliseconds")
            .ToString());
        Assert.Equal($"{FederationLimits.BodyBytes}", At("components", "messages", "federationMessage", "x-max-bytes").ToString());
    }

    private static YamlNode At(params string[] path) => path.Aggregate((YamlNode)Document, (node, key) => node[key]);

    private static IEnumerable<string> References(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.SelectMany(
            pair => pair.Key.ToString() == "$ref" ? [pair.Value.ToString()] : References(pair.Value)),
        YamlSequenceNode sequence => sequence.Children.SelectMany(References),
        _ => [],
    };

    private static YamlMappingNode Load()
    {
        using var reader = File.OpenText(Path.Combine(Folder, "asyncapi.yaml"));
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
