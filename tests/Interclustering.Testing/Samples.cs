using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Interclustering.Contracts;
using Interclustering.Files;
using Interclustering.Node.Demonstration;
using SkiaSharp;

namespace Interclustering.Testing;

/// <summary>Small files of every kind, and hostile ones.</summary>
internal static class Samples
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static byte[] Pdf { get; } = PlainPdf.Write("Liste de contrôle", ["Quai (nord) : 3 \\ 4"]);

    /// <summary>As it is kept: writing it anew changes nothing.</summary>
    public static byte[] Png { get; } = Picture(40, 30, SKEncodedImageFormat.Png);

    public static byte[] Jpeg { get; } = Picture(40, 30, SKEncodedImageFormat.Jpeg);

    public static byte[] WebP { get; } = Picture(40, 30, SKEncodedImageFormat.Webp);

    /// <summary>Four fields: red, green, then blue, white.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="format">Of the file.</param>
    /// <param name="white">Of the last field; with transparency where a picture is to have some.</param>
    public static byte[] Picture(int width, int height, SKEncodedImageFormat format, SKColor? white = null)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul,
            SKColorSpace.CreateSrgb()));
        foreach (var (index, colour) in new[] { SKColors.Red, SKColors.Lime, SKColors.Blue, white ?? SKColors.White }.Index())
        {
            using var paint = new SKPaint { Color = colour };
            surface.Canvas.DrawRect(SKRect.Create(index % 2 * width / 2f, index / 2 * height / 2f, width / 2f, height / 2f), paint);
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(format, 100);
        return data.ToArray();
    }

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
