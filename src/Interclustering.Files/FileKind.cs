namespace Interclustering.Files;

/// <summary>A kind of file that publications may have.</summary>
/// <param name="MediaType">As its bytes say.</param>
/// <param name="Extension">The usual end of its name, with the dot.</param>
/// <param name="Shown">Whether browsers show it themselves; else it is saved.</param>
public sealed record FileKind(string MediaType, string Extension, bool Shown)
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static FileKind Pdf { get; } = new("application/pdf", ".pdf", true);
    public static FileKind Png { get; } = new("image/png", ".png", true);
    public static FileKind Jpeg { get; } = new("image/jpeg", ".jpg", true);
    public static FileKind WebP { get; } = new("image/webp", ".webp", true);

    /// <summary>Office documents: zip archives that say inside what they are.</summary>
    public static IReadOnlyList<FileKind> Office { get; } =
    [
        new(OpenXml + "wordprocessingml.document", ".docx", false),
        new(OpenXml + "spreadsheetml.sheet", ".xlsx", false),
        new(OpenXml + "presentationml.presentation", ".pptx", false),
        new(OpenDocument + "text", ".odt", false),
        new(OpenDocument + "spreadsheet", ".ods", false),
        new(OpenDocument + "presentation", ".odp", false),
    ];

    public static IReadOnlyList<FileKind> Pictures { get; } = [Png, Jpeg, WebP];

    public static IReadOnlyList<FileKind> All { get; } = [Pdf, .. Pictures, .. Office];
}

/// <summary>What the bytes of a file are: a kind that is accepted, or why it is refused.</summary>
/// <param name="Kind">Null when refused.</param>
/// <param name="Refusal">See <see cref="FileRefusals"/>; null when accepted.</param>
public sealed record FileVerdict(FileKind? Kind, string? Refusal);

/// <summary>Why a file is refused: stable words, on the wire and in the node's database.</summary>
public static class FileRefusals
{
    public const string Empty = "empty";
    public const string TooLarge = "too-large";

    /// <summary>Of a kind that is not accepted, or broken.</summary>
    public const string Kind = "kind";

    /// <summary>It holds macros or other active content.</summary>
    public const string Macros = "macros";

    /// <summary>It can be read as two kinds at once.</summary>
    public const string Mixed = "mixed";

    /// <summary>A picture with more pixels than are opened here.</summary>
    public const string Pixels = "pixels";

    /// <summary>The bytes that arrived are not those that the publication names.</summary>
    public const string Hash = "hash";
}
