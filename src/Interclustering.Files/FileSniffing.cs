using System.Buffers.Binary;

namespace Interclustering.Files;

/// <summary>
/// Tells what a file is from its bytes: neither its name nor what a browser says of it counts. What could be read as a second kind as well
/// is refused, so that no picture is served that is an archive, and no archive that is a page.
/// </summary>
public static class FileSniffing
{
    private const int Head = 1024;
    private static readonly string[] Markup = ["<html", "<script", "<!doctype", "<svg"];

    /// <param name="file">Seekable; its position is moved.</param>
    public static FileVerdict Judge(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length == 0)
        {
            return new FileVerdict(null, FileRefusals.Empty);
        }

        var head = Read(file, 0, Head);
        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return Holds(head, "%PDF-"u8) ? new FileVerdict(null, FileRefusals.Mixed) : OfficeSniffing.Judge(file);
        }

        if (Single(file, head) is not { } kind)
        {
            return new FileVerdict(null, FileRefusals.Kind);
        }

        var mixed = ZipEnd.Find(file) is not null || HoldsMarkup(head) || (kind != FileKind.Pdf && Holds(head, "%PDF-"u8));
        return mixed ? new FileVerdict(null, FileRefusals.Mixed) : new FileVerdict(kind, null);
    }

    /// <summary>Up to <paramref name="count"/> bytes from <paramref name="offset"/> on.</summary>
    internal static byte[] Read(Stream file, long offset, int count)
    {
        file.Position = offset;
        var bytes = new byte[(int)Math.Min(count, file.Length - offset)];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static FileKind? Single(Stream file, byte[] head)
    {
        var bytes = head.AsSpan();
        return bytes.StartsWith("%PDF-1."u8) || bytes.StartsWith("%PDF-2."u8) ? Ends(file, Head, "%%EOF"u8) ? FileKind.Pdf : null
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? IsPng(file, bytes)
                ? FileKind.Png : null
            // Cameras write previews of their own after a picture's end.
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileKind.Jpeg
            : IsWebP(file, bytes) ? FileKind.WebP
            : null;
    }

    /// <summary>PNG, third edition, section 5.6: IHDR first, IEND last, and nothing after it.</summary>
    private static bool IsPng(Stream file, ReadOnlySpan<byte> head) =>
        head.Length >= 33 && head[12..16].SequenceEqual("IHDR"u8) && Ends(file, 8, "IEND"u8);

    /// <summary>RFC 9649 §2.4: the size in the header is that of the file.</summary>
    private static bool IsWebP(Stream file, ReadOnlySpan<byte> head) =>
        head.Length >= 16 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) && head[12..15].SequenceEqual("VP8"u8)
        && BinaryPrimitives.ReadUInt32LittleEndian(head[4..8]) + 8L == file.Length;

    private static bool Ends(Stream file, int within, ReadOnlySpan<byte> mark) =>
        Holds(Read(file, Math.Max(0, file.Length - within), within), mark);

    private static bool Holds(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark) => bytes.IndexOf(mark) >= 0;

    private static bool HoldsMarkup(byte[] head)
    {
        var text = System.Text.Encoding.Latin1.GetString(head);
        return Markup.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Where the directory of a zip archive ends: its last 22 bytes, and a comment.</summary>
/// <param name="Entries">How many entries it says to have.</param>
internal sealed record ZipEnd(int Entries)
{
    private const int Size = 22;
    private const int MostComment = ushort.MaxValue;

    /// <summary>Null where the file does not end as an archive does.</summary>
    public static ZipEnd? Find(Stream file)
    {
        var tail = FileSniffing.Read(file, Math.Max(0, file.Length - Size - MostComment), Size + MostComment).AsSpan();
        for (var at = tail.Length - Size; at >= 0; at--)
        {
            if (tail[at..].StartsWith("PK\u0005\u0006"u8)
                && at + Size + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length)
            {
                return new ZipEnd(BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 10)..]));
            }
        }

        return null;
    }
}
