using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Microsoft.AspNetCore.Builder;

namespace Interclustering.Hub.Api;

/// <summary>Answers that the reference shows; demonstration content.</summary>
internal static class ApiExamples
{
    private const string Id = "bsc-019abc00-0000-7000-8000-000000000001";

    private const string Speaker = "bsc-019abc00-0000-7000-8000-000000000003";

    private static readonly Event Happening = new()
    {
        Nonce = "",
        Title = "Livrer les îles (démonstration)",
        Themes = [KnownThemes.Urban],
        Format = EventFormats.Meetup,
        Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00")],
        Place = new Place { City = "Lorient", PostalCode = "56100", Region = "53", Country = "FR" },
        Speakers = [Speaker],
    };

    private static readonly Dictionary<string, Person> People = new()
    {
        [Speaker] = new Person { Nonce = "", Name = "Prénom Nom (démonstration)", Role = "Exploitation, un transporteur" },
    };

    private static readonly PublicationView Example = new(
        Id, Kinds.Event, "bsc", 2, new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc),
        new DateTime(2026, 11, 23, 8, 30, 0, DateTimeKind.Utc), $"https://agenda.example/evenements/{Id}/livrer-les-iles", ["53"],
        [new OccurrenceView("2026-12-10T09:00:00+01:00", "2026-12-10T12:00:00+01:00", null)], RecordView.Of(Happening, People));

    public static object One => Example;

    public static object List =>
        new PublicationList([Example],
        [new RemovalView("lsn-019abc00-0000-7000-8000-000000000002", "lsn", new DateTime(2026, 11, 22, 17, 0, 0, DateTimeKind.Utc))],
        "1204", "01a207d1-e3db-7cfa-b34f-5699179a9a6d:4711");

    /// <summary>Shows an answer beside the operation's 200.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, object answer) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        if (operation.Responses?.TryGetValue("200", out var response) == true
            && response.Content?.TryGetValue("application/json", out var content) == true)
        {
            content.Example = JsonSerializer.SerializeToNode(answer, answer.GetType(), ContractJson.Options) ?? new JsonObject();
        }

        return Task.CompletedTask;
    });
}
