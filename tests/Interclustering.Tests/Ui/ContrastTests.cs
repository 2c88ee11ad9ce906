using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.Tests.Ui;

/// <summary>Colours that the pages use, measured as WCAG 2.2 does (relative luminance).</summary>
public sealed partial class ContrastTests
{
    private static readonly Dictionary<string, (string Light, string Dark)> Tokens = Token().Matches(File.ReadAllText(
        Path.Combine(Repository.Root, "src", "Interclustering.Ui", "wwwroot", "interclustering.css"))).ToDictionary(
        match => match.Groups[1].Value, match => (match.Groups[2].Value, match.Groups[3].Value));

    private static readonly FederationDirectory Directory = JsonSerializer.Deserialize<FederationDirectory>(
        File.ReadAllText(Path.Combine(Repository.Root, "src", "Interclustering.Server", "directory.json")), ContractJson.Options)!;

    public static TheoryData<string> Codes => [.. Directory.Clusters.Select(cluster => cluster.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_clusters_mark_stands_out_from_paper_and_tint_and_carries_a_number(string code)
    {
        var colour = Directory.Find(code)!.Colour;
        foreach (var (mark, pick) in new (string, Func<(string Light, string Dark), string>)[] { (colour.Light, token => token.Light),
            (colour.Dark, token => token.Dark) })
        {
            Assert.True(Contrast(mark, pick(Tokens["paper"])) >= 3, $"{mark} on paper");
            Assert.True(Contrast(mark, pick(Tokens["tint"])) >= 3, $"{mark} on tint");
            Assert.True(Contrast(pick(Tokens["on-mark"]), mark) >= 4.5, $"a number on {mark}");
        }
    }

    [Theory]
    [InlineData("ink", "paper")]
    [InlineData("ink", "tint")]
    [InlineData("soft", "paper")]
    [InlineData("soft", "tint")]
    [InlineData("accent", "paper")]
    [InlineData("warn", "paper")]
    [InlineData("on-accent", "accent")]
    [InlineData("on-mark", "soft")]
    public void Text_is_legible_in_both_themes(string text, string ground)
    {
        Assert.True(Contrast(Tokens[text].Light, Tokens[ground].Light) >= 4.5);
        Assert.True(Contrast(Tokens[text].Dark, Tokens[ground].Dark) >= 4.5);
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var digits = hex.Length == 4 ? string.Concat(hex[1..].Select(digit => $"{digit}{digit}")) : hex[1..];
        var channels = Enumerable.Range(0, 3)
            .Select(index => int.Parse(digits.AsSpan(index * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToList();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    [GeneratedRegex(@"--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)")]
    private static partial Regex Token();
}
