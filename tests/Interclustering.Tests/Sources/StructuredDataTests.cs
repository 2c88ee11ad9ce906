using Interclustering.Testing;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Tests.Sources;

/// <summary>Events in the JSON-LD of a web page.</summary>
public sealed class StructuredDataTests
{
    [Fact]
    public void An_event_of_a_page_is_read_whole()
    {
        var read = Single("""
            {"@context":"https://schema.org","@type":"BusinessEvent","@id":"https://c.example/e/1#event",
             "name":"Journée &amp; débat","description":"<p>Deux <b>heures</b></p>",
             "startDate":"2026-12-10T09:00:00+01:00","endDate":"2026-12-10T12:30:00+01:00",
             "eventAttendanceMode":"https://schema.org/MixedEventAttendanceMode",
             "eventStatus":"https://schema.org/EventRescheduled",
             "previousStartDate":"2026-12-03T09:00:00+01:00","url":"/e/1","image":["https://c.example/i.png"],
             "keywords":"Logistique urbaine, quais",
             "location":[{"@type":"Place","name":"Quai 4",
                          "address":{"@type":"PostalAddress","streetAddress":"1 rue du Port",
                                     "postalCode":"35000","addressLocality":"Rennes","addressRegion":"Bretagne","addressCountry":"FR"}},
                         {"@type":"VirtualLocation","url":"https://visio.example/1"}],
             "offers":{"@type":"Offer","url":"https://billet.example/1"}}
            """);
        Assert.Equal(("https://c.example/e/1#event", "Journée & débat"), (read.Key, read.Title));
        var item = read.Event;
        Assert.Equal(("2026-12-10T09:00:00", "2026-12-10T12:30:00"), (item.Sessions[0].Start, item.Sessions[0].End));
        Assert.Equal((Attendance.Hybrid, EventStatus.Rescheduled, "2026-12-03T09:00:00"),
            (item.Attendance, item.Status, item.PreviousStart));
        Assert.Equal(("Quai 4", "Rennes", "53"), (item.Place?.Name, item.Place?.City, item.Place?.Region));
        Assert.Equal(("https://visio.example/1", "https://billet.example/1", "https://c.example/e/1", "https://c.example/i.png"),
            (item.OnlineUrl, item.RegistrationUrl, item.Url, item.Image?.Url));
        Assert.Equal([KnownThemes.Urban], item.Themes);
        Assert.Equal("Deux **heures**", item.Text);
        Assert.Equal(["Logistique urbaine", "quais"], read.Categories);
    }

    [Theory]
    [InlineData("""[{"@type":"Event","@id":"1","name":"A","startDate":"2026-12-10"}]""")]
    [InlineData(
        """{"@graph":[{"@type":"WebSite"},{"@type":["Thing","schema:EducationEvent"],"@id":"1","name":"A","startDate":"2026-12-10"}]}""")]
    [InlineData(
        """{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":"""
        + """{"@type":"http://schema.org/Event","@id":"1","name":"A","startDate":"2026-12-10"}}]}""")]
    public void Events_are_found_wherever_they_stand(string json)
    {
        var item = Single(json).Event;
        Assert.Equal(("A", "2026-12-10", "2026-12-11"), (item.Title, item.Sessions[0].Start, item.Sessions[0].End));
    }

    [Fact]
    public void Two_dates_of_one_page_are_two_events()
    {
        var document = Read(
            """[{"@type":"Event","name":"A","url":"https://c.example/a","startDate":"2026-12-10T09:00"},"""
            + """{"@type":"Event","name":"A","url":"https://c.example/a","startDate":"2026-12-17T09:00"}]""");
        Assert.Equal(2, document.Events.Count);
    }

    [Theory]
    [InlineData("{", "abîmé")]
    [InlineData("""{"@type":"Event","name":"A","url":"https://c.example/a"}""", "La date de début")]
    [InlineData("""{"@type":"Event","startDate":"2026-12-10"}""", "Le titre manque")]
    [InlineData("""{"@type":"Event","name":"A","startDate":"2026-12-10T10:00","endDate":"2026-12-10T09:00"}""", "La fin précède")]
    [InlineData("""{"@type":"Person","name":"A"}""", "aucun événement")]
    public void What_cannot_be_read_says_why(string json, string reason)
    {
        var document = Read(json);
        Assert.Empty(document.Events);
        Assert.Contains(reason, Assert.Single(document.Rejected).Reason, StringComparison.Ordinal);
    }

    private static ImportedEvent Single(string json) => Assert.Single(Read(json).Events);

    private static ImportDocument Read(string json) => ImportReader.Read(
        Encoding.UTF8.GetBytes(
            $"<!doctype html><html><head><script type=\"application/ld+json\">{json}</script></head><body><h1>Agenda</h1></body></html>"),
            "https://c.example/agenda", Fixture.Today);
}
