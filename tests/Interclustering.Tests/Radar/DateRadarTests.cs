using System.Globalization;
using CsCheck;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Node.Publishing.Form;
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

    [Fact]
    public void The_sentence_names_the_holiday_the_school_holidays_and_what_clashes()
    {
        var christmas = new DateOnly(2026, 12, 25);
        var radar = DateRadar.Of(Plan with { Day = christmas }, [At(1, "Portes ouvertes", christmas)], SchoolHolidays.Known, Today);
        Assert.Equal("C’est un jour férié : Noël ; c’est pendant les vacances scolaires : Vacances de Noël, zone B ; "
            + "Logistique Seine Normandie a un événement le même jour.", radar.InWords().Replace('\u00a0', ' '));
        Assert.StartsWith("Cette date est passée",
            DateRadar.Of(Plan with { Day = Today.AddDays(-1) }, [], SchoolHolidays.Known, Today).InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_day_and_occurrence_is_looked_at()
    {
        var far = Day.AddDays(60);
        var radar = DateRadar.Of(Plan with { Others = [Day, Day.AddDays(30), far, new DateOnly(2027, 5, 1), Today.AddDays(-1)] },
            [At(1, "Même thème", far, themes: [KnownThemes.Urban]), At(0, "Passé", Today.AddDays(-1))], SchoolHolidays.Known, Today);
        Assert.Equal([far, new DateOnly(2027, 5, 1)], radar.Others.Select(day => day.Day));
        Assert.Equal("Logistique Seine Normandie a un événement le lun. 8 févr. sur le même thème ; 1 autre de vos dates n’est pas libre.",
            radar.InWords().Replace('\u00a0', ' '));
    }

    [Fact]
    public void A_form_is_looked_at_with_all_its_days()
    {
        var form = ItemForm.Empty(Kinds.Event);
        form.Sessions.Clear();
        form.Sessions.Add(new("1", "2026-12-10", "09:00", "2026-12-12", "17:00"));
        form.Sessions.Add(new("2", "2027-01-07", "09:00"));
        form["repeat"] = "toutes les semaines, 3 fois";
        var plan = RadarPages.PlanOf(form, "53", self: null, Today)!;
        Assert.Equal(Day, plan.Day);
        Assert.Equal(["2026-12-11", "2026-12-12", "2026-12-17", "2026-12-24", "2027-01-07"],
            plan.Others.Distinct().Order().Select(day => day.ToString("O", CultureInfo.InvariantCulture)));
        form["chosen"] = "2027-01-07";
        Assert.Equal(new DateOnly(2027, 1, 7), RadarPages.PlanOf(form, "53", self: null, Today)!.Day);
    }

    [Theory]
    [InlineData("2026-12-10", "2026-12-12", "2026-12-17", "2026-12-19")]
    [InlineData("2026-12-10", "", "2026-12-17", "")]
    [InlineData("2026-12-10", "2026-12-09", "2026-12-17", "")]
    [InlineData("demain", "2026-12-12", "2026-12-17", "")]
    public void On_a_free_day_it_lasts_as_long(string date, string last, string free, string until)
    {
        var moved = new SessionInput("1", date, "09:00", last).On(DateOnly.ParseExact(free, "O", CultureInfo.InvariantCulture));
        Assert.Equal((free, until), (moved.Date, moved.EndDate));
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
