using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Demonstration;

namespace Interclustering.Testing;

/// <summary>Small files of every kind, and hostile ones.</summary>
internal static class Samples
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static byte[] Pdf { get; } = PlainPdf.Write("Liste de contrôle", ["Quai (nord) : 3 \\ 4"]);

    public static byte[] Png { get; } =
    [
        0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55,
        0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82,
    ];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    public static byte[] WebP { get; } = [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0];

    /// <summary>A PDF of exactly this size.</summary>
    public static byte[] PdfOf(int size)
    {
        var file = new byte[size];
        new Random(size).NextBytes(file);
        "%PDF-1.4\n"u8.CopyTo(file);
        "\n%%EOF\n"u8.CopyTo(file.AsSpan(size - 7));
        return file;
    }

    public static byte[] Office(string mediaType = Word, params (string Name, string Text)[] more) => Zip(
    [
        ("[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"""
            + $"""<Override PartName="/word/document.xml" ContentType="{mediaType}.main+xml"/></Types>"""),
        ("word/document.xml", "<document/>"), .. more,
    ]);

    public static byte[] OpenDocument(string mediaType, params (string Name, string Text)[] more) =>
        Zip([("mimetype", mediaType), ("content.xml", "<office/>"), .. more]);

    public static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = archive.CreateEntry(name, name == "mimetype"
                    ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    public static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    /// <summary>As a sheet names it.</summary>
    public static Attachment Named(byte[] file, string name = "liste.pdf", string? mediaType = null) =>
        new(name, mediaType ?? FileKind.Pdf.MediaType, file.Length, HashOf(file));

    public static BestPractice Sheet(params IReadOnlyList<Attachment> files) => new() { Nonce = "", Title = "Quai", Files = files };
}
