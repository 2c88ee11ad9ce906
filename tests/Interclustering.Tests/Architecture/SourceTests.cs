using System.Text.RegularExpressions;
using Interclustering.Testing;

namespace Interclustering.Tests.Architecture;

public sealed partial class SourceTests
{
    private static readonly string[] Trees = ["contracts", "src", "tests"];
    private static readonly string[] ByMechanism = ["Services", "Helpers", "Extensions", "Dtos", "Interfaces"];

    [Fact]
    public void Folders_are_named_by_feature()
    {
        var folders = Trees.SelectMany(Repository.Folders).ToList();

        Assert.NotEmpty(folders);
        Assert.DoesNotContain(folders, folder => ByMechanism.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Types_are_not_named_manager_helper_or_util()
    {
        var files = Trees.SelectMany(tree => Repository.Files(tree, "*.cs")).Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.DoesNotContain(files, name => VagueName().IsMatch(name));
    }

    [Fact]
    public void Lines_of_code_have_140_columns_at_most()
    {
        var tooLong = Trees.SelectMany(tree => Repository.Files(tree, "*.cs"))
            .Where(path => !path.Contains(
                $"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, number: index + 1)))
            .Where(found => found.line.Length > 140)
            .Select(found => $"{Path.GetRelativePath(Repository.Root, found.path)}:{found.number}");

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Time_comes_from_a_time_provider()
    {
        var ambient = new[] { "contracts", "src" }.SelectMany(Sources)
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, number: index + 1)))
            .Where(found => AmbientClock().IsMatch(found.line))
            .Select(found => $"{Path.GetRelativePath(Repository.Root, found.path)}:{found.number}");

        Assert.Empty(ambient);
    }

    [Theory]
    [InlineData("var now = DateTime.UtcNow;", true)]
    [InlineData("DateTimeOffset.Now", true)]
    [InlineData("DateTime.Today", true)]
    [InlineData("clock.GetUtcNow().UtcDateTime", false)]
    public void Ambient_clocks_are_recognised(string line, bool isAmbient) => Assert.Equal(isAmbient, AmbientClock().IsMatch(line));

    private static IEnumerable<string> Sources(string tree) => Repository.Files(tree, "*.cs").Concat(Repository.Files(tree, "*.razor"));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex AmbientClock();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Dto)$")]
    private static partial Regex VagueName();
}
