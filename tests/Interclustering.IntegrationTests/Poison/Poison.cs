using System.Text.Json.Nodes;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.Poison;

/// <summary>A publication with one thing in it that a reader may stumble over.</summary>
/// <param name="Name">Unique, and part of the title, so that a failure names the item.</param>
/// <param name="Change">Puts it into a sound publication in the form of the contracts.</param>
/// <param name="Kind">See <see cref="Kinds"/>.</param>
internal sealed record Poison(string Name, Action<JsonObject> Change, string Kind = Kinds.Event)
{
    /// <summary>Stands for half of a surrogate pair, which no text of .NET's JSON writer can hold.</summary>
    public const string LoneSurrogate = "@lone@";

    /// <summary>For the journal alone: changes the envelope of the entry before it is hashed.</summary>
    public Func<JournalEntry, JournalEntry>? Envelope { get; init; }

    /// <summary>The whole publication.</summary>
    public JsonObject Content()
    {
        var content = Sound(Name, Kind);
        Change(content);
        return content;
    }

    /// <summary>The publication as JSON; lone surrogates are escapes in it.</summary>
    public string Text() => Content().ToJsonString().Replace(LoneSurrogate, "\\ud800", StringComparison.Ordinal);

    /// <summary>A publication with nothing wrong.</summary>
    public static JsonObject Sound(string name, string kind = Kinds.Event)
    {
        var content = new JsonObject
        {
            ["title"] = $"Épreuve {name} (démonstration)",
            ["text"] = "Contenu de démonstration.",
            ["language"] = "fr",
            ["themes"] = new JsonArray(KnownThemes.Urban),
            ["audiences"] = new JsonArray(Audiences.Shippers),
            ["visibility"] = Visibility.Public,
            ["coOrganisers"] = new JsonArray(),
            ["nonce"] = "0123456789abcdef0123456789abcdef",
        };
        if (kind != Kinds.BestPractice)
        {
            content["timeZone"] = "Europe/Paris";
            content["sessions"] = new JsonArray(new JsonObject
            {
                ["id"] = "1",
                ["start"] = "2027-03-10T09:00:00",
                ["end"] = "2027-03-10T12:00:00"
            });
            content["attendance"] = kind == Kinds.Webinar ? Attendance.Online : Attendance.OnSite;
            content["status"] = EventStatus.Confirmed;
            content["place"] = new JsonObject { ["name"] = "Salle des quais", ["city"] = "Rennes", ["region"] = "53", ["country"] = "FR" };
        }

        return content;
    }
}
