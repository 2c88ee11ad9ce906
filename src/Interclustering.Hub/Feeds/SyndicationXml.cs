using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Interclustering.Ui.Words;

namespace Interclustering.Hub.Feeds;

/// <summary>A feed as RSS 2.0 and as Atom (RFC 4287), with its pages linked as RFC 5005 §3 has it.</summary>
internal static class SyndicationXml
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static byte[] Rss(Feed feed) => Write(new Rss20FeedFormatter(Convert(feed, FeedFormat.Rss.MediaType, InRss)));

    public static byte[] Atom(Feed feed) => Write(new Atom10FeedFormatter(Convert(feed, FeedFormat.Atom.MediaType, InAtom)));

    private static byte[] Write(SyndicationFeedFormatter formatter)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            formatter.WriteTo(xml);
        }

        return bytes.ToArray();
    }

    private static SyndicationFeed Convert(Feed feed, string mediaType, Action<SyndicationItem, FeedEntry> text)
    {
        var syndicated = new SyndicationFeed(feed.Title, feed.Description, feed.Page, feed.Id, InParis(feed.Updated))
        {
            Language = Language.Tag,
            Generator = "Interclustering",
            TimeToLive = TimeSpan.FromHours(1),
            Items = feed.Entries.Select(entry => Convert(entry, text)).ToList(),
        };
        syndicated.Links.Add(new SyndicationLink(feed.Self, "self", null, mediaType, 0));
        if (feed.Next is { } next)
        {
            syndicated.Links.Add(new SyndicationLink(next, "next", null, mediaType, 0));
        }

        return syndicated;
    }

    private static SyndicationItem Convert(FeedEntry entry, Action<SyndicationItem, FeedEntry> text)
    {
        // An identity that is no address, so that the formatter says isPermaLink="false" of it.
        var item = new SyndicationItem
        {
            Id = entry.Id,
            Title = Plain(entry.Title),
            PublishDate = InParis(entry.PublishedAt),
            LastUpdatedTime = InParis(entry.RevisedAt)
        };
        item.Links.Add(SyndicationLink.CreateAlternateLink(entry.Address, "text/html"));
        if (entry.Origin is { } origin)
        {
            item.Links.Add(new SyndicationLink(origin, "via", null, "text/html", 0));
        }

        foreach (var author in entry.Authors)
        {
            item.Authors.Add(new SyndicationPerson { Name = author.Name, Uri = author.Site });
        }

        foreach (var tag in entry.Tags)
        {
            item.Categories.Add(new SyndicationCategory(tag));
        }

        text(item, entry);
        return item;
    }

    /// <summary>RSS has one text, and its readers take it for HTML.</summary>
    private static void InRss(SyndicationItem item, FeedEntry entry) => item.Summary = Plain(entry.Html);

    private static void InAtom(SyndicationItem item, FeedEntry entry) =>
        (item.Summary, item.Content) = (Plain(entry.Summary), SyndicationContent.CreateHtmlContent(entry.Html));

    /// <summary>The formatter writes UTC as « Z »: right by RFC 822, and not what RSS readers expect.</summary>
    private static DateTimeOffset InParis(DateTimeOffset time)
    {
        var local = ParisDay.Of(time.UtcDateTime);
        return new DateTimeOffset(local, local - time.UtcDateTime);
    }

    private static TextSyndicationContent Plain(string text) => new(text, TextSyndicationContentKind.Plaintext);
}
