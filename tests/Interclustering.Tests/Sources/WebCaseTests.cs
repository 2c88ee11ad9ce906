using System.Text;
using Interclustering.Contracts;
using Interclustering.Node.Sources.Reading;
using Interclustering.Testing;

namespace Interclustering.Tests.Sources;

/// <summary>Small pages, feeds and answers of calendars that were once read wrongly, and the right value of each.</summary>
public sealed class WebCaseTests
{
    private const string Page = "https://site.example/agenda";

    [Theory]
    [InlineData("F-page-windows-1252.html", "L’été à Évry", "2027-03-10T08:00:00")]
    [InlineData("G-tec-utc+04.json", "tz UTC+04:00", "2027-03-10T08:00:00")]
    [InlineData("H-br-in-title.json", "Visite exceptionnelle du quai", "2027-03-10T08:00:00")]
    [InlineData("K-openagenda-default-answer.json", "Visite du quai", "2027-03-10T08:00:00")]
    [InlineData("L-comment.html", "Visite du quai", "2027-03-10T08:00:00")]
    [InlineData("L-date-milliseconds.html", "Visite du quai", "2027-03-10T08:00:00")]
    [InlineData("L-language-value.html", "Visite du quai", "2027-03-10T08:00:00")]
    [InlineData("L-microdata.html", "Visite du quai", "2027-03-10T08:00:00")]
    [InlineData("L-rss.xml", "Visite", "2027-03-10T08:00:00")]
    [InlineData("L-status-list.html", "Visite du quai", "2027-03-10T08:00:00")]
    public void An_event_has_its_title_and_its_instant(string name, string title, string utc)
    {
        var read = Assert.Single(Read(name).Events);
        Assert.Equal(title, read.Title);
        Assert.Equal(utc, Utc(read));
    }

    [Theory]
    [InlineData("L-date-french.html", "05/11/2027 14:00")]
    [InlineData("L-date-month.html", "2027-03")]
    public void A_date_that_is_not_iso_8601_is_refused_in_its_own_words(string name, string written)
    {
        var document = Read(name);
        Assert.Empty(document.Events);
        var refused = Assert.Single(document.Rejected);
        Assert.Equal(("https://site.example/visite", "Visite du quai"), (refused.Key, refused.Title));
        Assert.Contains(written, refused.Reason, StringComparison.Ordinal);
        Assert.NotNull(document.Incomplete);
    }

    [Fact]
    public void A_page_of_an_answer_says_where_the_next_one_is()
    {
        var first = Read("A3-page-1.json", "https://site.example/wp-json/tribe/events/v1/events");
        Assert.Equal((4, "http://HOST/2", null), (first.Events.Count, first.NextPage, first.Incomplete));
        Assert.Equal("2027-03-02T08:00:00", Utc(first.Events[0]));
        Assert.Null(Read("A3-page-2-good.json").NextPage);
        Assert.Contains("4 événements sur 6", Read("A3-page-1.json", "page.json").Incomplete!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_any_data_may_be_an_error_and_says_what_was_looked_for()
    {
        var document = Read("A3-page-2-broken.html");
        Assert.Contains("JSON-LD", Assert.Single(document.Rejected).Reason, StringComparison.Ordinal);
        Assert.NotNull(document.Incomplete);
    }

    [Theory]
    [InlineData("C2-id-relative.html")]
    [InlineData("C5-parallel.html")]
    public void Two_events_of_a_page_that_names_them_alike_or_not_at_all_are_two(string name)
    {
        var (once, again) = (Read(name), Read(name));
        Assert.Equal(2, once.Events.Select(read => read.Key).Distinct().Count());
        Assert.Equal(once.Events.Select(read => read.Key), again.Events.Select(read => read.Key));
        Assert.Equal(2, Read(name, "page.html").Events.Select(read => read.Key).Distinct().Count());
    }

    [Fact]
    public void Events_of_two_pages_that_are_called_alike_there_have_keys_of_their_own()
    {
        const string json = """{"@type":"Event","@id":"#event","name":"A","startDate":"2027-03-10"}""";
        Assert.Equal(["https://site.example/a#event", "https://site.example/b#event"],
            new[] { "a", "b" }.Select(page => Assert.Single(Structured(json, $"https://site.example/{page}").Events).Key));
        Assert.Equal("https://site.example/x#y", Assert.Single(
            Structured("""{"@type":"Event","@id":"/x#y","name":"A","startDate":"2027-03-10"}""", Page).Events).Key);
    }

    [Fact]
    public void The_name_of_a_blank_node_is_no_key() => Assert.Equal("https://site.example/v#20270310T0900", Assert.Single(
        Structured("""{"@type":"Event","@id":"_:b0","name":"A","url":"/v","startDate":"2027-03-10T09:00"}""", Page).Events).Key);

    [Fact]
    public void OpenAgenda_without_details_has_its_known_times_and_says_that_there_may_be_more()
    {
        Assert.Empty(Read("K-openagenda-default-answer.json").Remarks);
        var document = Of(Encoding.UTF8.GetBytes("""
            {"events":[{"uid":1,"title":{"fr":"A"},"location":{"name":"Q","timezone":"Indian/Reunion"},
              "firstTiming":{"begin":"2027-03-10T09:00:00+04:00","end":"2027-03-10T11:00:00+04:00"},
              "nextTiming":{"begin":"2027-03-10T09:00:00+04:00","end":"2027-03-10T11:00:00+04:00"},
              "lastTiming":{"begin":"2027-04-10T09:00:00+04:00","end":"2027-04-10T11:00:00+04:00"}}]}
            """), null);
        var read = Assert.Single(document.Events);
        Assert.Equal(("Indian/Reunion", 2, "2027-03-10T09:00:00"),
            (read.Event.TimeZone, read.Event.Sessions.Count, read.Event.Sessions[0].Start));
        Assert.Contains("d’autres", Assert.Single(document.Remarks).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenAgenda_goes_on_after_its_last_event_or_says_that_it_does()
    {
        const string name = "K-openagenda-20-of-150.json";
        var first = Read(name, "https://openagenda.com/agendas/5/events.v2.json?detailed=1&after%5B%5D=9&after[]=x&size=20");
        Assert.Equal("https://openagenda.com/agendas/5/events.v2.json?detailed=1&size=20&after[]=0&after[]=2027-03-10&after[]=101",
            first.NextPage);
        Assert.Null(first.Incomplete);
        var file = Read(name, "agenda.json");
        Assert.Null(file.NextPage);
        Assert.StartsWith("20 événements sur 150\u00A0:", file.Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenAgenda_ends_where_it_gives_no_place_to_go_on()
    {
        var last = Of(Encoding.UTF8.GetBytes("""{"total":150,"after":null,"events":[]}"""),
            "https://openagenda.com/agendas/5/events.v2.json?after[]=1");
        Assert.Equal((null, null), (last.NextPage, last.Incomplete));
    }

    [Fact]
    public void An_end_after_midnight_is_of_the_next_day() => Assert.Equal(
        [new Session("1", "2027-03-10T09:00:00", "2027-03-10T11:00:00"), new Session("2", "2027-03-17T20:00:00", "2027-03-18T00:30:00")],
        Assert.Single(Read("K-openagenda-ends-at-midnight.json").Events).Event.Sessions);

    [Fact]
    public void The_page_of_an_OpenAgenda_event_is_known_by_two_slugs() => Assert.Equal("https://openagenda.com/bsc/events/visite",
        Assert.Single(Read("K-openagenda-no-address.json").Events).Event.Url);

    [Fact]
    public void What_no_field_of_ours_has_is_kept_in_the_text()
    {
        var read = Assert.Single(Of(Encoding.UTF8.GetBytes("""
            {"events":[{"uid":1,"title":"A","longDescription":{"fr":"Longue"},"timings":[{"begin":"2027-03-10T09:00:00+01:00"}],
              "registration":["02 99 00 00 00",{"type":"email","value":"a@site.example"},{"type":"link","value":"www.site.example/i"}],
              "conditions":{"fr":"10 €"},"accessibility":{"mi":true,"hi":false},
              "image":{"base":"https://cdn.example/main","filename":"i.jpg"}}]}
            """), null).Events).Event;
        Assert.Equal("Longue\n\nInscription\u00A0: 02 99 00 00 00, a@site.example\n\nTarif\u00A0: 10 €\n\n"
            + "Accessibilité\u00A0: handicap moteur", read.Text);
        Assert.Equal(("https://www.site.example/i", "https://cdn.example/main/i.jpg"), (read.RegistrationUrl, read.Image?.Url));
    }

    [Theory]
    [InlineData("\"draft\"", "false")]
    [InlineData("\"private\"", "false")]
    [InlineData("\"pending\"", "false")]
    [InlineData("\"publish\"", "true")]
    public void What_a_site_does_not_show_is_left_out_and_stays_present(string status, string hidden)
    {
        var document = Of(Encoding.UTF8.GetBytes($$"""
            {"events":[{"id":7,"url":"https://site.example/e","title":"A","status":{{status}},"hide_from_listings":{{hidden}},
              "utc_start_date":"2027-03-10 08:00:00"}],"rest_url":"https://site.example/"}
            """), Page);
        Assert.Empty(document.Events);
        Assert.Equal("site.example?id=7", Assert.Single(document.LeftOut).Key);
        Assert.Contains("site.example?id=7", document.Present());
    }

    [Fact]
    public void From_midnight_to_the_last_minute_is_a_whole_day_and_a_price_is_in_the_text()
    {
        var read = Assert.Single(Of(Encoding.UTF8.GetBytes("""
            {"events":{"3":{"id":7,"global_id":"s?id=7","title":"A","start_date":"2027-03-10 00:00:00","end_date":"2027-03-11 23:59:59",
              "timezone":"Europe/Paris","cost":"5&nbsp;€"}},"rest_url":"https://site.example/"}
            """), Page).Events).Event;
        Assert.Equal([new Session("1", "2027-03-10", "2027-03-12")], read.Sessions);
        Assert.Equal("Tarif\u00A0: 5\u00A0€", read.Text);
    }

    [Theory]
    [InlineData("""{"code":"rest_no_route","message":"Aucune route"}""", "Aucune route")]
    [InlineData("""{"error":"invalid key"}""", "invalid key")]
    [InlineData("""{"events":{"a":1}}""", "pas de liste")]
    public void An_answer_without_a_list_is_no_reading(string json, string reason)
    {
        var document = Of(Encoding.UTF8.GetBytes(json), Page);
        Assert.Contains(reason, document.Incomplete!, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_of_a_course_are_events_and_have_its_name_where_they_have_none()
    {
        var read = Assert.Single(Read("L-course-instances.html").Events);
        Assert.Equal(("Session mars", "Brest"), (read.Title, read.Event.Place?.Name));
        Assert.Equal([new Session("1", "2027-03-10", "2027-03-13")], read.Event.Sessions);
        Assert.Equal("Formation cariste", Assert.Single(Structured("""
            {"@type":"Course","name":"Formation cariste","hasCourseInstance":{"@type":"CourseInstance","startDate":"2027-03-10"}}
            """, Page).Events).Title);
    }

    [Fact]
    public void Events_of_an_organisation_are_read() =>
        Assert.Equal(["Visite du quai", "B"], Read("L-events-of-organisation.html").Events.Select(read => read.Title));

    [Fact]
    public void Of_several_statuses_each_counts()
    {
        var read = Assert.Single(Read("L-status-list.html").Events).Event;
        Assert.Equal((EventStatus.Rescheduled, true, "2027-02-10T09:00:00"), (read.Status, read.MovedOnline, read.PreviousStart));
    }

    [Theory]
    [InlineData("2027-03-10T09:00:00.000", "2027-03-10T09:00:00")]
    [InlineData("2027-03-10T09:00:00.123456+0100", "2027-03-10T09:00:00")]
    [InlineData("2027-07-10T09:00Z", "2027-07-10T11:00:00")]
    [InlineData("2027-03-10 09:00", "2027-03-10T09:00:00")]
    [InlineData("20270310", "2027-03-10")]
    [InlineData("20270310T090000", "2027-03-10T09:00:00")]
    [InlineData("2027-03-10T09:00:00-05", "2027-03-10T15:00:00")]
    [InlineData("2027-03-10T24:00", "2027-03-11T00:00:00")]
    [InlineData("2027-02-30", null)]
    [InlineData("2027-03-1009:00", null)]
    [InlineData("10 mars 2027", null)]
    [InlineData("03/04/2027", null)]
    [InlineData("2027-W10-3", null)]
    [InlineData("2027-03-10T09:00+25:00", null)]
    [InlineData("2027-03-10T9h", null)]
    [InlineData("١٢٣٤-03-10", null)]
    public void A_date_is_what_iso_8601_calls_one(string written, string? read) =>
        Assert.Equal(read, IsoTime.Read(written, "Europe/Paris")?.ToString());

    [Fact]
    public void A_description_that_was_escaped_twice_is_read_once() => Assert.Equal("Deux **heures**", Assert.Single(Structured(
        """{"@type":"Event","@id":"#a","name":"A","startDate":"2027-03-10","""
        + """ "description":"&lt;p&gt;Deux &lt;b&gt;heures&lt;/b&gt;&lt;/p&gt;\\n"}""",
        Page).Events).Event.Text);

    [Fact]
    public void A_choice_of_OpenAgenda_may_come_with_its_label()
    {
        var read = Assert.Single(Of(Encoding.UTF8.GetBytes("""
            {"events":[{"uid":1,"title":"A","timings":[{"begin":"2027-03-10T00:00:00+01:00","end":"2027-03-10T23:59:59+01:00"}],
              "status":{"id":4,"label":{"fr":"Reporté"}},"attendanceMode":{"id":2}}]}
            """), null).Events).Event;
        Assert.Equal((EventStatus.Postponed, Attendance.Online), (read.Status, read.Attendance));
        Assert.Equal([new Session("1", "2027-03-10", "2027-03-11")], read.Sessions);
    }

    [Fact]
    public void What_is_only_named_is_looked_up_on_the_page_and_the_french_words_count()
    {
        var read = Assert.Single(Structured("""
            {"@context":{"schema":"https://schema.org/"},"@graph":[
              {"@type":["schema:Thing","https://schema.org/EducationEvent"],
               "schema:name":[{"@value":"Visit","@language":"en"},{"@value":"Visite","@language":"fr-FR"}],
               "startDate":{"@type":"Date","@value":"2027-03-10"},"schema:url":{"@id":"/v"},"location":{"@id":"#place"},
               "eventStatus":{"@id":"schema:EventPostponed"},"offers":[{"availability":"https://schema.org/SoldOut"}]},
              {"@id":"#place","@type":"Place","name":"Quai","address":"1 rue du Port"}]}
            """, Page).Events);
        Assert.Equal(("Visite", "https://site.example/v", EventStatus.Postponed, true),
            (read.Title, read.Event.Url, read.Event.Status, read.Event.Full));
        Assert.Equal(("Quai", "1 rue du Port"), (read.Event.Place?.Name, read.Event.Place?.Street));
    }

    [Theory]
    [InlineData("\"https://visio.example/1\"", null, "https://visio.example/1", Attendance.Online)]
    [InlineData("\"Salle des fêtes\"", "Salle des fêtes", null, Attendance.OnSite)]
    [InlineData("[\"Brest\",{\"@type\":\"VirtualLocation\",\"url\":\"https://visio.example/1\"}]", "Brest", "https://visio.example/1",
        Attendance.Hybrid)]
    [InlineData("{\"@type\":\"VirtualLocation\",\"name\":\"Zoom\"}", null, null, Attendance.Online)]
    [InlineData("{\"@type\":\"PostalAddress\",\"addressLocality\":\"Brest\",\"addressCountry\":{\"name\":\"France\"}}", null, null,
        Attendance.OnSite)]
    public void A_place_may_be_words_an_address_or_a_link(string location, string? name, string? online, string attendance)
    {
        var read = Assert.Single(Structured(
            $$"""{"@type":"Event","name":"A","startDate":"2027-03-10","location":{{location}}}""", Page).Events).Event;
        Assert.Equal((name, online, attendance), (read.Place?.Name, read.OnlineUrl, read.Attendance));
    }

    [Theory]
    [InlineData("//<![CDATA[\n{0}\n//]]>")]
    [InlineData("/*<![CDATA[*/{0}/*]]>*/")]
    [InlineData("<!--\n{0}\n//-->")]
    [InlineData("{0};")]
    public void What_hid_a_script_from_old_browsers_hides_no_event(string wrapped) => Assert.Equal("A\u00A0B", Assert.Single(Structured(
        wrapped.Replace("{0}", "{\"@type\":\"Event\",\"name\":\"A&nbsp;B\",\"startDate\":\"2027-03-10\",\"description\":\"x\ny\"}",
            StringComparison.Ordinal), Page).Events).Title);

    [Fact]
    public void JsonLd_needs_no_page_around_it() => Assert.Equal("A", Assert.Single(Of(
        Encoding.UTF8.GetBytes("""{"@context":"https://schema.org","@type":"Event","name":"A","startDate":"2027-03-10"}"""), Page).Events)
        .Title);

    [Fact]
    public void Blocks_of_a_page_that_name_their_places_alike_have_each_its_own()
    {
        var blocks = new[] { "A", "B" }.Select(name => $$$"""
            <script type="application/ld+json">{"@graph":[{"@type":"Event","name":"{{{name}}}","startDate":"2027-03-10",
              "location":{"@id":"#place"}},{"@id":"#place","@type":"Place","name":"Quai {{{name}}}"}]}</script>
            """);
        Assert.Equal(["Quai A", "Quai B"], Of(Encoding.UTF8.GetBytes($"<html>{string.Concat(blocks)}"), Page).Events
            .Select(read => read.Event.Place?.Name));
    }

    [Fact]
    public void A_schedule_is_not_followed_and_that_is_said()
    {
        const string schedule = "\"eventSchedule\":{\"@type\":\"Schedule\",\"startDate\":\"2027-03-10\",\"repeatFrequency\":\"P1W\"}";
        Assert.Contains("eventSchedule", Assert.Single(Structured(
            $$"""{"@type":"Event","@id":"#a","name":"A",{{schedule}}}""", Page).Rejected).Reason, StringComparison.Ordinal);
        Assert.Contains("eventSchedule", Assert.Single(Structured(
            $$"""{"@type":"Event","@id":"#a","name":"A","startDate":"2027-03-10",{{schedule}}}""", Page).Remarks).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_dates_of_one_event_are_its_sessions() => Assert.Equal(
        [new Session("1", "2027-03-10T09:00:00", "2027-03-10T10:30:00"), new Session("2", "2027-03-17T09:00:00", "2027-03-17T10:30:00")],
        Assert.Single(Structured("""
            {"@type":"Event","@id":"#a","name":"A","startDate":["2027-03-10T09:00","2027-03-17T09:00"],"duration":"PT1H30M"}
            """, Page).Events).Event.Sessions);

    [Fact]
    public void Microdata_is_read_as_its_standard_says()
    {
        var read = Assert.Single(Of(Fixture.Bytes("microdata.html"), Page).Events);
        Assert.Equal(("https://site.example/visite#quai", "Visite d’un quai", "Deux heures\nsur place."),
            (read.Key, read.Title, read.Event.Text));
        Assert.Equal([new Session("1", "2027-03-10T09:00:00", "2027-03-10T11:00:00")], read.Event.Sessions);
        Assert.Equal((EventStatus.Cancelled, "Quai 4", "Brest", "https://site.example/visite"),
            (read.Event.Status, read.Event.Place?.Name, read.Event.Place?.City, read.Event.Url));
    }

    [Theory]
    [InlineData("<p vocab='https://schema.org/' typeof='Event' resource='#e'><b property='name'>A</b><time property='startDate' "
        + "datetime='2027-03-10T09:00'>x</time><span property='location' typeof='Place'><i property='name'>Quai</i></span></p>")]
    [InlineData("<p typeof='schema:Event'><b property='schema:name'>A</b><i property='schema:startDate' content='2027-03-10T09:00'></i>"
        + "<span rel='schema:location'>Quai</span></p>")]
    [InlineData("<div class='h-event'><b class='p-name'>A</b><time class='dt-start' datetime='2027-03-10 09:00'>x</time>"
        + "<span class='p-location h-card'><i class='p-name'>Quai</i></span></div>")]
    [InlineData("<div class='vevent'><b class='summary'>A</b><abbr class='dtstart' title='2027-03-10T09:00'>x</abbr>"
        + "<span class='location'>Quai</span></div>")]
    [InlineData("<div class='vevent'><b class='summary'>A</b><span class='dtstart'>mercredi<i class='value-title' title='2027-03-10T09:00'>"
        + " </i></span><span class='location vcard'><b class='fn'>Quai</b></span></div>")]
    public void Other_ways_to_mark_an_event_in_a_page_are_read(string html)
    {
        var read = Assert.Single(Of(Encoding.UTF8.GetBytes(html), Page).Events);
        Assert.Equal(("A", "2027-03-10T09:00:00", "Quai"), (read.Title, read.Event.Sessions[0].Start, read.Event.Place?.Name));
    }

    [Fact]
    public void A_page_that_asks_for_a_password_says_so() => Assert.Equal("Cette page demande de se connecter.", Of(
        Encoding.UTF8.GetBytes("<form><input name=u><input type=password name=p></form>"), Page).Incomplete);

    [Fact]
    public void A_feed_gives_the_events_that_say_when_they_take_place()
    {
        var document = Of(Fixture.Bytes("feed.xml"), "https://site.example/feed");
        Assert.Equal("rss", document.System);
        Assert.Equal([("v-1", "Visite d’un quai"), ("https://site.example/a", "Atelier")],
            document.Events.Select(read => (read.Key, read.Title)));
        var (first, second) = (document.Events[0].Event, document.Events[1].Event);
        Assert.Equal(("Deux **heures**", "Quai 4, Brest", "https://site.example/v"), (first.Text, first.Place?.Name, first.Url));
        Assert.Equal([new Session("1", "2027-03-10T09:00:00", "2027-03-10T11:00:00")], first.Sessions);
        Assert.Equal([new Session("1", "2027-03-11T09:00:00", "2027-03-11T11:30:00")], second.Sessions);
        Assert.Equal(("p-1", "Un article"), (Assert.Single(document.Rejected).Key, document.Rejected[0].Title));
        Assert.Contains("la date de publication n’en est pas une", document.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='urn:ietf:params:xml:ns:xcal'><entry><title>A</title><id>urn:1</id>"
        + "<link href='https://site.example/a'/><updated>2027-01-01T00:00:00Z</updated><x:dtstart>20270310</x:dtstart>"
        + "<x:dtend>20270311</x:dtend></entry></feed>", "2027-03-10")]
    [InlineData("<!-- x --><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:ev="
        + "'http://purl.org/rss/1.0/modules/event/'><item rdf:about='urn:1'><title>A</title><ev:startdate>2027-03-10</ev:startdate></item>"
        + "</rdf:RDF>", "2027-03-10")]
    [InlineData("<rss><channel><item><title>A</title><guid>urn:1</guid><startDate>Wed, 10 Mar 2027 09:00:00 +0100</startDate></item>"
        + "</channel></rss>", "2027-03-10T09:00:00")]
    public void Every_kind_of_feed_is_one(string xml, string start)
    {
        var read = Assert.Single(Of(Encoding.UTF8.GetBytes(xml), null).Events);
        Assert.Equal(("urn:1", "A", start), (read.Key, read.Title, read.Event.Sessions[0].Start));
        Assert.Equal(start.Length == 10 ? "2027-03-11" : null, read.Event.Sessions[0].End);
    }

    [Theory]
    [InlineData("<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&a;</title></item></channel></rss>")]
    [InlineData("<!DOCTYPE rss SYSTEM 'http://site.example/x.dtd'><rss><channel><item><title>A</title></item></channel></rss>")]
    [InlineData("<rss><channel><item><title>A</title><guid>1</guid></item><item><titl")]
    public void A_feed_that_is_broken_or_brings_entities_is_read_as_far_as_it_is_sound(string xml)
    {
        var document = Of(Encoding.UTF8.GetBytes(xml), Page);
        Assert.Empty(document.Events);
        Assert.NotNull(document.Incomplete);
    }

    [Theory]
    [InlineData("N1-wordpress-plain-permalinks.html", "https://site.example/index.php?rest_route=/tribe/events/v1/events&per_page=50")]
    public void A_page_names_the_interface_of_its_calendar(string name, string address) =>
        Assert.Equal([address], NamedAddresses.In(Bytes(name), new Uri(Page)));

    [Fact]
    public void A_page_names_its_feeds_last() => Assert.Equal(
        ["https://site.example/wp-json/tribe/events/v1/events?per_page=50", "https://site.example/a.ics", "https://site.example/feed"],
        NamedAddresses.In(Encoding.UTF8.GetBytes("""
            <link rel="alternate" type="application/rss+xml" href="/feed"><link rel="https://api.w.org/" href="/wp-json">
            <a href="/a.ics">a</a>
            """), new Uri(Page)));

    [Theory]
    [InlineData("https://openagenda.com/agendas/5/events.v2.json", "?detailed=1&size=100")]
    [InlineData("https://openagenda.com/agendas/5/events.v2.json?size=20&city[]=Brest", "&detailed=1")]
    [InlineData("https://api.openagenda.com/v2/agendas/5/events?key=k", "&detailed=1&size=100")]
    [InlineData("https://openagenda.com/agendas/5/events.v2.json?detailed=1&size=10", "")]
    [InlineData("https://site.example/wp-json/tribe/events/v1/events", "?per_page=50")]
    [InlineData("https://site.example/wp-json/tribe/events/v1/events/?page=1", "&per_page=50")]
    [InlineData("https://site.example/?rest_route=%2Ftribe%2Fevents%2Fv1%2Fevents", "&per_page=50")]
    [InlineData("https://site.example/wp-json/tribe/events/v1/events?per_page=5", "")]
    [InlineData("https://site.example/wp-json/tribe/events/v1/events/42", "")]
    [InlineData("https://site.example/events.json", "")]
    public void A_known_interface_is_asked_for_all_that_it_has(string address, string added) =>
        Assert.Equal(address + added, SourceAddresses.Completed(new Uri(address)).AbsoluteUri);

    public static TheoryData<string> Hostile() =>
    [
        "<div itemscope itemtype='Event'>" + Times(20_000, "<p itemprop='description' itemscope>") + new string('a', 1_000_000),
        "<div itemscope itemtype='Event'>" + Times(200, "<i itemprop='name'>") + new string('a', 2_000_000),
        $"<div itemscope itemtype='Event'><i itemprop='{Times(200_000, "a ")}' content='{new string('b', 2_000_000)}'></i></div>",
        Times(40_000, "<i class='h-event vevent'><b class='p-name summary'>a</b></i>"),
        "<i " + Times(200_000, "a='' ") + "itemscope>",
        $"<script type='application/ld+json'>{{\"@type\":\"Event\"{Times(400_000, ",\"a\":1")}}}</script>",
        "<script type='application/ld+json'>{\"@type\":\"Course\",\"name\":\"a\",\"description\":\"<p>" + new string('b', 1_000_000)
            + "\",\"hasCourseInstance\":[" + Times(4_999, "{\"@type\":\"CourseInstance\",\"startDate\":\"2027-03-10\"},")
            + "{}]}</script>",
        "<script type='application/ld+json'>" + Times(60, "{\"@graph\":[") + Times(60, "]}") + "</script>",
        "<script type='application/ld+json'>" + Times(1_000_000, "//") + "</script>",
        "<rss><item>" + Times(200_000, "<location>") + new string('a', 1_000_000),
        "<rss>" + Times(100_000, "<item/>"),
        Times(1_000, "<?a?><!--b-->") + "<rss",
    ];

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void What_is_made_to_be_long_is_read_as_far_as_a_source_may_be(string content) =>
        Assert.NotEmpty(Of(Encoding.UTF8.GetBytes(content), Page) is var read ? read.Present().Concat(
            read.Rejected.Select(problem => problem.Reason)) : []);

    private static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    private static string Utc(ImportedEvent read) => WallClock.Timed(WallClock.Move(
        DateTime.Parse(read.Event.Sessions[0].Start, System.Globalization.CultureInfo.InvariantCulture), read.Event.TimeZone, "UTC"));

    private static ImportDocument Read(string name, string origin = Page) => Of(Bytes(name), origin);

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Repository.PathTo("tests", "Interclustering.Tests", "Sources", "Cases", name));

    private static ImportDocument Of(ReadOnlyMemory<byte> content, string? origin) => ImportReader.Read(content, origin, Fixture.Today);

    private static ImportDocument Structured(string json, string origin) =>
        Of(Encoding.UTF8.GetBytes($"<html><script type=\"application/ld+json\">{json}</script></html>"), origin);
}
