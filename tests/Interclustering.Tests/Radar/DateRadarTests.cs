using CsCheck;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Node.Radar;
using Interclustering.Testing;

namespace Interclustering.Tests.Radar;

public sealed class DateRadarTests
{
    private static readonly DateOnly Today = new(2026, 11, 23), Day = new(2026, 12, 10);
    private static readonly Plan Plan = new(Day, [KnownThemes.Urban], [Audiences.Shippers], ["B"]);

    [Fact]
    public void It_says_who_has_what_the_same_theme_first()
    {
        var radar = Look(At(1, "La veille", Day.AddDays(-1)), At(0, "Option", Day, Firmness.Held, [KnownThemes.Urban], expires: Day));
        Assert.Equal(
            "Bretagne Supply Chain a une option le même jour sur le même thème ; Logistique Seine Normandie a un événement la veille.",
            radar.InWords().Replace('\u00a0', ' '));
        Assert.Equal(["Option"], radar.Planned.Engagements.Select(each => each.Title));
        Assert.Equal(Clash.Strong, radar.Planned.Clash);
    }

    [Fact]
    public void Eleven_days_stand_in_order_with_their_clash()
    {
        var radar = Look(At(1, "Ailleurs", Day), At(1, "Même public", Day.AddDays(1), audiences: [Audiences.Shippers]),
            At(1, "Salon", Day.AddDays(2), Firmness.Avoided));
        Assert.Equal(Enumerable.Range(-5, 11).Select(Day.AddDays), radar.Days.Select(day => day.Day));
        Assert.Equal(
            [Clash.None, Clash.None, Clash.None, Clash.None, Clash.None, Clash.Slight, Clash.Possible, Clash.Strong, Clash.None, Clash.None,
                Clash.None],
            radar.Days.Select(day => day.Clash));
    }

    [Fact]
    public void Free_days_are_the_next_five_working_ones_without_anything()
    {
        // Friday the 11th is taken, the weekend is no working day; the holidays of zone B begin on the 19th.
        var radar = Look(At(0, "Vendredi", new DateOnly(2026, 12, 11)));
        Assert.Equal([14, 15, 16, 17, 18], radar.Free.Select(day => day.Day));
        var later = DateRadar.Of(Plan with { Day = new DateOnly(2026, 12, 18) }, [], SchoolHolidays.Known, Today);
        Assert.Equal(new DateOnly(2027, 1, 4), later.Free[0]);
        Assert.All(DateRadar.Of(Plan with { Day = new DateOnly(2026, 11, 2) }, [], SchoolHolidays.Known, Today).Free, day =>
            Assert.True(day > Today));
    }

    [Fact]
    public void What_has_expired_what_is_moved_itself_and_what_is_far_is_not_in_the_way()
    {
        var radar = DateRadar.Of(
            Plan with { Self = "bsc-self" },
            [At(0, "Expirée", Day, Firmness.Held, expires: Today.AddDays(-1)), At(0, "Elle-même", Day) with { Subject = "bsc-self" },
                At(0, "Loin", Day.AddDays(6))], SchoolHolidays.Known, Today);
        Assert.All(radar.Days, day => Assert.Empty(day.Engagements));
        Assert.StartsWith("Aucun cluster", radar.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public void Something_of_several_days_is_in_the_way_on_each_of_them()
    {
        var radar = Look(At(0, "Salon", Day.AddDays(-1), last: Day.AddDays(1)));
        Assert.Equal([Day.AddDays(-1), Day, Day.AddDays(1)], radar.Days.Where(day => day.Engagements.Count > 0).Select(day => day.Day));
        Assert.Contains("le même jour", radar.InWords(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("53", false, "B")]
    [InlineData("53", true, "A B C")]
    [InlineData("94", false, "A B C")]
    [InlineData(null, false, "A B C")]
    public void School_zones_are_those_of_who_would_come(string? region, bool online, string zones) =>
        Assert.Equal(zones, string.Join(' ', Plan.ZonesOf(region, online)));

    [Fact]
    public void The_order_in_which_it_is_told_changes_nothing() => Gen.Int[-8, 40].Select(Gen.Int[0, 1], Gen.Bool, Gen.Bool)
        .Select((shift, cluster, theme, held) => At(cluster, $"{shift} {cluster} {theme} {held}", Day.AddDays(shift), held
            ? Firmness.Held : Firmness.Published, theme ? [KnownThemes.Urban] : []))
        .Array[0, 12].Select(told => told.DistinctBy(each => each.Title).ToArray())
        .SelectMany(told => Gen.Shuffle(told).Select(other => (told, other))).Sample(pair =>
        {
            var (one, two) = (Look(pair.told), Look(pair.other));
            Assert.Equal(one.Days.Select(day => (day.Day, day.Clash, day.Engagements.Count)),
                two.Days.Select(day => (day.Day, day.Clash, day.Engagements.Count)));
            Assert.Equal(one.Free, two.Free);
            Assert.All(one.Free, day => Assert.DoesNotContain(pair.told, each => each.Covers(day)));
        });

    private static DateRadar Look(params Engagement[] agenda) => DateRadar.Of(Plan, agenda, SchoolHolidays.Known, Today);

    private static Engagement At(
        int cluster, string title, DateOnly day, Firmness firmness = Firmness.Published, string[]? themes = null,
            string[]? audiences = null, DateOnly? last = null, DateOnly? expires = null) =>
        new($"s-{title}", Directories.Two.Clusters[cluster], firmness, title, new EventTime("1", null, day, null, last ?? day, null), themes
            ?? [], audiences ?? [], expires);
}
