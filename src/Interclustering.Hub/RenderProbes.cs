using System.Text.Json;
using System.Xml.Linq;
using Interclustering.Contracts;
using Interclustering.Hub.Api;
using Interclustering.Hub.Embeds;
using Interclustering.Hub.Feeds;
using Interclustering.Hub.Filters;
using Interclustering.Hub.ReadModel;
using Interclustering.Hub.RelatedItems;
using Interclustering.Hub.Search;
using Interclustering.Hub.Seo;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.Hub;

/// <summary>
/// All that shows items among others, see <see cref="RenderProbe"/>. What is added to the site and runs over all items belongs here.
/// </summary>
internal static class RenderProbes
{
    /// <summary>Addresses are part of what is tried; which site's they are does not matter.</summary>
    private const string Origin = "https://national.example";

    public static void AddRenderProbes(this IServiceCollection services)
    {
        foreach (var (name, read) in All)
        {
            services.AddSingleton(provider => new RenderProbe(name, (published, times) =>
                read(WithoutText(published), times, provider.GetRequiredService<FederationDirectory>())));
        }
    }

    private static IReadOnlyList<(string Name, Action<Published, IReadOnlyList<Occurrence>, FederationDirectory> Read)> All { get; } =
    [
        ("agenda", (published, times, _) =>
        {
            Facets.Count([published], new AgendaFilter());
            Instants.Before(published);
            foreach (var time in times)
            {
                Instants.Start(time);
                Instants.End(time);
            }
        }),
        ("calendar", (published, _, _) =>
        {
            if (published.Item is Event)
            {
                AgendaCalendar.Join("", [EventLines.Of(published, Origin, "TRANSPARENT")]);
                JsCalendar.Write("", [published], Origin, Origin);
            }
        }),
        ("feeds", (published, times, directory) =>
        {
            var one = Snapshot.Empty with { Agenda = [.. times] };
            var feed = new FeedWriting("/agenda", "", "", "rss", Origin).Page(one, [published], 1, directory);
            foreach (var format in FeedFormat.All)
            {
                format.Write(feed);
            }
        }),
        ("search engines", (published, times, directory) =>
        {
            (published.Item is Event
                ? EventData.Of(published, times, Snapshot.Empty.People, directory, Origin, DateOnly.MinValue, [])
                : SheetData.Of(published, directory, Origin, [])).ToJsonString();
            new XElement("loc", published.Path).ToString();
        }),
        ("embeds", (published, times, _) =>
        {
            EmbeddedItem.Of(published, Origin);
            PublicationCard.Of(published, times, DateOnly.MinValue, Origin);
            foreach (var time in times)
            {
                EmbeddedItem.Of(time, time.Day, Origin, published.Owner.Code);
            }
        }),
        ("api", (published, times, _) => JsonSerializer.SerializeToUtf8Bytes(
            PublicationView.Of(published, times, Snapshot.Empty.People, Origin), ContractJson.Options)),
        ("search", (published, _, _) => SearchDocument.Of(published, []).Words()),
        ("related items", (published, _, _) => Similarity.Words(published.Folded)),
    ];

    /// <summary>A text goes through what takes any text, and costs most of the time.</summary>
    private static Published WithoutText(Published published) => published with { Item = published.Item with { Text = null } };
}
