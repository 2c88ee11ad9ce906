using System.Text;
using Interclustering.Ui.Words;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Interclustering.Hub.Search.Attachments;

/// <summary>Reads the text of a PDF, page by page.</summary>
internal static class PdfText
{
    private const int MostPages = 500;

    public static AttachmentText Read(string path)
    {
        try
        {
            using var document = PdfDocument.Open(path, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            var text = new StringBuilder();
            var (pages, empty) = (0, true);
            foreach (var page in document.GetPages().Take(MostPages))
            {
                var words = ContentOrderTextExtractor.GetText(page);
                empty &= string.IsNullOrWhiteSpace(words);
                // A page without text is one all the same: what follows keeps its number.
                text.Append(pages == 0 ? "" : AttachmentText.PageBreak.ToString())
                    .Append(words.Replace(AttachmentText.PageBreak, ' ').Trim());
                pages++;
                if (text.Length > AttachmentText.MostLetters)
                {
                    break;
                }
            }

            var isCut = pages < document.NumberOfPages || text.Length > AttachmentText.MostLetters;
            return empty ? new AttachmentText("", AttachmentText.Scanned)
                : new AttachmentText(FoldedText.Beginning(text.ToString(), AttachmentText.MostLetters), isCut ? AttachmentText.Cut : null);
        }
        catch (PdfDocumentEncryptedException)
        {
            return new AttachmentText("", AttachmentText.Protected);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a parser throws at bytes of strangers, the answer is the same: it can't be read.
            return new AttachmentText("", AttachmentText.Damaged);
        }
    }
}
