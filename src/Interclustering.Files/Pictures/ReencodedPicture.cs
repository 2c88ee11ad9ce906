using SkiaSharp;

namespace Interclustering.Files.Pictures;

/// <summary>
/// A picture that was opened and written anew: upright, in sRGB, no larger than pages need, and without what a camera notes beside it,
/// such as where it was taken.
/// </summary>
/// <param name="MediaType">Of a JPEG or a PNG, which mail programs show too; empty when refused.</param>
/// <param name="Content">Its bytes; empty when refused.</param>
/// <param name="Refusal">See <see cref="FileRefusals"/>; null when it was opened.</param>
public sealed record ReencodedPicture(string MediaType, byte[] Content, string? Refusal = null)
{
    /// <summary>Pixels of its longest side.</summary>
    public const int LongestSide = 2000;

    /// <summary>Millions of pixels that are opened: each takes four bytes.</summary>
    public const int MostMegapixels = 64;

    /// <summary>Bytes of a PNG without transparency that stays one: drawings do, photographs become JPEG.</summary>
    private const int LargestDrawing = 512 * 1024;

    private const int Quality = 85;

    /// <summary>Opens it here and now. Of an animation only the first picture counts.</summary>
    /// <param name="bytes">A PNG, JPEG or WebP; anything else, or a broken one, is refused.</param>
    public static ReencodedPicture Of(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width < 1 || codec.Info.Height < 1)
        {
            return Refused(FileRefusals.Kind);
        }

        if ((long)codec.Info.Width * codec.Info.Height > MostMegapixels * 1_000_000L)
        {
            return Refused(FileRefusals.Pixels);
        }

        using var opened = Open(codec);
        return opened is null ? Refused(FileRefusals.Kind) : Write(codec, opened);
    }

    private static ReencodedPicture Refused(string reason) => new("", [], reason);

    /// <summary>Null when its bytes end too early, or are not what they announce.</summary>
    private static SKBitmap? Open(SKCodec codec)
    {
        // A JPEG is opened at the size that is needed, where its blocks allow it.
        var scaled = codec.GetScaledDimensions(ScaleOf(codec.Info.Width, codec.Info.Height));
        var size = Math.Max(scaled.Width, scaled.Height) < Math.Min(LongestSide, Math.Max(codec.Info.Width, codec.Info.Height))
            ? codec.Info.Size : scaled;
        var bitmap = new SKBitmap(
            new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return null;
    }

    private static ReencodedPicture Write(SKCodec codec, SKBitmap opened)
    {
        var scale = ScaleOf(opened.Width, opened.Height);
        var (width, height) = (Math.Max(1, (int)Math.Round(opened.Width * scale)), Math.Max(1, (int)Math.Round(opened.Height * scale)));
        var (upright, turned) = Upright(codec.EncodedOrigin, width, height);
        using var surface = SKSurface.Create(new SKImageInfo(turned ? height : width, turned ? width : height, SKColorType.Rgba8888,
            SKAlphaType.Premul, SKColorSpace.CreateSrgb())) ?? throw new InvalidOperationException("No picture can be drawn.");
        // Else it is copied.
        opened.SetImmutable();
        using (var image = SKImage.FromBitmap(opened))
        {
            surface.Canvas.SetMatrix(upright);
            surface.Canvas.DrawImage(
                image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        using var drawn = surface.Snapshot();
        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            var isOpaque = IsOpaque(drawn);
            using var png = drawn.Encode(SKEncodedImageFormat.Png, Quality);
            if (!isOpaque || (codec.EncodedFormat == SKEncodedImageFormat.Png && png.Size <= LargestDrawing))
            {
                return new ReencodedPicture(FileKind.Png.MediaType, png.ToArray());
            }
        }

        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return new ReencodedPicture(FileKind.Jpeg.MediaType, jpeg.ToArray());
    }

    private static float ScaleOf(int width, int height) => Math.Min(1f, (float)LongestSide / Math.Max(width, height));

    private static bool IsOpaque(SKImage image)
    {
        using var pixels = image.PeekPixels();
        var bytes = pixels.GetPixelSpan();
        for (var at = 3; at < bytes.Length; at += 4)
        {
            if (bytes[at] != byte.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How a picture of this size is drawn upright, and whether that swaps its sides: Exif 2.32, Orientation.</summary>
    private static (SKMatrix Matrix, bool Turned) Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => (new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1), false),
        SKEncodedOrigin.BottomRight => (new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1), false),
        SKEncodedOrigin.BottomLeft => (new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1), false),
        SKEncodedOrigin.LeftTop => (new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1), true),
        SKEncodedOrigin.RightTop => (new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1), true),
        SKEncodedOrigin.RightBottom => (new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1), true),
        SKEncodedOrigin.LeftBottom => (new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1), true),
        _ => (SKMatrix.Identity, false),
    };
}
