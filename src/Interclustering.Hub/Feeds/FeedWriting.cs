using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;
using Interclustering.Ui.Markdown;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>Makes a feed of publications.</summary>
/// <param name="Path">Of the page that it is the feed of, and of the feed without its extension, e.g. <c>/agenda</c>.</param>
/// <param name="Title">What it holds, its filter included.</param>
/// <param name="Query">The filter, with its question mark; empty for everything.</param>
/// <param name="Extension">Of its address.</param>
/// <param name="Origin">Where the site is.</param>
internal sealed record FeedWriting(string Path, string Title, string Query, string Extension, string Origin)
{
    public const int PageSize = 50;

    /// <summary>Characters of HTML that one item's text may have in a feed.</summary>
    private const int LongestText = 80_000;
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page <paramref name="number"/>, from 1.</summary>
    public Feed Page(Snapshot snapshot, IEnumerable<Published> published, int number, FederationDirectory directory)
    {
        var all = published.OrderByDescending(item => item.PublishedAt).ThenByDescending(item => item.Position).ToList();
        var shown = all.Skip((number - 1) * PageSize).Take(PageSize).ToList();
        var times = shown.SelectMany(item => snapshot.Agenda.TimesOf(item.Id)).ToLookup(time => time.Event.Id);
        // What was withdrawn has left this feed, whichever it stood in.
        var updated = all.Select(item => item.RevisedAt).Concat(snapshot.Withdrawn.Values.Select(removal => removal.RemovedAt))
            .DefaultIfEmpty(DateTime.UnixEpoch).Max();
        return new Feed(
            $"urn:interclustering:{Path.TrimStart('/')}:{Language.Tag}{Query.Replace('?', ':')}", FeedText.Clean(Title),
            T["Ce que les clusters publient, le plus récent d’abord."], At(Path + Query), At(Address(number)),
            all.Count > number * PageSize ? At(Address(number + 1)) : null, Utc(updated),
            shown.ConvertAll(item => Entry(item, [.. times[item.Id]], directory)));
    }

    private FeedEntry Entry(Published published, IReadOnlyList<Occurrence> times, FederationDirectory directory)
    {
        var item = published.Item;
        return new FeedEntry(
            $"urn:interclustering:{published.Id}", FeedText.Clean(EventWords.Title(published)), At(published.Path),
                FeedText.Address(item.Url),
            FeedText.Clean(SummaryOf(published, times)), FeedText.Clean(HtmlOf(published, times)), Utc(published.PublishedAt),
                Utc(published.RevisedAt),
            [published.Owner, .. item.CoOrganisers.Select(directory.Find).OfType<Cluster>().Where(other => other != published.Owner)],
            [.. item.Themes.Select(theme => FeedText.Clean(Vocabulary.Label(theme)))],
                FeedText.Address((item as Event)?.Image?.Url), published);
    }

    private static string SummaryOf(Published published, IReadOnlyList<Occurrence> times) => string.Join("\n", ((string?[])
    [
        published.ForMembers ? null : EventWords.Status(published),
        .. EventWords.Times(times),
        .. published.ForMembers
            ? [published.Owner.Name, EventWords.Reserved(published)]
            : (string?[])[published.Item is Event happening ? PlaceWords.OneLine(happening.Place) : null, FeedText.Plain(published.Item)],
    ]).OfType<string>());

    private static string HtmlOf(Published published, IReadOnlyList<Occurrence> times)
    {
        var html = new StringBuilder();
        Paragraph(html, published.ForMembers ? null : EventWords.Status(published));
        foreach (var time in EventWords.Times(times))
        {
            Paragraph(html, time);
        }

        if (published.ForMembers)
        {
            Paragraph(html, published.Owner.Name);
            Paragraph(html, EventWords.Reserved(published));
            return html.ToString();
        }

        if (published.Item is Event happening)
        {
            Paragraph(html, PlaceWords.OneLine(happening.Place));
            Links(html, published, happening);
        }

        var item = published.Item;
        Paragraph(html, item.Summary is { } summary && item.Text?.StartsWith(summary, StringComparison.Ordinal) != true ? summary : null);
        var text = MarkdownText.ToHtml(item.Text).Value;
        if (text.Length > LongestText)
        {
            // Fifty of them are one answer: the whole stands on its page.
            Paragraph(html, FeedText.Plain(item));
            return html.ToString();
        }

        return html.Append(text).ToString();
    }

    private static void Links(StringBuilder html, Published published, Event happening)
    {
        foreach (var (address, label) in ((Uri?, string)[])
        [
            (EventWords.Online(happening), T["Suivre en ligne"]),
            .. (published.IsToWatchAgain ? [] : EventWords.Registrations(happening)).Select(link => (link, T["S’inscrire"])),
            (FeedText.Address((happening as Webinar)?.ReplayUrl), T["Voir le replay"]),
        ])
        {
            if (address is not null)
            {
                html.Append(CultureInfo.InvariantCulture,
                    $"<p><a href=\"{Encoder.Encode(address.AbsoluteUri)}\">{Encoder.Encode(label)}</a></p>");
            }
        }
    }

    private static void Paragraph(StringBuilder html, string? text)
    {
        if (text is not null)
        {
            html.Append("<p>").Append(Encoder.Encode(text)).Append("</p>");
        }
    }

    private string Address(int number) => $"{Path}.{Extension}{Query}"
        + (number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(Query.Length == 0 ? '?' : '&')}page={number}"));

    private Uri At(string path) => new(Origin + Language.To(path));

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
