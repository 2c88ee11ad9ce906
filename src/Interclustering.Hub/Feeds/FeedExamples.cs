using System.Text;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Hub.Api;

namespace Interclustering.Hub.Feeds;

/// <summary>Calendars that the description of the API shows.</summary>
internal static class FeedExamples
{
    private const string Name = "Agenda";

    public static string Calendar => string.Concat(AgendaCalendar.Join(
        Name, [EventLines.Of(ApiExamples.Published, ApiExamples.Origin, "TRANSPARENT") with { Zone = null }])
        .Select(Encoding.UTF8.GetString));

    public static JsonNode Group => JsonNode.Parse(JsCalendar.Write(
        Name, [ApiExamples.Published], ApiExamples.Origin, ApiExamples.Origin + "/agenda.jscal.json"))!;

    public static string Table => Encoding.UTF8.GetString(AgendaTable.Write(
        ApiExamples.Times, ApiExamples.Origin,
        new FederationDirectory { Hub = ApiExamples.Published.Owner, Clusters = [ApiExamples.Published.Owner] })).TrimStart('\ufeff');
}
