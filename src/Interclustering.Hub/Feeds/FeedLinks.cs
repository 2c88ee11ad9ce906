using Interclustering.Ui.Shell;

namespace Interclustering.Hub.Feeds;

/// <summary>The feeds that a page names in its head, for the filter that it shows.</summary>
internal static class FeedLinks
{
    private const string Calendar = "text/calendar";

    /// <summary>The calendar in its two forms and the three feeds of an agenda's filter.</summary>
    /// <param name="query">With its question mark, or empty.</param>
    public static IReadOnlyList<FeedLink> OfAgenda(string query) =>
        [new(Calendar, "/agenda.ics" + query, T["Agenda"] + " (iCalendar)"),
            new(JsCalendar.MediaType, "/agenda.jscal.json" + query, T["Agenda"] + " (JSCalendar)"), .. Of("/agenda", query, T["Agenda"])];

    /// <inheritdoc cref="OfAgenda"/>
    public static IReadOnlyList<FeedLink> OfSheets(string query) => Of("/ressources", query, T["Fiches pratiques"]);

    public static IReadOnlyList<FeedLink> OfEvent(string id) => [new(Calendar, $"/evenements/{id}.ics", T["Agenda"] + " (iCalendar)")];

    private static IReadOnlyList<FeedLink> Of(string path, string query, string title) =>
        [.. FeedFormat.All.Select(format =>
            new FeedLink(format.MediaType, $"{path}.{format.Extension}{query}", $"{title} ({format.Name})"))];
}
