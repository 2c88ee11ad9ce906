using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Interclustering.Hub.SharePictures;

/// <summary>What others show beside a link to a page of this site: 1200 × 630 pixels, the size that they all take.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="Colour">Mark on light paper, #rrggbb.</param>
/// <param name="By">A cluster, or who makes the site.</param>
internal sealed record SharePicture(string Title, string Colour, string By)
{
    public const int Width = 1200, Height = 630;

    private const string Ink = "#16202a", Soft = "#55636e", Paper = "#ffffff", Warning = "#a13a1f";
    private const float Left = 96, Right = 1120;

    /// <summary>What kind of page it is.</summary>
    public string? Kind { get; init; }

    /// <summary>When it takes place; null where nothing does.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>What changes everything: « Annulé », « Date à fixer ».</summary>
    public string? Notice { get; init; }

    /// <returns>A PNG.</returns>
    public byte[] Draw(CultureInfo culture)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException("No picture can be drawn.");
        var canvas = surface.Canvas;
        canvas.Clear(SKColor.Parse(Paper));
        using (var band = new SKPaint { Color = SKColor.Parse(Colour) })
        {
            canvas.DrawRect(0, 0, 36, Height, band);
        }

        SiteIcon.Draw(canvas, new SKRect(Left, 520, Left + 58, 578));
        if (ShareFonts.Pair is { } fonts)
        {
            Write(canvas, fonts.Regular, fonts.Bold, culture);
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    private void Write(SKCanvas canvas, SKTypeface regular, SKTypeface bold, CultureInfo culture)
    {
        var left = Left;
        if (Day is { } day)
        {
            Line(canvas, bold, 220, Ink, day.ToString("%d", culture), left - 8, 300);
            Line(canvas, regular, 40, Soft, day.ToString("dddd", culture), left, 96);
            Line(canvas, regular, 40, Soft, day.ToString("MMMM yyyy", culture), left, 372);
            left = 500;
        }

        var above = string.Join(" · ", new[] { Notice, Kind }.OfType<string>());
        Line(canvas, bold, 34, Notice is null ? Soft : Warning, above, left, 96);
        var size = Wrap(Title, bold, 64, Right - left).Count <= 4 ? 64f : 50f;
        var lines = Wrap(Title, bold, size, Right - left);
        var most = size > 60 ? 4 : 5;
        for (var number = 0; number < Math.Min(lines.Count, most); number++)
        {
            var text = number == most - 1 && lines.Count > most ? lines[number] + " …" : lines[number];
            Line(canvas, bold, size, Ink, text, left, 96 + (size * 1.25f * (number + 1)));
        }

        Line(canvas, bold, 36, Ink, By, Left + 84, 546);
        Line(canvas, regular, 30, Soft, T["Interclustering logistique"], Left + 84, 586);
    }

    private static void Line(SKCanvas canvas, SKTypeface face, float size, string colour, string text, float x, float y)
    {
        using var font = new SKFont(face, size) { Edging = SKFontEdging.Antialias, Subpixel = true };
        using var paint = new SKPaint { Color = SKColor.Parse(colour), IsAntialias = true };
        canvas.DrawText(Known(text, font), x, y, SKTextAlign.Left, font, paint);
    }

    private static List<string> Wrap(string title, SKTypeface face, float size, float width)
    {
        using var font = new SKFont(face, size);
        var lines = new List<string>();
        var line = new StringBuilder();
        var words = Known(title, font).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.SelectMany(word => Parts(word, font, width)))
        {
            if (line.Length > 0 && font.MeasureText($"{line} {word}") > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>A word that is wider than the line, in parts that are not.</summary>
    private static IEnumerable<string> Parts(string word, SKFont font, float width)
    {
        while (word.Length > 1 && font.MeasureText(word) > width)
        {
            var fits = Math.Max(1, font.BreakText(word, width));
            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    /// <summary>Without what the font has no picture of: a box says nothing.</summary>
    private static string Known(string text, SKFont font) => string.Concat(text.EnumerateRunes()
        .Where(rune => Rune.IsWhiteSpace(rune) || font.GetGlyph(rune.Value) != 0)
        .Select(rune => Rune.IsWhiteSpace(rune) ? " " : rune.ToString()));
}
