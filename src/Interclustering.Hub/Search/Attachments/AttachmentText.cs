using Interclustering.Files;

namespace Interclustering.Hub.Search.Attachments;

/// <summary>What an attachment says.</summary>
/// <param name="Text">Plain, <see cref="PageBreak"/> between its pages; empty when it could not be read.</param>
/// <param name="Note">Why its text is missing or not whole, one of the constants; null when all is well.</param>
public sealed record AttachmentText(string Text, string? Note = null)
{
    /// <summary>A password is needed.</summary>
    public const string Protected = "protected";

    /// <summary>It is not what it claims to be, or broken.</summary>
    public const string Damaged = "damaged";

    /// <summary>Pictures of pages, without text.</summary>
    public const string Scanned = "scanned";

    /// <summary>Its beginning only: it is too long.</summary>
    public const string Cut = "cut";

    /// <summary>Reading it took too long, or too much memory.</summary>
    public const string Heavy = "heavy";

    /// <summary>Form feed: between pages, slides, and sheets of a workbook.</summary>
    public const char PageBreak = '\f';

    /// <summary>UTF-16 units that are read of one attachment.</summary>
    internal const int MostLetters = 300_000;

    /// <summary>The kinds of files that have a text.</summary>
    public static IReadOnlyList<FileKind> Readable { get; } = [FileKind.Pdf, .. FileKind.Office];

    /// <summary>Reads the text of an attachment, here and now, by what its bytes are.</summary>
    public static AttachmentText Read(string path)
    {
        FileKind? kind;
        using (var file = File.OpenRead(path))
        {
            kind = FileSniffing.Judge(file).Kind;
        }

        return kind == FileKind.Pdf ? PdfText.Read(path)
            : kind is not null && FileKind.Office.Contains(kind) ? OfficeText.Read(path)
            : new AttachmentText("", Damaged);
    }
}

/// <summary>Reads the text of a foreign file in a process of its own: a hostile one can exhaust the stack or the memory.</summary>
public delegate Task<AttachmentText> ReadAttachment(string path, CancellationToken cancellation);
