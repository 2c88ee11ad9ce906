using System.Text.Json;
using Interclustering.Contracts;

namespace Interclustering.Files;

/// <summary>Which files a publication names.</summary>
public static class PublishedFiles
{
    private const int LongestName = 200;
    private const int LongestType = 100;

    /// <summary>In the data of every publication that names a file.</summary>
    public const string Mark = "\"sha256\"";

    /// <summary>The kinds of publications that may name files.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [Contracts.Kinds.Event, Contracts.Kinds.Webinar, Contracts.Kinds.BestPractice];

    /// <summary>Its files, and the picture of an event where that is one.</summary>
    public static IReadOnlyList<Attachment> Of(PublishedItem? item) => item is Event { Image.File: { } picture }
        ? [.. item.Files ?? [], picture] : item?.Files ?? [];

    /// <summary>Of a publication's data as it is kept; none where that can't be read.</summary>
    public static (string Visibility, IReadOnlyList<Attachment> Files) Of(string kind, string? data)
    {
        if (!Kinds.Contains(kind) || string.IsNullOrEmpty(data))
        {
            return (Visibility.Staff, []);
        }

        try
        {
            PublishedItem? item = kind == Contracts.Kinds.BestPractice
                ? JsonSerializer.Deserialize<BestPractice>(data, ContractJson.Options)
                : JsonSerializer.Deserialize<Event>(data, ContractJson.Options);
            return (item?.Visibility ?? Visibility.Staff, Of(item));
        }
        catch (JsonException)
        {
            // Written by another version: what it names can't be known here, so nothing is pushed for it.
            return (Visibility.Staff, []);
        }
    }

    /// <summary>What is wrong with the files of a publication, in English, for operators; null when nothing is.</summary>
    public static string? Refuse(IReadOnlyList<Attachment> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Count > PublishedItem.MostFiles ? $"A publication has at most {PublishedItem.MostFiles} files."
            : files.Any(file => file is null || !ContentStore.IsHash(file.Sha256)) ? "A file is named by its SHA-256 in lower case."
            : files.Any(file => file.Size <= 0) ? "A file has a size above 0."
            : files.Any(file => !IsName(file.Name))
                ? $"A file has a name of at most {LongestName} characters, without slashes and control characters."
            : files.Any(file => file.MediaType.Length is 0 or > LongestType) ? "A file has a media type."
            : null;
    }

    /// <summary>Whether a name can stand as one part of an address and be saved as such.</summary>
    public static bool IsName(string name) => name is { Length: > 0 and <= LongestName }
        && name is not ("." or "..") && !name.Any(character => character is '/' or '\\' || char.IsControl(character));

    /// <summary>Whether a file is a picture that browsers show, as its publication says.</summary>
    public static bool IsPicture(Attachment file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return FileKind.Pictures.Any(kind => kind.MediaType == file.MediaType);
    }

    /// <summary>Where the national site serves a file: the path of its address.</summary>
    public static string PathOf(string sha256, string name) => $"/fichiers/{sha256}/{Uri.EscapeDataString(name)}";
}
