using System.Text;
using Interclustering.Ui.Words;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Interclustering.Hub.Search;

/// <summary>What a PDF says.</summary>
/// <param name="Text">Plain; empty when it could not be read.</param>
/// <param name="Note">Why its text is missing or not whole, one of the constants; null when all is well.</param>
public sealed record PdfContent(string Text, string? Note = null)
{
    /// <summary>A password is needed.</summary>
    public const string Protected = "protected";

    /// <summary>It is no PDF, or a broken one.</summary>
    public const string Damaged = "damaged";

    /// <summary>Pictures of pages, without text.</summary>
    public const string Scanned = "scanned";

    /// <summary>Its beginning only: it is too long.</summary>
    public const string Cut = "cut";

    /// <summary>Reading it took too long, or too much memory.</summary>
    public const string Heavy = "heavy";
}

/// <summary>Reads the text of a foreign PDF in a process of its own, because a hostile one can exhaust the stack or the memory.</summary>
public delegate Task<PdfContent> ReadPdf(string path, CancellationToken cancellation);

/// <summary>Reads the text of a PDF, here and now.</summary>
public static class PdfText
{
    private const int MostPages = 500, MostLetters = 300_000;

    public static PdfContent Read(string path)
    {
        try
        {
            using var document = PdfDocument.Open(path, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            var text = new StringBuilder();
            var pages = 0;
            foreach (var page in document.GetPages().Take(MostPages))
            {
                pages++;
                text.AppendLine(ContentOrderTextExtractor.GetText(page));
                if (text.Length > MostLetters)
                {
                    break;
                }
            }

            var isCut = pages < document.NumberOfPages;
            var whole = text.ToString().Trim();
            return whole.Length == 0 ? new PdfContent("", PdfContent.Scanned)
                : new PdfContent(FoldedText.Beginning(whole, MostLetters), isCut || whole.Length > MostLetters ? PdfContent.Cut : null);
        }
        catch (PdfDocumentEncryptedException)
        {
            return new PdfContent("", PdfContent.Protected);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a parser throws at bytes of strangers, the answer is the same: it can't be read.
            return new PdfContent("", PdfContent.Damaged);
        }
    }
}
