namespace Interclustering.Ui.Shell;

/// <summary>The same content for a calendar or a feed reader.</summary>
/// <param name="MediaType">e.g. <c>text/calendar</c>.</param>
/// <param name="Path">Its address on the national site, without language.</param>
/// <param name="Title">What a reader program calls it.</param>
public sealed record FeedLink(string MediaType, string Path, string Title);
