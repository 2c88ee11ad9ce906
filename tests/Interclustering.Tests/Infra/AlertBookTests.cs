using System.Text.RegularExpressions;
using Interclustering.Federation.Liveness;
using Interclustering.Server.Alerts;
using Interclustering.Testing;

namespace Interclustering.Tests.Infra;

/// <summary>Which problems the operators are told of, and when.</summary>
public sealed partial class AlertBookTests
{
    private static readonly TimeSpan After = TimeSpan.FromMinutes(30);
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Problem Silent = new("hub", "silence", "Nothing was heard of bsc.", Severity.Notice) { About = "bsc" };

    [Fact]
    public void It_is_told_when_it_has_lasted_and_not_again()
    {
        var book = AlertBook.Empty.Seen([Silent], Noon, After);
        Assert.False(book.IsDue(Silent, Noon + After - TimeSpan.FromSeconds(1), After));
        Assert.True(book.IsDue(Silent with { Detail = "Other words." }, Noon + After, After));
        book = book.Told([Silent], Noon + After).Seen([Silent], Noon.AddDays(3), After);
        Assert.False(book.IsDue(Silent, Noon.AddDays(3), After));
    }

    [Fact]
    public void What_goes_before_it_was_told_begins_anew()
    {
        var book = AlertBook.Empty.Seen([Silent], Noon, After).Seen([], Noon.AddMinutes(29), After)
            .Seen([Silent], Noon.AddMinutes(30), After);
        Assert.False(book.IsDue(Silent, Noon.AddMinutes(59), After));
        Assert.True(book.IsDue(Silent, Noon.AddMinutes(60), After));
    }

    [Fact]
    public void What_flickers_is_one_problem_and_what_comes_back_later_another()
    {
        var told = AlertBook.Empty.Seen([Silent], Noon, After).Told([Silent], Noon);
        var flickers = told.Seen([], Noon.AddMinutes(10), After).Seen([Silent], Noon.AddMinutes(20), After)
            .Seen([], Noon.AddMinutes(30), After).Seen([], Noon.AddMinutes(59), After).Seen([Silent], Noon.AddMinutes(59), After);
        Assert.False(flickers.IsDue(Silent, Noon.AddDays(1), After));

        var back = told.Seen([], Noon.AddMinutes(10), After).Seen([], Noon.AddMinutes(40), After).Seen([Silent], Noon.AddHours(1), After);
        Assert.False(back.IsDue(Silent, Noon.AddMinutes(89), After));
        Assert.True(back.IsDue(Silent, Noon.AddMinutes(90), After));
    }

    [Fact]
    public void Each_peer_is_a_problem_of_its_own()
    {
        var other = Silent with { About = "lsn" };
        var book = AlertBook.Empty.Seen([Silent], Noon, After).Told([Silent], Noon).Seen([Silent, other], Noon, After);
        Assert.False(book.IsDue(Silent, Noon + After, After));
        Assert.True(book.IsDue(other, Noon + After, After));
    }

    [Theory]
    [InlineData("hub", "bsc", true)]
    [InlineData("lsn", "hub", true)]
    [InlineData("lsn", "bsc", false)]
    public void That_a_node_is_silent_is_told_by_the_hub_alone(string participant, string about, bool told)
    {
        var problem = Silent with { Participant = participant, About = about };
        Assert.Equal(told, AlertBook.Empty.Seen([problem], Noon, After).IsDue(problem, Noon + After, After));
    }

    [Fact]
    public void It_is_the_same_after_it_was_written_and_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            var book = AlertBook.Empty.Seen([Silent], Noon, After).Told([Silent], Noon.AddMinutes(1)).Seen([], Noon.AddMinutes(2), After);
            book.Write(path);
            Assert.True(book.IsSameAs(AlertBook.Read(path)));
            Assert.NotEmpty(book.Alerts);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_kind_of_the_operators_table_has_words_and_a_remedy()
    {
        var table = File.ReadAllText(Repository.PathTo("docs", "operations.md")).Split("| kind | severity | meaning |")[1].Split("\n\n")[0];
        var kinds = Kind().Matches(string.Join('\n', table.Split('\n').Select(row => row.Split('|').ElementAtOrDefault(1))))
            .Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("certificate", kinds);
        Assert.All(kinds, kind =>
        {
            Assert.NotEqual(kind, AlertWords.Title(new Problem("", kind, "", Severity.Notice)));
            Assert.NotEqual(AlertWords.Remedy("unknown"), AlertWords.Remedy(kind));
        });
    }

    [GeneratedRegex("`([a-z]+)`")]
    private static partial Regex Kind();
}
