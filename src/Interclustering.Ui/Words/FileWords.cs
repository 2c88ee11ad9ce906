using Interclustering.Contracts;
using static Interclustering.Ui.Texts;

namespace Interclustering.Ui.Words;

/// <summary>Kind and size of a file in words: <c>PDF, 1,2 Mo</c>.</summary>
public static class FileWords
{
    private const double Thousand = 1000;
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static string Describe(Attachment file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return $"{Kind(file.MediaType)}, {Size(file.Size)}";
    }

    public static string Kind(string mediaType) => mediaType switch
    {
        "application/pdf" => T["PDF"],
        "image/png" => T["image PNG"],
        "image/jpeg" => T["image JPEG"],
        "image/webp" => T["image WebP"],
        OpenXml + "wordprocessingml.document" => T["document Word"],
        OpenXml + "spreadsheetml.sheet" => T["classeur Excel"],
        OpenXml + "presentationml.presentation" => T["présentation PowerPoint"],
        OpenDocument + "text" => T["texte OpenDocument"],
        OpenDocument + "spreadsheet" => T["classeur OpenDocument"],
        OpenDocument + "presentation" => T["présentation OpenDocument"],
        _ => T["fichier"],
    };

    /// <summary>In units of a thousand, as systems show it to people.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => T["{0} octets", bytes],
        < 1000 * 1000 => T["{0:0} Ko", bytes / Thousand],
        _ => T["{0:0.#} Mo", bytes / Thousand / Thousand],
    };
}
