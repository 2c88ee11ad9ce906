namespace Interclustering.Hub.Feeds;

/// <summary>One way to write a feed.</summary>
/// <param name="Extension">Of its addresses.</param>
/// <param name="MediaType">Without charset.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Write">UTF-8.</param>
internal sealed record FeedFormat(string Extension, string MediaType, string Name, Func<Feed, byte[]> Write)
{
    public static FeedFormat Rss { get; } = new("rss", "application/rss+xml", "RSS", SyndicationXml.Rss);

    public static FeedFormat Atom { get; } = new("atom", "application/atom+xml", "Atom", SyndicationXml.Atom);

    public static FeedFormat Json { get; } = new("json", "application/feed+json", "JSON Feed", JsonFeed.Write);

    public static IReadOnlyList<FeedFormat> All { get; } = [Rss, Atom, Json];
}
