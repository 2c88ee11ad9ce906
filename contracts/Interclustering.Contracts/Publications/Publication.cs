using System.Text.Json;
using System.Text.Json.Serialization;

namespace Interclustering.Contracts;

/// <summary>What every publication of a cluster has in common: the <c>data</c> of its journal entry.</summary>
public abstract record Publication
{
    /// <summary>Random text, 22 to 64 characters, new in every revision, so that a digest can't be guessed back into a name.</summary>
    [JsonPropertyOrder(1)]
    public required string Nonce { get; init; }

    /// <summary>Fields of a later version, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A publication that people read on the national site: an event, a webinar, or a best-practice sheet.</summary>
public abstract record PublishedItem : Publication
{
    /// <summary>How many files a publication may have, its event's picture aside.</summary>
    public const int MostFiles = 20;

    /// <summary>1 to 200 characters, plain text.</summary>
    [JsonPropertyOrder(-2)]
    public required string Title { get; init; }

    /// <summary>One or two sentences for lists, plain text, at most 500 characters.</summary>
    [JsonPropertyOrder(-2)]
    public string? Summary { get; init; }

    /// <summary>The text, CommonMark, at most 60,000 characters. HTML in it is not rendered.</summary>
    [JsonPropertyOrder(-2)]
    public string? Text { get; init; }

    /// <summary>BCP 47, e.g. <c>fr</c>.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>Slugs of themes, the main one first, e.g. <c>logistique-urbaine</c>.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Slugs of audiences, see <see cref="Audiences"/>.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>One of <see cref="Contracts.Visibility"/>.</summary>
    public string Visibility { get; init; } = Contracts.Visibility.Public;

    /// <summary>Codes of further clusters that organise or own it.</summary>
    public IReadOnlyList<string> CoOrganisers { get; init; } = [];

    /// <summary>Where it was imported from; absent when written in the workspace.</summary>
    public SourceReference? Source { get; init; }

    /// <summary>The page at the origin, https; canonical where present.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// At most <see cref="MostFiles"/>; absent when there are none, so that what has no files reads as it did before there were any.
    /// </summary>
    public IReadOnlyList<Attachment>? Files { get; init; }
}

/// <summary>The key under which a source knows an item, so that importing again updates instead of adding.</summary>
/// <param name="System">openagenda, the-events-calendar, icalendar, schema-org, rss, or demonstration.</param>
/// <param name="Key">The source's own key.</param>
/// <param name="Url">The item's page at the source.</param>
public sealed record SourceReference(string System, string Key, string? Url = null)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A picture with its text alternative.</summary>
public sealed record Picture(string Url, string Alt)
{
    /// <summary>
    /// The file that it is, where its cluster pushes it to the hub; <see cref="Url"/> is then its address there. Absent where it lies
    /// elsewhere.
    /// </summary>
    public Attachment? File { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>A link with its label.</summary>
public sealed record Link(string Label, string Url)
{
    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}

/// <summary>
/// A file that belongs to a publication. It travels apart from the journal, under its hash: see contracts/README.md, section 9.
/// </summary>
/// <param name="Name">What people read and what it is saved as, e.g. <c>Liste de contrôle.pdf</c>: 1 to 200 characters, no slash and no
/// control character.</param>
/// <param name="MediaType">What its first bytes say that it is, e.g. <c>application/pdf</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits in lower case.</param>
public sealed record Attachment(string Name, string MediaType, long Size, string Sha256)
{
    /// <summary>Of a picture: what it shows, for readers who don't see it, at most 500 characters.</summary>
    public string? Alt { get; init; }

    /// <inheritdoc cref="Publication.Extensions"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; init; }
}
