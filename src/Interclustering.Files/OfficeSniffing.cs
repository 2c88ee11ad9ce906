using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Interclustering.Files;

/// <summary>
/// Which office document a zip archive is, and whether it could run something. Only the part that names its kind is unpacked.
/// </summary>
internal static class OfficeSniffing
{
    private const int MostEntries = 10_000;
    private const int MostBytes = 1024 * 1024;
    private static readonly string[] Active = ["vbaProject", "vbaData", "/activeX/", "/macrosheets/", "/dialogsheets/"];
    private static readonly string[] ActiveFolders = ["Basic/", "Scripts/"];

    public static FileVerdict Judge(Stream file)
    {
        if (ZipEnd.Find(file) is not { Entries: > 0 and <= MostEntries })
        {
            return Refused(FileRefusals.Kind);
        }

        try
        {
            file.Position = 0;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = archive.Entries.Select(entry => entry.FullName).ToList();
            if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
            {
                // Two parts of one name: each reader would take another one.
                return Refused(FileRefusals.Mixed);
            }

            var (types, kinds) = TypesIn(archive);
            var active = names.Any(name => Active.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase))
                    || ActiveFolders.Any(folder => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase)))
                || types.Any(type => type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
                    || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase));
            return active ? Refused(FileRefusals.Macros) : kinds is [var kind]
                ? new FileVerdict(kind, null) : Refused(kinds.Count == 0 ? FileRefusals.Kind : FileRefusals.Mixed);
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or NotSupportedException
            or EndOfStreamException)
        {
            return Refused(FileRefusals.Kind);
        }
    }

    private static FileVerdict Refused(string why) => new(null, why);

    /// <summary>The content types that the archive declares, and the kinds that they make it.</summary>
    private static (IReadOnlyList<string> Types, IReadOnlyList<FileKind> Kinds) TypesIn(ZipArchive archive)
    {
        List<string> types = [];
        List<FileKind> kinds = [];
        // ECMA-376 part 2, §10.1.2.2: what each part of the package is.
        if (archive.GetEntry("[Content_Types].xml") is { } contentTypes)
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(Text(contentTypes)), settings);
            types = [.. XDocument.Load(reader).Root!.Elements().Select(element => (string?)element.Attribute("ContentType"))
                .OfType<string>()];
            kinds.AddRange(FileKind.Office.Where(kind => types.Contains(kind.MediaType + ".main+xml", StringComparer.OrdinalIgnoreCase)));
        }

        // OpenDocument 1.3 part 2, §3.3: the first entry says what the package is, stored as it is.
        if (archive.Entries[0] is { FullName: "mimetype" } mimetype)
        {
            var type = Text(mimetype);
            types.Add(type);
            kinds.AddRange(FileKind.Office.Where(kind => kind.MediaType == type));
        }

        return (types, kinds);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[MostBytes + 1];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count > MostBytes ? throw new InvalidDataException("The part that names the kind is too large.")
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetString(bytes, 0, count).TrimStart('\uFEFF');
    }
}
