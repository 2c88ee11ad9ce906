using Interclustering.Contracts;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;

namespace Interclustering.Tests.Sources;

public sealed class ImportReaderTests
{
    [Fact]
    public void OpenAgenda_event_keeps_its_sessions_in_local_time_and_in_order()
    {
        var read = Assert.Single(Fixture.Read("openagenda.json").Events);
        Assert.Equal("Atelier quai fluide", read.Title);
        Assert.Equal([new Session("1", "2026-03-24T09:00:00", "2026-03-24T11:00:00"),
            new Session("2", "2026-03-31T09:00:00", "2026-03-31T11:00:00")], read.Event.Sessions);
        Assert.Equal("Venez **nombreux**\u00A0:\n\n- le quai\n- le camion", read.Event.Text);
        Assert.Equal([KnownThemes.Urban], read.Event.Themes);
        Assert.Equal(("53", "48.1173", "-1.6778"), (read.Event.Place!.Region, read.Event.Place.Latitude, read.Event.Place.Longitude));
        Assert.Equal((Attendance.Hybrid, true, "https://inscription.example/1001"),
            (read.Event.Attendance, read.Event.Full, read.Event.RegistrationUrl));
        Assert.Equal(new SourceReference("openagenda", "1001"), read.Event.Source);
    }

    [Fact]
    public void OpenAgenda_event_that_cannot_be_read_is_reported_with_its_reason() => Assert.Equal(
        [("1002", "La date de début manque."), ("1003", "Le titre manque."), ("1004", "La fin précède le début.")],
        Fixture.Read("openagenda.json").Rejected.Select(problem => (problem.Key!, problem.Reason)));

    [Fact]
    public void The_Events_Calendar_times_come_from_utc_and_the_zone()
    {
        var read = Fixture.Read("the-events-calendar.json").Events[0];
        Assert.Equal("Visite d’un quai", read.Title);
        Assert.Equal([new Session("1", "2026-07-14T10:00:00", "2026-07-14T12:00:00")], read.Event.Sessions);
        Assert.Equal("Deux *heures* sur place.\n\nTarif\u00A0: 10 €", read.Event.Text);
        Assert.Equal("Deux heures.", read.Event.Summary);
        Assert.Equal([KnownThemes.Digital], read.Event.Themes);
        Assert.Equal(("Nantes", "FR"), (read.Event.Place!.City, read.Event.Place.Country));
    }

    [Fact]
    public void The_Events_Calendar_all_day_event_ends_on_the_following_day()
    {
        var read = Fixture.Read("the-events-calendar.json").Events[1];
        Assert.Equal("agenda.example?id=13", read.Key);
        Assert.Equal([new Session("1", "2026-07-15", "2026-07-17")], read.Event.Sessions);
    }

    [Fact]
    public void Placeholder_is_reported_with_its_field() => Assert.Equal(
        ["Le champ «\u00A0id\u00A0» contient encore un texte à remplacer\u00A0: {EVENT_ID}.",
            "Le champ «\u00A0global_id\u00A0» contient encore un texte à remplacer\u00A0: {EVENT_ID}."],
        Fixture.Read("the-events-calendar.json").Rejected.Select(problem => problem.Reason));

    [Fact]
    public void Calendar_series_without_end_is_kept_for_three_years_without_its_exceptions()
    {
        var document = Fixture.Read("calendar.ics");
        var series = document.Events[0];
        Assert.Equal(("club@example", "Europe/Paris"), (series.Key, series.Event.TimeZone));
        Assert.Equal([new Session("1", "2026-03-03T08:30:00", "2026-03-03T10:00:00")], series.Event.Sessions);
        Assert.Equal("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20291231T235959Z", series.Event.Recurrence!.Rule);
        Assert.Equal(["2026-04-07T08:30:00", "2026-05-05T08:30:00"], series.Event.Recurrence.Except);
        Assert.Equal((Attendance.Hybrid, "https://visio.example/club"), (series.Event.Attendance, series.Event.OnlineUrl));
        Assert.Contains(document.Remarks, problem => problem.Key == series.Key);
        Assert.Equal("club@example/20260505T083000", document.Events[1].Key);
    }

    [Fact]
    public void Calendar_dates_durations_and_statuses_are_read()
    {
        var document = Fixture.Read("calendar.ics");
        Assert.Equal([new Session("1", "2026-06-10", "2026-06-11")], document.Events[2].Event.Sessions);
        Assert.Equal(EventStatus.Cancelled, document.Events[2].Event.Status);
        Assert.Equal([new Session("1", "2026-07-01T10:00:00", "2026-07-01T11:30:00")], document.Events[3].Event.Sessions);
        Assert.Equal(("Sans identifiant", "2026-07-01T10:00:00 sans identifiant"),
            (document.Events[4].Title, document.Events[4].Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bonjour")]
    [InlineData("{")]
    [InlineData("{\"events\": 3}")]
    [InlineData("[]")]
    [InlineData("[1, null, \"x\", []]")]
    [InlineData("BEGIN:VCALENDAR")]
    public void Anything_else_ends_in_a_report(string content)
    {
        var document = ImportReader.Read(System.Text.Encoding.UTF8.GetBytes(content), null, Fixture.Today);
        Assert.Empty(document.Events);
        Assert.NotEmpty(document.Rejected);
    }
}
