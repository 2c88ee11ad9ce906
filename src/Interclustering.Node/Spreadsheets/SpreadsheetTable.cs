using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Interclustering.Node.Spreadsheets;

/// <summary>
/// A table for spreadsheets (RFC 4180): UTF-8 with its mark, semicolons, CRLF, as the agenda's: what a French Excel opens. A cell that a
/// spreadsheet would read as a formula begins with an apostrophe.
/// </summary>
internal static class SpreadsheetTable
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";",
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
    };

    /// <param name="rows">The headings first.</param>
    public static byte[] Write(IEnumerable<IEnumerable<string>> rows)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var table = new CsvWriter(text, Form))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    table.WriteField(cell);
                }

                table.NextRecord();
            }
        }

        return bytes.ToArray();
    }
}
