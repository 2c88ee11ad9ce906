using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

public sealed class ExampleTests
{
    public static TheoryData<string> Examples => [.. ContractFiles.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_is_written_back_byte_for_byte(string example)
    {
        var text = ContractFiles.Read(example);
        var type = ContractFiles.TypeOf(ContractFiles.RecordOf(example));

        var record = JsonSerializer.Deserialize(text, type, ContractJson.Options);

        Assert.Equal(text, JsonSerializer.Serialize(record, type, ContractJson.Indented) + "\n");
    }

    [Theory]
    [InlineData("Events/examples/Event.timed.json", typeof(Event))]
    [InlineData("Webinars/examples/Webinar.replay.json", typeof(Webinar))]
    [InlineData("BestPractices/examples/BestPractice.rich.json", typeof(BestPractice))]
    [InlineData("People/examples/Person.rich.json", typeof(Person))]
    [InlineData("DateHolds/examples/DateHold.rich.json", typeof(DateHold))]
    [InlineData("Agreements/examples/CoOrganisation.rich.json", typeof(CoOrganisation))]
    [InlineData("Agreements/examples/SameEvent.minimal.json", typeof(SameEvent))]
    [InlineData("Registrations/examples/PlacesGiven.minimal.json", typeof(PlacesGiven))]
    [InlineData("Registrations/examples/RegistrationCount.rich.json", typeof(RegistrationCount))]
    [InlineData("Letters/examples/LetterIssue.minimal.json", typeof(LetterIssue))]
    [InlineData("Withdrawals/examples/Withdrawal.with-reason.json", typeof(Withdrawal))]
    [InlineData("Journal/examples/JournalEntry.traced.json", typeof(JournalEntry))]
    [InlineData("Journal/examples/JournalOpened.recovered.json", typeof(JournalOpened))]
    [InlineData("Journal/examples/JournalSegment.minimal.json", typeof(JournalSegment))]
    [InlineData("Journal/examples/Heartbeat.rich.json", typeof(Heartbeat))]
    [InlineData("Journal/examples/Receipt.rich.json", typeof(Receipt))]
    [InlineData("Journal/examples/ReplayRequest.rich.json", typeof(ReplayRequest))]
    public void Field_from_a_later_version_survives(string example, Type type)
    {
        const string Later = """{"fromALaterVersion":{"deep":["é",12,true,null]},""";
        var text = Later + ContractFiles.Read(example).TrimStart()[1..];

        var record = JsonSerializer.Deserialize(text, type, ContractJson.Options);

        var written = JsonSerializer.SerializeToElement(record, type, ContractJson.Options);
        Assert.Equal("""{"deep":["é",12,true,null]}""", written.GetProperty("fromALaterVersion").GetRawText());
    }

    [Fact]
    public void Field_from_a_later_version_survives_inside_a_session_a_place_and_a_link()
    {
        const string Text = """
            {"title":"t","sessions":[{"id":"1","start":"2027-01-14","room":"B12"}],"place":{"city":"Rennes","floor":"2"},
             "recurrence":{"rule":"FREQ=DAILY;COUNT=2","except":[],"also":["2027-02-01"]},
             "image":{"url":"https://a.invalid/","alt":"","credit":"C"},
             "source":{"system":"icalendar","key":"k","seen":"2027"},"slides":[{"label":"l","url":"https://a.invalid/","pages":3}],
             "nonce":"0123456789abcdef0123456789abcdef"}
            """;

        var written = JsonSerializer.Serialize(JsonSerializer.Deserialize<Webinar>(Text, ContractJson.Options), ContractJson.Options);

        Assert.All(
            ["\"room\":\"B12\"", "\"floor\":\"2\"", "\"also\":[\"2027-02-01\"]", "\"credit\":\"C\"", "\"seen\":\"2027\"", "\"pages\":3"],
            field => Assert.Contains(field, written, StringComparison.Ordinal));
    }

    [Fact]
    public void Kind_from_a_later_version_survives_with_its_attributes()
    {
        var entry = ContractFiles.Example<JournalEntry>("Journal/examples/JournalEntry.from-a-later-version.json");

        Assert.Equal("fr.interclustering.poll.v2", entry.Type);
        Assert.Equal("poll", Kinds.KindOf(entry.Type));
        Assert.Equal(12, entry.Data!.Value.GetProperty("seats").GetInt32());
        Assert.Equal("é", entry.Extensions!["fromlaterversion"].GetString());
    }

    [Fact]
    public void Absent_fields_have_the_defaults_of_the_schema()
    {
        const string Least = """{"title":"t","sessions":[{"id":"1","start":"2027-01-14"}],"nonce":"0123456789abcdef0123456789abcdef"}""";

        var read = JsonSerializer.Deserialize<Event>(Least, ContractJson.Options)!;

        Assert.Equal(Default("Event", "timeZone"), read.TimeZone);
        Assert.Equal(Default("Event", "attendance"), read.Attendance);
        Assert.Equal(Default("Event", "status"), read.Status);
        Assert.Equal(Default("PublishedItem", "language"), read.Language);
        Assert.Equal(Default("PublishedItem", "visibility"), read.Visibility);
        Assert.False(read.Full || read.MovedOnline);
        Assert.All([read.Themes, read.Audiences, read.CoOrganisers, read.Speakers], Assert.Empty);

        static string Default(string record, string field) =>
            ContractFiles.Schemas[record]["properties"]![field]!["default"]!.GetValue<string>();
    }

    [Theory]
    [InlineData("""{"nonce":"a","nonce":"b"}""")]
    [InlineData("""{"reason":"no nonce"}""")]
    [InlineData("""{"nonce":null}""")]
    [InlineData("""{"Nonce":"another case"}""")]
    public void Text_that_breaks_the_contract_is_not_read(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Withdrawal>(text, ContractJson.Options));
}
