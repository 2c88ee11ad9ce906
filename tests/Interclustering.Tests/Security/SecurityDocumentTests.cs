using System.Text.RegularExpressions;
using System.Xml.Linq;
using Interclustering.Testing;

namespace Interclustering.Tests.Security;

/// <summary>docs/security.md: every requirement once, every claim with a test that exists.</summary>
public sealed partial class SecurityDocumentTests
{
    /// <summary>Sections of OWASP ASVS 5.0.0 with the level of each of their requirements.</summary>
    private const string Levels = """
        1.1 22 · 1.2 1111122223 · 1.3 112222222223 · 1.4 222 · 1.5 123
        2.1 122 · 2.2 112 · 2.3 12223 · 2.4 23
        3.1 3 · 3.2 113 · 3.3 12223 · 3.4 11222233 · 3.5 11122333 · 3.6 3 · 3.7 22333
        4.1 12233 · 4.2 23333 · 4.3 22 · 4.4 1222
        5.1 2 · 5.2 112333 · 5.3 113 · 5.4 222
        6.1 122 · 6.2 111111112222 · 6.3 11223333 · 6.4 112233 · 6.5 22222333 · 6.6 2223 · 6.7 33 · 6.8 2222
        7.1 222 · 7.2 1111 · 7.3 22 · 7.4 11222 · 7.5 223 · 7.6 22
        8.1 1233 · 8.2 1123 · 8.3 133 · 8.4 23
        9.1 111 · 9.2 1222
        10.1 22 · 10.2 223 · 10.3 22223 · 10.4 1111122222233333 · 10.5 22222 · 10.6 22 · 10.7 222
        11.1 2233 · 11.2 22233 · 11.3 11233 · 11.4 1222 · 11.5 23 · 11.6 23 · 11.7 33
        12.1 12233 · 12.2 11 · 12.3 22223
        13.1 2333 · 13.2 222223 · 13.3 2233 · 13.4 1222233
        14.1 22 · 14.2 12223333 · 14.3 122
        15.1 12233 · 15.2 12233 · 15.3 1222222 · 15.4 3333
        16.1 2 · 16.2 22222 · 16.3 2222 · 16.4 222 · 16.5 2223
        17.1 23 · 17.2 22223333 · 17.3 22
        """;

    private static string Document { get; } = File.ReadAllText(Repository.PathTo("docs", "security.md"));

    private static IReadOnlyList<Requirement> Lines { get; } = [.. Line().Matches(Document).Select(line => line.Groups)
        .Select(part => new Requirement(part[1].Value, part[2].Value, part[3].Value, part[4].Value, part[5].Value))];

    [Fact]
    public void Every_requirement_of_levels_1_and_2_has_one_line()
    {
        var wanted = Section().Matches(Levels)
            .SelectMany(section =>
                section.Groups[2].Value.Select((level, index) => (Id: $"{section.Groups[1].Value}.{index + 1}", Level: $"{level}")))
            .Where(requirement => requirement.Level != "3").ToList();
        Assert.Equal((70, 183), (wanted.Count(one => one.Level == "1"), wanted.Count(one => one.Level == "2")));
        Assert.Equal(wanted, Lines.Select(line => (line.Id, line.Level)));
        Assert.All(Lines, line => Assert.True(line.Verdict is "holds" or "fails" or "not ours", line.Id));
    }

    [Fact]
    public void No_requirement_of_level_1_fails() =>
        Assert.Empty(Lines.Where(line => line is { Level: "1", Verdict: "fails" }).Select(line => line.Id));

    [Fact]
    public void Every_test_that_a_line_names_exists_and_every_line_that_holds_names_one()
    {
        var classes = Repository.Files("tests", "*.cs").Select(File.ReadAllText)
            .SelectMany(text => Class().Matches(text).Select(found => (Name: found.Groups[1].Value, Text: text)))
                .ToLookup(each => each.Name, each => each.Text);
        Assert.All(Lines.Where(line => line.Verdict == "holds"), line => Assert.True(Named().IsMatch(line.Proof), line.Id));
        var named = Lines.SelectMany(line => Named().Matches(line.Proof))
            .Select(name => (Class: name.Groups[1].Value, Method: name.Groups[2].Value)).Distinct().ToList();
        Assert.InRange(named.Count, 80, 1000);
        Assert.All(named, name => Assert.True(
            classes[name.Class].Any(text => Regex.IsMatch(text, $@"\[(Fact|Theory)[\s\S]*?\b{name.Method}\(")),
                $"{name.Class}.{name.Method} is no test"));
    }

    [Theory]
    [InlineData("Who may do what")]
    [InlineData("Ways in")]
    [InlineData("What is taken in")]
    [InlineData("Limits")]
    [InlineData("Files")]
    [InlineData("Cryptography")]
    [InlineData("Data, and how long it is kept")]
    [InlineData("What is logged")]
    [InlineData("What it talks to")]
    [InlineData("What the operator does")]
    [InlineData("Packages")]
    public void What_has_to_be_written_down_stands_here(string heading)
    {
        var start = Document.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start > 0, $"No chapter « {heading} »");
        var end = Document.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        Assert.InRange(Document[start..(end < 0 ? Document.Length : end)].Length, 400, 60_000);
    }

    [Fact]
    public void Every_package_that_is_delivered_is_listed()
    {
        var delivered = Repository.Files("src", "*.csproj").Concat(Repository.Files("contracts", "*.csproj"))
            .SelectMany(path => XDocument.Load(path).Descendants("PackageReference"))
            .Select(package => package.Attribute("Include")!.Value).Distinct().ToList();
        Assert.InRange(delivered.Count, 15, 200);
        Assert.All(delivered, package => Assert.Contains($"`{package}`", Document, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"(\d+\.\d+) ([123]+)")]
    private static partial Regex Section();

    [GeneratedRegex(@"`([A-Z]\w+)\.([A-Z]\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Class();

    private sealed record Requirement(string Id, string Level, string Words, string Verdict, string Proof);
}
