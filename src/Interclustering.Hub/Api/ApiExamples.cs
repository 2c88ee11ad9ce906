using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Microsoft.AspNetCore.Builder;

namespace Interclustering.Hub.Api;

/// <summary>Answers that the description shows: demonstration content, written by what writes the answers.</summary>
public static class ApiExamples
{
    /// <summary>Of the site in addresses.</summary>
    public const string Origin = "https://agenda.example";

    private const string Speaker = "bsc-019abc00-0000-7000-8000-000000000003";

    private static readonly Dictionary<string, Person> People = new()
    {
        [Speaker] = new Person { Nonce = "", Name = "Prénom Nom (démonstration)", Role = "Exploitation, un transporteur" },
    };

    /// <summary>An event of a cluster.</summary>
    internal static Published Published { get; } = new(
        "bsc-019abc00-0000-7000-8000-000000000001", Kinds.Event,
        new Cluster
        {
            Code = "bsc",
            Name = "Bretagne Supply Chain",
            Region = "Bretagne",
            Insee = "53",
            Colour = new Colour("#14806F", "#5CC4B2"),
            Keys = [],
        },
        new Event
        {
            Nonce = "",
            Title = "Livrer les îles (démonstration)",
            Themes = [KnownThemes.Urban],
            Format = EventFormats.Meetup,
            Sessions = [new Session("1", "2026-12-10T09:00:00", "2026-12-10T12:00:00")],
            Place = new Place { City = "Lorient", PostalCode = "56100", Region = "53", Country = "FR" },
            Speakers = [Speaker],
        },
        2, new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 23, 8, 30, 0, DateTimeKind.Utc), 1204)
    {
        Regions = ["53"],
    };

    internal static IReadOnlyList<Occurrence> Times { get; } = [.. Occurrences.Of(Published, new DateOnly(2026, 11, 23))];

    internal static PublicationView One { get; } = PublicationView.Of(Published, Times, People, Origin);

    internal static PublicationList List { get; } = new(
        [One],
        [new RemovalView("lsn-019abc00-0000-7000-8000-000000000002", "lsn", new DateTime(2026, 11, 22, 17, 0, 0, DateTimeKind.Utc))],
        "1204", "01a207d1-e3db-7cfa-b34f-5699179a9a6d:4711");

    /// <summary>Shows an answer beside the operation's 200.</summary>
    /// <param name="endpoint">Whose it is.</param>
    /// <param name="answer">Makes what it answers, when the description is asked for; a text as it is, everything else as JSON.</param>
    /// <param name="mediaType">Of the answer.</param>
    public static RouteHandlerBuilder WithExample(
        this RouteHandlerBuilder endpoint, Func<object> answer, string mediaType = "application/json") =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?.TryGetValue("200", out var response) == true
                && response.Content?.TryGetValue(mediaType, out var content) == true)
            {
                var made = answer();
                content.Example = JsonSerializer.SerializeToNode(made, made.GetType(), ContractJson.Options) ?? new JsonObject();
            }

            return Task.CompletedTask;
        });
}
