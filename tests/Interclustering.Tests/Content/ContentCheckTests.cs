using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Content;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Testing;

namespace Interclustering.Tests.Content;

public sealed class ContentCheckTests
{
    private const string Least =
        """{"title":"Visite","sessions":[{"id":"1","start":"2027-01-14T09:00:00"}],"nonce":"0123456789abcdef0123456789abcdef"}""";
    private const string Sheet = """{"title":"Fiche","nonce":"0123456789abcdef0123456789abcdef"}""";
    private const string Hold =
        """{"title":"Option","start":"2027-01-14","expiresOn":"2027-01-10","nonce":"0123456789abcdef0123456789abcdef"}""";

    /// <summary>A JSON reader takes bytes that are no UTF-8 in, and throws where their text is asked for.</summary>
    [Theory]
    [InlineData("summary")]
    [InlineData("unknownToAllSchemas")]
    public void Bytes_that_are_no_text_are_refused_in_any_field(string field)
    {
        byte[] json = [.. Encoding.UTF8.GetBytes($$"""{"title":"Titre","{{field}}":"a"""), 0xC3, 0x28, .. "\"}"u8];
        using var data = JsonDocument.Parse(json);
        Assert.Equal([new ContentProblem("", ContentRules.Form)], ContentCheck.Of(Kinds.BestPractice, data.RootElement));
    }

    [Theory]
    [InlineData("timeZone", "\"europe/paris\"", "/timeZone", ContentRules.Zone)]
    [InlineData("timeZone", "\"localtime\"", "/timeZone", ContentRules.Zone)]
    [InlineData("timeZone", "\"Mars/Olympus\"", "/timeZone", ContentRules.Zone)]
    [InlineData("timeZone", "\"GMT+1\"", "/timeZone", ContentRules.Zone)]
    [InlineData("timeZone", "\"posix/Europe/Paris\"", "/timeZone", ContentRules.Zone)]
    [InlineData("timeZone", "\"Europe/Paris\\n\"", "/timeZone", ContentRules.Zone)]
    [InlineData("timeZone", "null", "/timeZone", ContentRules.Form)]
    [InlineData("themes", "[null]", "/themes/0", ContentRules.Form)]
    [InlineData("speakers", "[null]", "/speakers/0", ContentRules.Form)]
    [InlineData("sessions", "[null]", "/sessions/0", ContentRules.Form)]
    [InlineData("sessions", "[]", "/sessions", ContentRules.TooFew)]
    [InlineData("sessions", """[{"id":"1","start":"0001-01-01"}]""", "/sessions/0/start", ContentRules.Date)]
    [InlineData("sessions", """[{"id":"1","start":"9999-12-31T23:00:00"}]""", "/sessions/0/start", ContentRules.Date)]
    [InlineData("sessions", """[{"id":"1","start":"1999-12-31"}]""", "/sessions/0/start", ContentRules.Date)]
    [InlineData("sessions", """[{"id":"1","start":"2201-01-01"}]""", "/sessions/0/start", ContentRules.Date)]
    [InlineData("sessions", """[{"id":"1","start":"2027-02-30"}]""", "/sessions/0/start", ContentRules.Date)]
    [InlineData("sessions", """[{"id":"1","start":"2027-02-10\n"}]""", "/sessions/0/start", ContentRules.Date)]
    [InlineData("sessions", """[{"id":"1","start":"2027-02-10T09:00:00","end":"2027-02-10T08:00:00"}]""", "/sessions/0/end",
        ContentRules.Order)]
    [InlineData("sessions", """[{"id":"1","start":"2027-02-10"},{"id":"1","start":"2027-02-11"}]""", "/sessions", ContentRules.Twice)]
    [InlineData("previousStart", "\"9999-01-01\"", "/previousStart", ContentRules.Date)]
    [InlineData("recurrence", """{"rule":"FREQ=DAILY;UNTIL=99990101T000000Z","except":[]}""", "/recurrence", ContentRules.Repetition)]
    [InlineData("recurrence", """{"rule":"FREQ=DAILY;COUNT=3","except":["0001-01-01"]}""", "/recurrence/except/0", ContentRules.Date)]
    [InlineData("recurrence", """{"rule":"FREQ=DAILY;COUNT=3","except":[null]}""", "/recurrence/except/0", ContentRules.Form)]
    [InlineData("title", "\"a\\u0000b\"", "/title", ContentRules.Characters)]
    [InlineData("title", "\"a\\nb\"", "/title", ContentRules.Spelling)]
    [InlineData("title", "\"a\\u0007b\"", "/title", ContentRules.Spelling)]
    [InlineData("title", "\"   \"", "/title", ContentRules.Empty)]
    [InlineData("text", "\"a\\u0000b\"", "/text", ContentRules.Characters)]
    [InlineData("text", "\"a\\u001bb\"", "/text", ContentRules.Spelling)]
    [InlineData("later", "\"a\\u0000b\"", "/later", ContentRules.Characters)]
    [InlineData("place", """{"latitude":"99.5","longitude":"0"}""", "/place/latitude", ContentRules.Coordinate)]
    [InlineData("place", """{"name":null}""", "/place/name", ContentRules.Form)]
    [InlineData("registrationUrl", "\"javascript:alert(1)\"", "/registrationUrl", ContentRules.Address)]
    [InlineData("registrationUrl", "\"https://\"", "/registrationUrl", ContentRules.Address)]
    [InlineData("image", """{"url":"https://:80/","alt":""}""", "/image/url", ContentRules.Address)]
    [InlineData("visibility", "\"everybody\"", "/visibility", ContentRules.Choice)]
    [InlineData("full", "\"yes\"", "/full", ContentRules.Form)]
    public void What_no_reader_could_show_is_refused_with_its_place_and_rule(string field, string value, string at, string rule) =>
        Assert.Contains((at, rule), Problems(Kinds.Event, Least, field, value).Select(problem => (problem.At, problem.Rule)));

    [Theory]
    [InlineData(Kinds.BestPractice, Sheet, "reviewBy", "\"2027-02-31\"", "/reviewBy")]
    [InlineData(Kinds.BestPractice, Sheet, "reviewedOn", "\"0001-01-01\"", "/reviewedOn")]
    [InlineData(Kinds.DateHold, Hold, "expiresOn", "\"9999-12-31\"", "/expiresOn")]
    [InlineData(Kinds.DateHold, Hold, "start", "\"1999-12-31\"", "/start")]
    public void Years_are_2000_to_2200_for_every_date(string kind, string least, string field, string value, string at) =>
        Assert.Contains((at, ContentRules.Date), Problems(kind, least, field, value).Select(problem => (problem.At, problem.Rule)));

    [Fact]
    public void Texts_and_lists_have_a_length()
    {
        Assert.Equal(200, Assert.Single(Problems(Kinds.Event, Least, "title", JsonSerializer.Serialize(new string('x', 201)))).Limit);
        Assert.Equal(60_000, Assert.Single(Problems(Kinds.Event, Least, "text", JsonSerializer.Serialize(new string('x', 60_001)))).Limit);
        var themes = JsonSerializer.Serialize(Enumerable.Range(0, 21).Select(number => $"theme-{number}"));
        Assert.Equal((ContentRules.TooMany, 20),
            (Problems(Kinds.Event, Least, "themes", themes)[0].Rule, Problems(Kinds.Event, Least, "themes", themes)[0].Limit));
    }

    [Fact]
    public void What_nests_too_deep_is_refused_also_in_a_field_or_kind_of_the_future()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));

        Assert.Equal(ContentRules.Deep, Assert.Single(Problems(Kinds.Event, Least, "later", deep)).Rule);
        Assert.Equal(ContentRules.Deep, Assert.Single(Problems("poll", Least, "later", deep)).Rule);
        Assert.Empty(Problems("poll", Least, "later", "[[1]]"));
    }

    [Fact]
    public void What_is_said_about_content_never_quotes_it()
    {
        var problems = Problems(Kinds.Event, Least, "secret name", "\"\\u0000 secret word\"")
            .Concat(Problems(Kinds.Event, Least, "timeZone", "\"Secret/Word\""));

        Assert.All(problems, problem => Assert.DoesNotContain("ecret", problem.Detail, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Examples_of_the_contracts_stand()
    {
        foreach (var example in ContractFiles.Examples)
        {
            var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(ContractFiles.RecordOf(example));
            if (kind is Kinds.Event or Kinds.Webinar or Kinds.BestPractice or Kinds.Person or Kinds.DateHold or Kinds.CoOrganisation
                or Kinds.SameEvent or Kinds.RegistrationCount or Kinds.PlacesGiven or Kinds.LetterIssue or Kinds.JointWebinarFact
                or Kinds.JointWebinar)
            {
                using var data = JsonDocument.Parse(ContractFiles.Read(example));
                Assert.Equal([], ContentCheck.Of(kind, data.RootElement).Select(problem => $"{example} {problem}"));
            }
        }
    }

    [Theory]
    [InlineData("Europe/Paris", "Europe/Paris")]
    [InlineData("europe/paris", "Europe/Paris")]
    [InlineData(" EUROPE/LUXEMBOURG ", "Europe/Luxembourg")]
    [InlineData("utc", "UTC")]
    [InlineData("Zulu", "UTC")]
    [InlineData("Etc/UTC", "Etc/UTC")]
    [InlineData("GB", "Europe/London")]
    [InlineData("Romance Standard Time", "Europe/Paris")]
    [InlineData("localtime", null)]
    [InlineData("GMT+1", null)]
    [InlineData("Mars/Olympus", null)]
    [InlineData("", null)]
    public void A_zone_that_a_person_types_gets_its_name_where_it_is_clear(string typed, string? name)
    {
        Assert.Equal(name, TimeZones.NameOf(typed));
        Assert.True(name is null || TimeZones.IsKnown(name));
        Assert.True(name is null || TimeZones.Find(name).Id.Length > 0);
    }

    private static IReadOnlyList<ContentProblem> Problems(string kind, string least, string field, string value)
    {
        var data = JsonNode.Parse(least)!.AsObject();
        data[field] = JsonNode.Parse(value);
        return ContentCheck.Of(kind, JsonSerializer.SerializeToElement(data));
    }
}
