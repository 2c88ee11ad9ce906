using SkiaSharp;

namespace Interclustering.Hub.SharePictures;

/// <summary>The site's mark, six clusters as dots, in the sizes and formats that browsers and telephones ask for.</summary>
internal static class SiteIcon
{
    /// <summary>As in <c>icon.svg</c>.</summary>
    public const string Colour = "#0b5c6b";

    private const int InFavicon = 32;

    /// <summary>Six dots in a square; a quarter of it remains empty above and below.</summary>
    public static void Draw(SKCanvas canvas, SKRect square)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        using var paint = new SKPaint { Color = SKColor.Parse(Colour), IsAntialias = true };
        var unit = square.Width / 32;
        foreach (var (x, y) in new (float, float)[] { (6, 11), (16, 11), (26, 11), (6, 21), (16, 21), (26, 21) })
        {
            canvas.DrawCircle(square.Left + (x * unit), square.Top + (y * unit), 4 * unit, paint);
        }
    }

    /// <returns>A PNG; on white where it would be shown on any colour.</returns>
    public static byte[] Png(int size, bool isOpaque)
    {
        using var surface = SKSurface.Create(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException("No picture can be drawn.");
        surface.Canvas.Clear(isOpaque ? SKColors.White : SKColors.Transparent);
        var margin = isOpaque ? size / 8f : 0;
        Draw(surface.Canvas, new SKRect(margin, margin, size - margin, size - margin));
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    /// <summary>An icon file with one PNG in it: header, directory of one entry, picture.</summary>
    public static byte[] Ico()
    {
        var png = Png(InFavicon, isOpaque: false);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        foreach (var number in new short[] { 0, 1, 1 })
        {
            writer.Write(number);
        }

        writer.Write([InFavicon, InFavicon, 0, 0]);
        writer.Write((short)1);
        writer.Write((short)32);
        writer.Write(png.Length);
        writer.Write(22);
        writer.Write(png);
        writer.Flush();
        return file.ToArray();
    }
}
