using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using SkiaSharp;
using static Interclustering.Testing.Samples;

namespace Interclustering.Tests.Files;

public sealed class ReencodedPictureTests
{
    private const string Secret = "48.1173 N, 1.6778 W";

    /// <summary>Upper left, upper right, lower left of <see cref="Picture"/> once it stands upright.</summary>
    public static TheoryData<int, string, string, string> Turned => new()
    {
        { 1, "red", "green", "blue" }, { 2, "green", "red", "white" }, { 3, "white", "blue", "green" }, { 4, "blue", "white", "red" },
        { 5, "red", "blue", "green" }, { 6, "blue", "red", "white" }, { 7, "white", "green", "blue" }, { 8, "green", "white", "red" },
    };

    [Theory]
    [MemberData(nameof(Turned))]
    public void A_photograph_stands_upright_and_says_no_more_where_it_was_taken(int orientation, string first, string right, string below)
    {
        var taken = WithExif(Picture(64, 32, SKEncodedImageFormat.Jpeg), orientation);
        Assert.Contains(Secret, Encoding.Latin1.GetString(taken), StringComparison.Ordinal);
        var picture = ReencodedPicture.Of(taken);
        Assert.Equal(FileKind.Jpeg.MediaType, picture.MediaType);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(picture.Content), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(picture.Content), StringComparison.Ordinal);

        using var shown = SKBitmap.Decode(picture.Content);
        Assert.Equal(orientation < 5 ? (64, 32) : (32, 64), (shown.Width, shown.Height));
        Assert.Equal((first, right, below), (At(shown, 0, 0), At(shown, 1, 0), At(shown, 0, 1)));
    }

    [Theory]
    [InlineData(5000, 500, 2000, 200)]
    [InlineData(300, 6000, 100, 2000)]
    [InlineData(2000, 10, 2000, 10)]
    [InlineData(1, 1, 1, 1)]
    public void The_longest_side_has_2000_pixels_at_most_and_a_small_picture_stays_small(int width, int height, int after, int afterwards)
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            using var shown = SKBitmap.Decode(ReencodedPicture.Of(Picture(width, height, format)).Content);
            Assert.Equal((after, afterwards), (shown.Width, shown.Height));
        }
    }

    [Fact]
    public void A_drawing_stays_a_PNG_what_is_transparent_stays_so_and_a_photograph_becomes_a_JPEG()
    {
        Assert.Equal(Png, ReencodedPicture.Of(Png).Content);
        Assert.Equal(FileKind.Jpeg.MediaType, ReencodedPicture.Of(WebP).MediaType);
        foreach (var format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var see = ReencodedPicture.Of(Picture(40, 30, format, SKColors.Transparent));
            using var shown = SKBitmap.Decode(see.Content);
            Assert.Equal((FileKind.Png.MediaType, 0), (see.MediaType, shown.GetPixel(35, 25).Alpha));
        }

        using var noise = new SKBitmap(new SKImageInfo(900, 900, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(1).NextBytes(noise.GetPixelSpan());
        using var written = noise.Encode(SKEncodedImageFormat.Png, 100);
        Assert.Equal(FileKind.Jpeg.MediaType, ReencodedPicture.Of(written.ToArray()).MediaType);
    }

    [Fact]
    public void A_picture_of_too_many_pixels_is_refused_before_it_is_opened()
    {
        var bomb = (byte[])Png.Clone();
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc(bomb.AsSpan(12, 17)));
        Assert.Equal(FileRefusals.Pixels, ReencodedPicture.Of(bomb).Refusal);
    }

    [Fact]
    public void What_is_cut_off_or_something_else_is_refused()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var whole = Picture(400, 300, format);
            Assert.Equal(FileRefusals.Kind, ReencodedPicture.Of(whole[..(whole.Length / 2)]).Refusal);
        }

        Assert.Equal(FileRefusals.Kind, ReencodedPicture.Of(Pdf).Refusal);
        Assert.Equal(FileRefusals.Kind, ReencodedPicture.Of([]).Refusal);
    }

    [Fact]
    public void Whatever_bytes_change_in_a_picture_it_is_refused_or_is_one_that_is_accepted()
    {
        byte[][] pictures = [Jpeg, Png, WebP];
        Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[1, 12]).Sample((which, changes) =>
        {
            var bytes = (byte[])pictures[which].Clone();
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            var made = ReencodedPicture.Of(bytes);
            using var content = new MemoryStream(made.Content);
            Assert.True(made.Refusal is not null || FileSniffing.Judge(content).Kind?.MediaType == made.MediaType);
        }, iter: 2000);
    }

    private static string At(SKBitmap picture, int column, int row)
    {
        var colour = picture.GetPixel(column == 0 ? picture.Width / 4 : picture.Width * 3 / 4,
            row == 0 ? picture.Height / 4 : picture.Height * 3 / 4);
        return (colour.Red > 128, colour.Green > 128, colour.Blue > 128) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            _ => "white",
        };
    }

    /// <summary>Exif 2.32: an orientation, and a description.</summary>
    private static byte[] WithExif(byte[] jpeg, int orientation)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(Secret), 0];
        byte[] entries =
        [
            2, 0,
            0x0E, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 38, 0, 0, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0, 0, 0, 0,
        ];
        byte[] exif = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, .. entries, .. text];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    /// <summary>PNG, third edition, annex D.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            }
        }

        return ~crc;
    }
}
