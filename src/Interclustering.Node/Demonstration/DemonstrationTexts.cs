using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Node.Demonstration;

/// <summary>
/// The texts of the demonstration content, as <c>content.json</c> has them. Weeks count from the Monday of the current week, days from
/// Monday.
/// </summary>
internal sealed record DemonstrationTexts(
    IReadOnlyDictionary<string, IReadOnlyList<DemonstrationTown>> Places,
    IReadOnlyList<string> Roles,
    IReadOnlyList<DemonstrationEvent> Events,
    IReadOnlyList<DemonstrationWebinar> Webinars,
    IReadOnlyList<DemonstrationSheet> Sheets)
{
    public static DemonstrationTexts Load()
    {
        using var stream = typeof(DemonstrationTexts).Assembly.GetManifestResourceStream("demonstration.json")
            ?? throw new InvalidOperationException("The demonstration content is not embedded.");
        return JsonSerializer.Deserialize<DemonstrationTexts>(stream, ContractJson.Options)!;
    }
}

internal sealed record DemonstrationTown(string City, string PostalCode, string Latitude, string Longitude);

internal sealed record DemonstrationEvent(
    string Key, string Cluster, string Format, string Theme, IReadOnlyList<string> Audiences, string Title, string Summary,
    IReadOnlyList<string> Points, int Place, string? Special, int Week, int Day, string Start, string End);

internal sealed record DemonstrationWebinar(
    string Key, string Cluster, string Theme, IReadOnlyList<string> Audiences, string Title, string Summary,
    IReadOnlyList<string> Points, int Week, int Day, string Start, string End, IReadOnlyList<string>? CoOrganisers);

internal sealed record DemonstrationSheet(
    string Key, string Cluster, string Theme, IReadOnlyList<string> Audiences, string Title, string Summary, string Text,
        int ReviewedWeeks);
