using Interclustering.Dates;

namespace Interclustering.Tests.Radar;

public sealed class HolidayTests
{
    // US Naval Observatory, « The Date of Easter ».
    [Theory]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2038-04-25")]
    public void Easter_is_when_it_is(string sunday)
    {
        var day = DateOnly.Parse(sunday, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(day, PublicHolidays.Easter(day.Year));
        Assert.Equal("Lundi de Pâques", PublicHolidays.NameOf(day.AddDays(1)));
        // In 2008 it fell on the 1st of May.
        Assert.Equal(day.Year == 2008 ? "Fête du travail" : "Ascension", PublicHolidays.NameOf(day.AddDays(39)));
        Assert.Equal("Lundi de Pentecôte", PublicHolidays.NameOf(day.AddDays(50)));
    }

    [Theory]
    [InlineData(2026, 11)]
    [InlineData(2027, 11)]
    public void A_year_has_eleven_public_holidays(int year, int count) => Assert.Equal(
        count, Enumerable.Range(0, 365).Select(new DateOnly(year, 1, 1).AddDays).Count(day => PublicHolidays.NameOf(day) is not null));

    [Fact]
    public void School_holidays_are_those_of_the_zone_and_end_before_the_return()
    {
        var known = SchoolHolidays.Known;
        Assert.Equal("B", SchoolHolidays.ZoneOf("53"));
        Assert.Null(SchoolHolidays.ZoneOf("94"));
        Assert.Equal(["Vacances d’hiver"], known.On(new DateOnly(2027, 2, 22), ["B"]).Select(holiday => holiday.Name));
        Assert.Empty(known.On(new DateOnly(2027, 2, 22), ["C"]));
        Assert.Equal(["A", "B", "C"], known.On(new DateOnly(2026, 12, 25), SchoolHolidays.AllZones).Single().Zones);
        Assert.Empty(known.On(new DateOnly(2027, 1, 4), SchoolHolidays.AllZones));
        Assert.True(known.Covers(new DateOnly(2027, 1, 4)));
        Assert.False(known.Covers(new DateOnly(2031, 1, 4)));
    }

    [Fact]
    public void Every_zone_has_the_same_weeks_in_a_year_of_the_file() => Assert.All(
        SchoolHolidays.Known.Holidays, holiday =>
            Assert.True(holiday.From < holiday.Until && holiday.Zones.All(SchoolHolidays.AllZones.Contains), holiday.Name));
}
