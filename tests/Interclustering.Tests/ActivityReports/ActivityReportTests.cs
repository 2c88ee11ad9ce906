using Interclustering.Contracts;
using Interclustering.JointWebinars;
using Interclustering.Node.ActivityReports;
using Interclustering.Node.NationalView;
using Interclustering.Testing;

namespace Interclustering.Tests.ActivityReports;

/// <summary>What is counted in a period, and what is not.</summary>
public sealed class ActivityReportTests
{
    private static readonly ReportPeriod Autumn = new(2026, 4);
    private readonly List<NationalItem> items = [];
    private readonly List<DateTime> published = [];
    private readonly List<SentIssue> letters = [];

    [Theory]
    [InlineData("2026-T1", "2026-01-01", "2026-03-31")]
    [InlineData("2026-T4", "2026-10-01", "2026-12-31")]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    public void A_period_has_its_days(string key, string from, string to)
    {
        var period = ReportPeriod.Read(key)!;
        Assert.Equal((key, from, to), (period.Key, $"{period.From:yyyy-MM-dd}", $"{period.To:yyyy-MM-dd}"));
        Assert.Equal(period, period.After.Before);
        Assert.Equal(period.From.AddDays(-1), period.Before.To);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-T5")]
    [InlineData("2026-T0")]
    [InlineData("2026-T1-T2")]
    [InlineData("99999")]
    [InlineData("1999")]
    [InlineData("T1")]
    [InlineData("2026-")]
    public void What_is_no_period_is_none(string? key) => Assert.Null(ReportPeriod.Read(key));

    /// <summary>The first and last day of the quarter are in it, and the days beside them are not.</summary>
    [Theory]
    [InlineData("2026-09-30T23:59:00", 0)]
    [InlineData("2026-10-01T00:00:00", 1)]
    [InlineData("2026-12-31T23:00:00", 1)]
    [InlineData("2027-01-01T00:00:00", 0)]
    public void An_event_counts_on_its_first_day(string start, int expected)
    {
        Add(Happening.On(start));
        Assert.Equal(expected, Figures.Total.Events);
    }

    [Fact]
    public void What_was_called_off_or_is_for_teams_does_not_count()
    {
        Add(Happening.On("2026-10-10T09:00:00") with { Status = EventStatus.Cancelled });
        Add(Happening.On("2026-10-10T09:00:00") with { Status = EventStatus.Postponed });
        Add(Happening.On("2026-10-10T09:00:00") with { Visibility = Visibility.Staff });
        Add(Happening.On("2026-10-10T09:00:00") with { Status = EventStatus.Rescheduled });
        Add(Happening.On("2026-10-10T09:00:00") with { Visibility = Visibility.Members });
        Assert.Equal(2, Figures.Total.Events);
    }

    [Fact]
    public void What_several_organise_counts_for_each_and_once_in_all()
    {
        Add(Happening.On("2026-10-10T09:00:00") with { CoOrganisers = ["lsn"], Themes = ["a", "b"] });
        var figures = Figures;
        Assert.Equal((1, 1, 1), (figures.Total.Events, figures.ByCluster["bsc"].Events, figures.ByCluster["lsn"].Events));
        Assert.Equal(["a", "b"], figures.ByTheme.Keys.Order());
    }

    [Fact]
    public void Webinars_of_one_and_of_several_are_apart()
    {
        Add(new Webinar { Nonce = "", Title = "Un", Sessions = [new Session("1", "2026-11-10T09:00:00")] });
        Add(new Webinar { Nonce = "", Title = "Deux", Sessions = [new Session("1", "2026-11-10T09:00:00")] }, isJoint: true);
        Assert.Equal((1, 1, 0), (Figures.Total.Webinars, Figures.Total.JointWebinars, Figures.Total.Events));
    }

    [Fact]
    public void A_sheet_counts_in_Paris_on_the_day_of_its_first_publication()
    {
        Add(new BestPractice { Nonce = "", Title = "Le soir" }, at: new DateTime(2026, 9, 30, 22, 30, 0, DateTimeKind.Utc));
        Add(new BestPractice { Nonce = "", Title = "La nuit" }, at: new DateTime(2026, 12, 31, 23, 30, 0, DateTimeKind.Utc));
        Assert.Equal(1, Figures.Total.Sheets);
        Assert.Equal(1, Figures.ByTheme[""].Sheets);
    }

    /// <summary>A cluster's own letter takes up nothing, nor does that of a co-organiser.</summary>
    [Fact]
    public void What_stands_in_letters_of_others_is_taken_up()
    {
        var id = Add(Happening.On("2026-10-10T09:00:00") with { CoOrganisers = ["lsn"] });
        letters.AddRange(new[] { "bsc", "lsn", "pil", "pil" }.Select(code =>
            new SentIssue(code, new LetterIssue { Nonce = "", SentOn = "2026-10-02", Items = [id, "pil-gone"] })));
        letters.Add(new SentIssue("pil", new LetterIssue { Nonce = "", SentOn = "2026-09-30", Items = [id] }));
        Assert.Equal((2, 2), (Figures.Total.TakenUp, Figures.ByCluster["bsc"].TakenUp));
    }

    [Theory]
    [InlineData(new int[0], null)]
    [InlineData(new[] { 4 }, 4)]
    [InlineData(new[] { 9, 1, 5 }, 5)]
    [InlineData(new[] { 9, 1 }, 1)]
    public void The_days_to_an_announcement_are_a_median(int[] days, int? expected) =>
        Assert.Equal(expected, (ActivityFigures.None with { DaysToAnnounce = days }).MedianDays);

    /// <summary>What is kept of a quarter is read again as it was, whatever the order it was counted in.</summary>
    [Fact]
    public void Figures_are_written_and_read()
    {
        Add(Happening.On("2026-10-10T09:00:00") with { CoOrganisers = ["lsn"], Themes = ["b", "a"] });
        var figures = Figures;
        Assert.Equal(figures.Write(), ActivityFigures.Read(figures.Write()).Write());
        items.Reverse();
        Assert.Equal(figures.Write(), Figures.Write());
    }

    [Fact]
    public void A_year_is_the_sum_of_its_quarters()
    {
        Add(Happening.On("2026-02-10T09:00:00"));
        Add(Happening.On("2026-10-10T09:00:00"));
        var sources = Sources;
        var year = new ReportPeriod(2026, null);
        Assert.Equal(sources.Of(year).Write(),
            year.Quarters.Select(sources.Of).Aggregate(ActivityFigures.None, (sum, each) => sum.Plus(each)).Write());
    }

    private ActivitySources Sources => new(items, published, Array.Empty<Dossier>(), letters);

    private ActivityFigures Figures => Sources.Of(Autumn);

    private string Add(PublishedItem item, DateTime at = default, bool isJoint = false)
    {
        var kind = item switch { Webinar => Kinds.Webinar, Event => Kinds.Event, _ => Kinds.BestPractice };
        var id = $"bsc-{Guid.CreateVersion7()}";
        items.Add(new NationalItem(id, Directories.Two.Find("bsc")!, kind, item, at) { IsJoint = isJoint });
        published.Add(at);
        return id;
    }
}
