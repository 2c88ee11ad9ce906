using System.Text.RegularExpressions;
using Interclustering.Server.Configuration;
using Interclustering.Server.Doctor;
using Interclustering.Testing;

namespace Interclustering.Tests.Architecture;

/// <summary>
/// What the documentation says of the repository is so. <c>INTERCLUSTERING_WRITE_DOCS=1</c> writes what is made from code.
/// </summary>
public sealed partial class DocumentTests
{
    internal static readonly bool Writes = Environment.GetEnvironmentVariable("INTERCLUSTERING_WRITE_DOCS") == "1";

    [Fact]
    public void Configuration_is_documented_as_the_server_reads_it()
    {
        var path = Repository.PathTo("docs", "configuration.md");
        if (Writes)
        {
            File.WriteAllText(path, Setting.Document());
        }

        Assert.Equal(Setting.Document(), File.ReadAllText(path));
    }

    [Fact]
    public void The_example_of_doctor_is_what_doctor_prints()
    {
        const int Clusters = 6, Shown = 1, LinesOfEach = 2;
        var lines = File.ReadAllText(Repository.PathTo("docs", "operations.md")).Split("```text\nok ")[1].Split("\n```")[0].Split('\n');
        // What is filled in may be anything.
        var words = Directory.GetFiles(Repository.PathTo("src", "Interclustering.Server", "Doctor")).Select(File.ReadAllText)
            .SelectMany(text => Literal().Matches(text)).Select(match => Filled().Split(match.Groups[1].Value))
            .Where(parts => parts.Any(part => part.Count(char.IsLetter) > 3))
            .Select(parts => $"^{string.Join(".+", parts.Select(Regex.Escape))}$").ToList();
        var findings = lines[..^1].Select((line, at) => at == 0 ? "ok " + line : line).ToList();
        Assert.All(findings, line =>
        {
            var (subject, said) = (line[7..35].TrimEnd(), line[37..]);
            Assert.Equal(Finding.Good(subject, said).ToString(), line);
            Assert.Contains(words, pattern => Regex.IsMatch(said, pattern));
        });
        Assert.Equal($"0 wrong, 0 to look at, {findings.Count + (Clusters - Shown) * LinesOfEach} as they should be.", lines[^1]);
    }

    public static TheoryData<string> Documents => [.. Markdown().Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Relative_links_of_documents_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathTo(document))!;
        var broken = Link().Matches(File.ReadAllText(Repository.PathTo(document))).Select(match => match.Groups["to"].Value)
            .Where(to => to.Length > 0 && !Uri.TryCreate(to, UriKind.Absolute, out _))
            .Where(to => !File.Exists(Path.Combine(folder, to)) && !Directory.Exists(Path.Combine(folder, to)));

        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Documents_fit_into_140_columns(string document)
    {
        var code = false;
        foreach (var line in File.ReadLines(Repository.PathTo(document)))
        {
            code ^= line.StartsWith("```", StringComparison.Ordinal);
            Assert.True(code || line.StartsWith('|') || line.Length <= 140, line);
        }
    }

    [Fact]
    public void The_readme_is_short()
    {
        var lines = File.ReadAllLines(Repository.PathTo("README.md"));
        Assert.InRange(lines.Length, 1, 120);
        Assert.DoesNotContain(lines, line => line.Length > 120);
    }

    [Fact]
    public void The_tour_names_code_that_is_there()
    {
        var steps = Step().Matches(File.ReadAllText(Repository.PathTo("docs", "tour.md"))).ToList();
        Assert.NotEmpty(steps);
        Assert.All(steps, step =>
        {
            // A component has the name of its file, and does not say it.
            var (name, path) = (step.Groups["name"].Value, Repository.PathTo("docs", step.Groups["to"].Value));
            Assert.Contains(name.Split('.')[^1], Path.GetFileName(path) + File.ReadAllText(path), StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> Markdown() =>
        Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(new[] { "docs", "contracts" }.SelectMany(folder => Repository.Files(folder, "*.md")));

    [GeneratedRegex(@"""([^""\n]+)""")]
    private static partial Regex Literal();

    /// <summary>What an interpolated string fills in; cut off where that has a string of its own.</summary>
    [GeneratedRegex(@"\{[^}]*}?")]
    private static partial Regex Filled();

    [GeneratedRegex(@"\]\((?<to>[^)#\s]*)(#[^)]*)?\)")]
    private static partial Regex Link();

    /// <summary>A name in code that is linked to a file, e.g. <c>[`Journal.AppendAsync`](../src/…/Journal.cs)</c>.</summary>
    [GeneratedRegex(@"\[`(?<name>[\w.]+)`\]\((?<to>\.\./(src|contracts)/[^)]+\.(cs|razor))\)")]
    private static partial Regex Step();
}
