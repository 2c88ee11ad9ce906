using Interclustering.Federation;
using Interclustering.Hub;
using Interclustering.Node;

namespace Interclustering.Tests.Architecture;

/// <summary>A folder of a feature uses other folders one way: the arrows are in <c>docs/architecture.md</c>, and no others exist.</summary>
public sealed class FolderTests
{
    private static readonly Dictionary<string, FolderGraph> Graphs = new Type[] { typeof(FederationModel), typeof(HubContext), typeof(NodeContext) }
        .Select(type => FolderGraph.Of(type.Assembly)).ToDictionary(graph => graph.Project);

    [Theory]
    [InlineData("Federation")]
    [InlineData("Hub")]
    [InlineData("Node")]
    public void Folders_do_not_need_each_other(string project) => Assert.Empty(Graphs[project].Cycles());

    [Theory]
    [InlineData("Federation")]
    [InlineData("Hub")]
    [InlineData("Node")]
    public void Folders_use_what_the_architecture_says(string project)
    {
        var written = File.ReadAllLines(Repository.PathTo("docs", "architecture.md"))
            .SkipWhile(line => line != $"### {project}").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells is [['`', ..], _])
            .ToDictionary(cells => cells[0].Trim('`'), cells => cells[1]);

        Assert.Equal(Graphs[project].Arrows.Select(Line), written.Select(Line));

        static string Line(KeyValuePair<string, string> arrow) => $"{arrow.Key} uses {arrow.Value}";
    }

    [Theory]
    [InlineData("Federation", "BulkWrite DatabaseFailure FederationLimits FederationSettings FederationTelemetry Guards OneByOne Participant Subjects")]
    [InlineData("Hub", "HubContext Texts")]
    [InlineData("Node", "NodeContext Texts")]
    public void Folders_share_little_that_is_in_no_folder(string project, string shared) =>
        Assert.Equal(shared, string.Join(' ', Graphs[project].Shared));
}
