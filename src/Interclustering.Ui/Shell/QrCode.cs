using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace Interclustering.Ui.Shell;

/// <summary>A QR code (ISO/IEC 18004, error correction M) as a picture in the page, without style and script.</summary>
public static class QrCode
{
    /// <summary>Beyond this its modules are too small for a camera at arm's length.</summary>
    public const int MostLetters = 600;

    /// <summary>An SVG element of 220 pixels, dark on white in either theme; the words beside it say the same.</summary>
    public static MarkupString Of(string text) => new(SvgOf(text));

    /// <summary>The same as the text of a picture of its own (SVG 2), which scales to any size.</summary>
    public static string SvgOf(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        // The matrix has its own quiet zone of four modules.
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                if (modules[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        var size = modules.Count;
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"220\" height=\"220\" "
            + $"shape-rendering=\"crispEdges\" aria-hidden=\"true\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path "
            + $"d=\"{path}\" fill=\"#000\"/></svg>";
    }
}
