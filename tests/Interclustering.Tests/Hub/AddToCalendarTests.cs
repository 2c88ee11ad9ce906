using Interclustering.Contracts;
using Interclustering.Hub.Events;
using Interclustering.Hub.ReadModel;
using Interclustering.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Interclustering.Tests.Hub;

public sealed class AddToCalendarTests
{
    private const string Page = "https://interclustering.example/evenements/bsc-1/petit-dejeuner";

    [Theory]
    [InlineData("2026-12-10T09:00:00", "2026-12-10T10:30:00", "Europe/Paris", "20261210T080000Z/20261210T093000Z")]
    [InlineData("2027-06-10T09:00:00", "2027-06-10T10:30:00", "Europe/Paris", "20270610T070000Z/20270610T083000Z")]
    [InlineData("2026-12-10T09:00:00", "2026-12-10T10:00:00", "Europe/London", "20261210T090000Z/20261210T100000Z")]
    [InlineData("2026-12-10T20:00:00", "2026-12-11T00:00:00", "Europe/Paris", "20261210T190000Z/20261210T230000Z")]
    [InlineData("2026-10-24T22:00:00", "2026-10-25T04:00:00", "Europe/Paris", "20261024T200000Z/20261025T030000Z")]
    [InlineData("2026-12-10T09:00:00", null, "Europe/Paris", "20261210T080000Z/20261210T080000Z")]
    [InlineData("2026-12-10", null, "Europe/Paris", "20261210/20261211")]
    [InlineData("2026-12-10", "2026-12-13", "Europe/Paris", "20261210/20261213")]
    public void Google_gets_instants_or_days_with_an_exclusive_end(string start, string? end, string zone, string dates)
    {
        var fields = Fields(AddToCalendar.Google(Time(Happening.On(start, end) with { TimeZone = zone }), Page),
            "https://calendar.google.com/calendar/render");
        Assert.Equal("TEMPLATE", fields["action"]);
        Assert.Equal(dates, fields["dates"]);
        Assert.Equal(start.Length > 10 ? "Europe/Paris" : null, fields.GetValueOrDefault("ctz"));
    }

    [Theory]
    [InlineData("2026-12-10T09:00:00", "2026-12-10T10:30:00", "2026-12-10T08:00:00Z", "2026-12-10T09:30:00Z", null)]
    [InlineData("2026-12-10T09:00:00", null, "2026-12-10T08:00:00Z", null, null)]
    [InlineData("2026-12-10", "2026-12-12", "2026-12-10", "2026-12-12", "true")]
    public void Outlook_gets_the_same_in_its_own_form(string start, string? end, string from, string? to, string? allDay)
    {
        var fields = Fields(
            AddToCalendar.Outlook(AddToCalendar.Professional, Time(Happening.On(start, end)), Page),
                "https://outlook.office.com/calendar/0/deeplink/compose");
        Assert.Equal("addevent", fields["rru"]);
        Assert.Equal("/calendar/action/compose", fields["path"]);
        Assert.Equal(from, fields["startdt"]);
        Assert.Equal(to, fields.GetValueOrDefault("enddt"));
        Assert.Equal(allDay, fields.GetValueOrDefault("allday"));
    }

    [Fact]
    public void Words_arrive_as_they_were_written()
    {
        var time = Time(Happening.On("2026-12-10T09:00:00", title: "Café & quais + « 50 % » #1") with
        {
            Summary = "À midi ?",
            Attendance = Attendance.Hybrid,
            OnlineUrl = "https://visio.example/?a=1&b=2",
            Place = new Place { Name = "La Halle", PostalCode = "35000", City = "Rennes" },
        });
        var google = AddToCalendar.Google(time, Page);
        Assert.DoesNotContain("+", google, StringComparison.Ordinal);
        var fields = Fields(google, "https://calendar.google.com/calendar/render");
        Assert.Equal("Café & quais + « 50 % » #1", fields["text"]);
        Assert.Equal("La Halle, 35000 Rennes", fields["location"]);
        Assert.StartsWith("À midi ?\n\n", fields["details"], StringComparison.Ordinal);
        Assert.Contains("https://visio.example/?a=1&b=2", fields["details"], StringComparison.Ordinal);
        Assert.EndsWith(Page, fields["details"], StringComparison.Ordinal);
        var outlook = Fields(AddToCalendar.Outlook(AddToCalendar.Personal, time, Page),
            "https://outlook.live.com/calendar/0/deeplink/compose");
        Assert.Equal(fields["details"], outlook["body"]);
        Assert.Equal(fields["text"], outlook["subject"]);
    }

    [Fact]
    public void What_moved_online_no_longer_has_its_place() => Assert.Equal(
        "https://visio.example/1",
        Fields(
            AddToCalendar.Google(
                Time(Happening.On("2026-12-10T09:00:00") with
                {
                    MovedOnline = true,
                    OnlineUrl = "https://visio.example/1",
                    Place = new Place { City = "Rennes" }
                }), Page),
            "https://calendar.google.com/calendar/render")["location"]);

    private static Occurrence Time(Event happening) => Occurrences.Of(
        new Published("bsc-1", Kinds.Event, Directories.Two.Clusters[0], happening, 1, default, default, 1),
        new DateOnly(2026, 11, 23)).First();

    private static Dictionary<string, string?> Fields(string address, string form)
    {
        var uri = new Uri(address);
        Assert.Equal(form, uri.GetLeftPart(UriPartial.Path));
        return QueryHelpers.ParseQuery(uri.Query).ToDictionary(field => field.Key, field => (string?)field.Value);
    }
}
