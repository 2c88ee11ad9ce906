using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Hub.Api;
using Interclustering.Hub.Search.Attachments;
using Interclustering.Ui.Markdown;

namespace Interclustering.Hub.Search;

/// <summary>The attachment in which something was found.</summary>
/// <param name="Name">As its cluster named it.</param>
/// <param name="Path">Its address on this site; of a PDF, at the page.</param>
/// <param name="Page">From 1; null for what has no pages that a browser shows.</param>
public sealed record FoundFile(string Name, string? Path, int? Page)
{
    /// <param name="item">Whose attachment it is.</param>
    /// <param name="file">With its text.</param>
    /// <param name="at">Where in the text.</param>
    internal static FoundFile Of(PublishedItem item, FileText file, int at)
    {
        int? page = file.Name.EndsWith(FileKind.Pdf.Extension, StringComparison.OrdinalIgnoreCase)
            ? 1 + file.Text.AsSpan(0, at).Count(AttachmentText.PageBreak) : null;
        var named = PublishedFiles.Of(item).FirstOrDefault(each => each.Name == file.Name);
        // PDF Open Parameters, which browsers' own viewers follow (RFC 8118 §3).
        return new FoundFile(file.Name, named is null ? null
            : PublishedFiles.PathOf(named.Sha256, named.Name)
                + (page is null ? "" : string.Create(CultureInfo.InvariantCulture, $"#page={page}")), page);
    }
}

/// <summary>What was found, with the place where it says so.</summary>
/// <param name="Hit">The publication.</param>
/// <param name="Title">Marked.</param>
/// <param name="Text">The part with most of the terms, or who is named so; its summary where there is none, null for what is for
/// members.</param>
/// <param name="File">The attachment in which <paramref name="Text"/> stands; null when it is the publication's own.</param>
public sealed record FoundItem(SearchHit Hit, IReadOnlyList<Piece> Title, IReadOnlyList<Piece>? Text, FoundFile? File)
{
    public static FoundItem Of(SearchHit hit, IReadOnlyList<SearchTerm> terms, IReadOnlyList<FileText> files)
    {
        ArgumentNullException.ThrowIfNull(hit);
        ArgumentNullException.ThrowIfNull(files);
        var title = Extract.Mark(hit.Item.Title, terms);
        if (hit.Item.ForMembers)
        {
            return new FoundItem(hit, title, null, null);
        }

        var own = Extract.Of(hit.Item.Item.Summary ?? "", terms) ?? Extract.Of(InOneLine(MarkdownText.ToPlain(hit.Item.Item.Text)), terms)
            ?? Extract.Of(
                string.Join(" · ", hit.Named.Select(person => person.Role is { } role ? $"{person.Name}, {role}" : person.Name)), terms);
        if (own is null && files.Select(file => (File: file, Excerpt: Extract.Of(file.Text, terms)))
            .FirstOrDefault(file => file.Excerpt is not null) is { Excerpt: { } inside } found)
        {
            return new FoundItem(hit, title, inside.Pieces, FoundFile.Of(hit.Item.Item, found.File, inside.At));
        }

        return new FoundItem(hit, title, own?.Pieces ?? (hit.Item.Item.Summary is { } summary ? [new Piece(summary, false)] : null), null);
    }

    /// <summary>Headings and items of lists end without a full stop: a dot keeps them apart.</summary>
    private static string InOneLine(string text) =>
        string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line + (char.IsPunctuation(line[^1]) ? " " : " · "))).TrimEnd(' ', '·');
}

/// <summary>What was typed and is nowhere, and what it was taken for.</summary>
public sealed record CorrectionView(string Typed, string Meant);

/// <summary>One result of the API.</summary>
/// <param name="Publication">As in the list of publications.</param>
/// <param name="Extract">Plain text around what was found.</param>
/// <param name="File">The attachment in which <paramref name="Extract"/> stands; absent when it is the publication's own text.</param>
/// <param name="Page">Of a PDF, from 1.</param>
public sealed record FoundView(PublicationView Publication, string? Extract, string? File, int? Page);

/// <summary>A page of results.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Corrected">What was read as something else.</param>
/// <param name="Items">The nearest first.</param>
/// <param name="Behind">How many entries of the hub's journal the index has still to follow.</param>
public sealed record FoundList(int Total, IReadOnlyList<CorrectionView> Corrected, IReadOnlyList<FoundView> Items, long Behind);
