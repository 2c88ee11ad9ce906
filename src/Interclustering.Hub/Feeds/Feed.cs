using Interclustering.Contracts;
using Interclustering.Hub.ReadModel;

namespace Interclustering.Hub.Feeds;

/// <summary>A page of what was published, newest first, as every format writes it.</summary>
/// <param name="Id">The same wherever the site is.</param>
/// <param name="Title">With its filter.</param>
/// <param name="Description">In a sentence.</param>
/// <param name="Page">What it is the feed of.</param>
/// <param name="Self">Its own address.</param>
/// <param name="Next">The page after this one; null on the last.</param>
/// <param name="Updated">The newest revision or withdrawal that it knows, UTC; never the clock.</param>
/// <param name="Entries">At most a page of them.</param>
internal sealed record Feed(
    string Id, string Title, string Description, Uri Page, Uri Self, Uri? Next, DateTimeOffset Updated, IReadOnlyList<FeedEntry> Entries);

/// <summary>A publication in a feed.</summary>
/// <param name="Id">The same in every revision, language and place.</param>
/// <param name="Title">With « Annulé : » in front where that is so.</param>
/// <param name="Address">Its page here.</param>
/// <param name="Origin">Its page at the organiser's.</param>
/// <param name="Summary">Plain text.</param>
/// <param name="Html">Sanitised.</param>
/// <param name="PublishedAt">UTC.</param>
/// <param name="RevisedAt">UTC.</param>
/// <param name="Authors">The owner first, then who organises with it.</param>
/// <param name="Tags">Themes in words.</param>
/// <param name="Image">Its picture.</param>
/// <param name="Published">What it is made of.</param>
internal sealed record FeedEntry(
    string Id, string Title, Uri Address, Uri? Origin, string Summary, string Html, DateTimeOffset PublishedAt, DateTimeOffset RevisedAt,
    IReadOnlyList<Cluster> Authors, IReadOnlyList<string> Tags, Uri? Image, Published Published);
