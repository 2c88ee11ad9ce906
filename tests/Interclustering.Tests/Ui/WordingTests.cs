using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Interclustering.Contracts;
using Interclustering.Testing;
using Interclustering.Ui.Words;

namespace Interclustering.Tests.Ui;

public sealed partial class WordingTests
{
    public static TheoryData<string> Projects =>
        [.. Repository.Files("src", "Texts.en.resx").Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_text_has_its_english_with_the_same_places_and_none_is_left_over(string project)
    {
        var sources = Repository.Files($"src/{project}", "*.cs").Concat(Repository.Files($"src/{project}", "*.razor"))
            .Select(path => Joined().Replace(File.ReadAllText(path), "")).ToList();
        // Names of holidays are said by the workspace and kept elsewhere.
        var elsewhere = project == "Interclustering.Node" ? Repository.Files("src/Interclustering.Dates", "*.cs")
            .Concat(Repository.Files("src/Interclustering.Dates", "*.json")).Select(File.ReadAllText).ToList() : [];
        var used = sources.SelectMany(text => Used().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();
        var english = XDocument.Load(Repository.PathTo("src", project, "Texts.en.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(english.Keys));
        Assert.DoesNotContain(english.Keys, key =>
            !sources.Concat(elsewhere).Any(text => text.Contains($"\"{key}\"", StringComparison.Ordinal)));
        Assert.All(english, pair => Assert.Equal(Places(pair.Key), Places(pair.Value)));
    }

    [Fact]
    public void The_whole_vocabulary_is_in_two_languages()
    {
        string[] slugs = [.. KnownThemes.All, .. Audiences.All, .. EventFormats.All, .. Attendance.All, .. EventStatus.All,
            .. Visibility.All];
        var french = slugs.Select(Vocabulary.Label).ToList();
        var english = In("en-GB", () => slugs.Select(Vocabulary.Label).ToList());
        Assert.DoesNotContain(french, slugs.Contains);
        Assert.Empty(french.Intersect(english).Except(["Institutions"]));
    }

    [Theory]
    [InlineData("Quoi : « rien » ?", "Quoi\u00a0: «\u00a0rien\u00a0»\u00a0?")]
    [InlineData("{0} clusters", "{0}\u00a0clusters")]
    [InlineData("à 10:30, voilà", "à 10:30, voilà")]
    public void French_punctuation_does_not_break(string plain, string typeset) => Assert.Equal(typeset, Wording.Typeset(plain));

    [Theory]
    [InlineData("fr-FR", "lundi 23\u00a0novembre 2026", "Dans 2\u00a0jours", "9\u00a0h\u00a030 – 11\u00a0h")]
    [InlineData("en-GB", "Monday 23\u00a0November 2026", "In 2 days", "9:30 – 11:00")]
    public void Dates_follow_the_language(string culture, string full, string relative, string hours) => In(culture, () =>
    {
        var day = new DateOnly(2026, 11, 23);
        Assert.Equal(full, DateWords.InFull(day));
        Assert.Equal(relative, DateWords.Relative(day.AddDays(2), day));
        Assert.Equal(hours, DateWords.Hours(new TimeOnly(9, 30), new TimeOnly(11, 0)));
        return 0;
    });

    [Fact]
    public void The_first_of_a_month_is_premier() =>
        Assert.Equal("mardi 1er\u00a0décembre 2026", In("fr-FR", () => DateWords.InFull(new DateOnly(2026, 12, 1))));

    private static T In<T>(string culture, Func<T> act)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static List<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex("""\bT(?:\.Count\(|\[)\s*"((?:[^"\\]|\\.)*)"\s*[\],]""")]
    private static partial Regex Used();

    /// <summary>Between two parts of a text that goes over several lines.</summary>
    [GeneratedRegex("""(?<=[^\\])"\s*\n\s*\+ "(?!")""")]
    private static partial Regex Joined();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
