using Interclustering.Federation;
using Interclustering.Hub;
using Interclustering.Node;
using Interclustering.Testing;

namespace Interclustering.Tests.Architecture;

/// <summary>A folder of a feature uses other folders one way: the arrows are in <c>docs/architecture.md</c>, and no others exist.</summary>
public sealed class FolderTests
{
    private static readonly Dictionary<string, FolderGraph> Graphs =
        new Type[] { typeof(FederationModel), typeof(HubContext), typeof(NodeContext) }
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
        var path = Repository.PathTo("docs", "architecture.md");
        var lines = File.ReadAllLines(path);
        var heading = Array.IndexOf(lines, $"### {project}");
        var before = lines[..(heading + 1)].Concat(lines[(heading + 1)..].TakeWhile(line => !IsRow(line))).ToList();
        var after = lines[before.Count..].SkipWhile(IsRow).ToList();
        string[] table =
            ["| folder | uses |", "|---|---|", .. Graphs[project].Arrows.Select(arrow => $"| `{arrow.Key}` | {arrow.Value} |")];
        if (DocumentTests.Writes)
        {
            File.WriteAllLines(path, [.. before, .. table, .. after]);
        }

        Assert.Equal(table, File.ReadAllLines(path)[before.Count..^after.Count]);

        static bool IsRow(string line) => line.StartsWith('|') || line == "ARROWS";
    }

    [Theory]
    [InlineData("Federation",
        "BulkWrite DatabaseFailure FederationLimits FederationSettings FederationTelemetry Participant Subjects")]
    [InlineData("Hub", "HubContext Texts")]
    [InlineData("Node", "NodeContext Texts")]
    public void Folders_share_little_that_is_in_no_folder(string project, string shared) =>
        Assert.Equal(shared, string.Join(' ', Graphs[project].Shared));
}
