using Interclustering.Contracts;
using Interclustering.Node.Demonstration;

namespace Interclustering.Tests.Demonstration;

public sealed class DemonstrationContentTests
{
    private static readonly FederationDirectory Directory = new()
    {
        Hub = new DirectoryEntry { Code = "hub", Name = "Hub" },
        Clusters = [.. new[] { "euralogistic", "lsn", "pasca", "pil", "tenlog", "bsc" }.Select(code => new Cluster
        {
            Code = code, Name = code, Region = code, Insee = "00", Colour = new Colour("#000000", "#ffffff"),
        })],
    };

    private static readonly List<DemonstrationItem> Items =
        [.. DemonstrationContent.Create(new DateOnly(2026, 11, 22), Directory).Values.SelectMany(items => items)];

    private static IEnumerable<T> All<T>() => Items.Select(item => item.Publication).OfType<T>();

    [Fact]
    public void Sixty_events_twelve_webinars_and_twenty_four_sheets_are_there()
    {
        Assert.Equal(60, All<Event>().Count(item => item is not Webinar));
        Assert.Equal(12, All<Webinar>().Count());
        Assert.Equal(24, All<BestPractice>().Count());
    }

    [Fact]
    public void Every_item_says_that_it_is_a_demonstration() =>
        Assert.All(All<PublishedItem>(), item => Assert.EndsWith("*Contenu de démonstration.*", item.Text, StringComparison.Ordinal));

    [Fact]
    public void Every_theme_format_and_attendance_is_shown()
    {
        Assert.Equal(KnownThemes.All.Order(), All<Event>().SelectMany(item => item.Themes).Distinct().Order());
        Assert.Equal(KnownThemes.All.Order(), All<BestPractice>().SelectMany(item => item.Themes).Distinct().Order());
        Assert.Equal(EventFormats.All.Order(), All<Event>().Select(item => item.Format).OfType<string>().Distinct().Order());
        Assert.Equal(Attendance.All.Order(), All<Event>().Select(item => item.Attendance).Distinct().Order());
        Assert.Equal(EventStatus.All.Order(), All<Event>().Select(item => item.Status).Distinct().Order());
        Assert.Equal(Visibility.All.Order(), All<Event>().Select(item => item.Visibility).Distinct().Order());
    }

    [Fact]
    public void Nothing_happens_on_a_weekend_whatever_the_day_of_seeding() => Assert.All(Enumerable.Range(0, 400), offset =>
    {
        var items = DemonstrationContent.Create(new DateOnly(2026, 1, 1).AddDays(offset), Directory).Values.SelectMany(list => list);
        var starts = items.Select(item => item.Publication).OfType<Event>().SelectMany(item => item.Sessions)
            .Select(session => DateOnly.ParseExact(session.Start[..10], "yyyy-MM-dd"));
        Assert.DoesNotContain(starts, day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    });

    [Fact]
    public void Every_named_person_is_published_by_the_same_cluster() =>
        Assert.All(DemonstrationContent.Create(new DateOnly(2026, 11, 22), Directory).Values, items =>
        {
            var persons = items.Where(item => item.Publication is Person).Select(item => item.Key).ToHashSet();
            Assert.All(items, item => Assert.Subset(persons, item.PersonKeys.ToHashSet()));
        });

    [Fact]
    public void Keys_are_unique_in_a_cluster() =>
        Assert.All(DemonstrationContent.Create(new DateOnly(2026, 11, 22), Directory).Values, items =>
            Assert.Equal(items.Count, items.Select(item => item.Key).Distinct().Count()));
}
