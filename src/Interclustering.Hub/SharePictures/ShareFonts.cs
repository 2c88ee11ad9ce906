using SkiaSharp;

namespace Interclustering.Hub.SharePictures;

/// <summary>The letters of the pictures: those of the machine, because none are delivered with the server.</summary>
internal static class ShareFonts
{
    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts/Supplemental", "/Library/Fonts",
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    /// <summary>Regular and bold, the first pair that is there.</summary>
    private static readonly (string Regular, string Bold)[] Pairs =
    [
        ("Inter-Regular.ttf", "Inter-Bold.ttf"), ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"), ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
        ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"), ("segoeui.ttf", "segoeuib.ttf"), ("Arial.ttf", "Arial Bold.ttf"),
        ("arial.ttf", "arialbd.ttf"),
    ];

    private static readonly Lazy<(SKTypeface Regular, SKTypeface Bold)?> Found = new(Find);

    /// <summary>Null on a machine without any of them: its pictures have no words.</summary>
    public static (SKTypeface Regular, SKTypeface Bold)? Pair => Found.Value;

    private static (SKTypeface Regular, SKTypeface Bold)? Find()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var files = Folders.Where(folder => folder.Length > 0 && Directory.Exists(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", options))
            .ToLookup(Path.GetFileName).ToDictionary(named => named.Key!, named => named.First());
        foreach (var (regular, bold) in Pairs)
        {
            if (files.TryGetValue(regular, out var first) && files.TryGetValue(bold, out var second)
                && SKTypeface.FromFile(first) is { } light && SKTypeface.FromFile(second) is { } heavy)
            {
                return (light, heavy);
            }
        }

        return null;
    }
}
