using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.Hub.Api;

/// <summary>A person whom a publication names.</summary>
/// <param name="Id">Of the person; <c>removed</c> names it when the person is erased.</param>
/// <param name="Name">Absent of a person who was erased.</param>
/// <param name="Role">What the person does, and where; absent when unknown, or erased.</param>
public sealed record PersonView(string Id, string? Name, string? Role);

/// <summary>
/// The record of a publication as the API shows it: that of the contract with names of people, with offsets of times, without its nonce.
/// Names are joined for each answer from what the site shows now: erasing a person takes the name from the next answer.
/// </summary>
internal static class RecordView
{
    /// <summary>In the journal it keeps digests from being guessed; a reader has no use for it.</summary>
    public const string Nonce = "nonce";

    /// <summary>Fields that name people: in the journal by id, here as <see cref="PersonView"/>.</summary>
    public static IReadOnlyList<string> OfPeople { get; } = ["speakers", "contact", "owner", "contacts"];

    /// <summary>What <c>fields</c> may name behind <c>publication.</c></summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        .. ((Type[])[typeof(Webinar), typeof(BestPractice), typeof(MembersView)]).SelectMany(type => type.GetProperties())
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Distinct()
            .Where(name => name is not (Nonce or "extensions")),
    ];

    public static JsonObject Of(PublishedItem item, IReadOnlyDictionary<string, Person> people)
    {
        var record = JsonSerializer.SerializeToNode(item, item.GetType(), ContractJson.Options)!.AsObject();
        record.Remove(Nonce);
        foreach (var field in OfPeople.Where(record.ContainsKey))
        {
            record[field] = record[field] is JsonArray several
                ? new JsonArray([.. several.Select(id => View(id, people))]) : View(record[field], people);
        }

        if (item is Event happening)
        {
            AddOffsets(record, happening.TimeZone);
        }

        return record;
    }

    private static void AddOffsets(JsonObject record, string zone)
    {
        Replace(record, "previousStart");
        foreach (var session in record["sessions"]!.AsArray().OfType<JsonObject>())
        {
            Replace(session, "start");
            Replace(session, "end");
        }

        if (record["recurrence"]?["except"] is JsonArray exceptions)
        {
            record["recurrence"]!["except"] =
                new JsonArray([.. exceptions.Select(time => (JsonNode)EventTimes.WithOffset(time!.GetValue<string>(), zone))]);
        }

        void Replace(JsonObject part, string name)
        {
            if (part[name] is { } time)
            {
                part[name] = EventTimes.WithOffset(time.GetValue<string>(), zone);
            }
        }
    }

    private static JsonNode? View(JsonNode? id, IReadOnlyDictionary<string, Person> people)
    {
        var person = people.GetValueOrDefault(id!.GetValue<string>());
        return JsonSerializer.SerializeToNode(new PersonView(id.GetValue<string>(), person?.Name, person?.Role), ContractJson.Options);
    }
}
