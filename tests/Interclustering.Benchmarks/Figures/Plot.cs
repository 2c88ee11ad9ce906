using System.Globalization;
using System.Text;

namespace Interclustering.Benchmarks.Figures;

/// <summary>A line of a panel: values over sizes, both above zero.</summary>
internal sealed record PlotLine(string Name, IReadOnlyList<(double Size, double Value)> Points);

/// <summary>Lines over one axis of sizes; both axes are logarithmic.</summary>
internal sealed record PlotPanel(string Title, IReadOnlyList<PlotLine> Lines);

/// <summary>Panels side by side as an SVG file.</summary>
internal static class Plot
{
    private const int Width = 420, Height = 300, Left = 60, Top = 40, Right = 20, Bottom = 110, LineHeight = 16;
    private static readonly string[] Colours = ["#0b5cad", "#b3261e", "#2e7d32", "#7b4fa3"];
    private static readonly string[] Dashes = ["none", "6 3", "2 3", "8 3 2 3"];

    public static Task WriteAsync(string path, string description, IReadOnlyList<PlotPanel> panels, CancellationToken stop)
    {
        var svg = new StringBuilder();
        svg.Append(Inv($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {(panels.Count * Width) + Right} {Height + Bottom}" role="img"
              font-family="sans-serif" font-size="12"><title>{description}</title><rect width="100%" height="100%" fill="#fff"/>

            """));
        foreach (var (place, panel) in panels.Index())
        {
            svg.Append(Inv($"<g transform=\"translate({place * Width} 0)\">\n"));
            Append(svg, panel);
            svg.Append("</g>\n");
        }

        return File.WriteAllTextAsync(path, svg.Append("</svg>\n").ToString(), stop);
    }

    private static void Append(StringBuilder svg, PlotPanel panel)
    {
        var points = panel.Lines.SelectMany(line => line.Points).ToList();
        var (firstX, lastX) = Decades(points.Select(point => point.Size));
        var (firstY, lastY) = Decades(points.Select(point => point.Value));
        double X(double size) => Left + ((Math.Log10(size) - firstX) / (lastX - firstX) * (Width - Left - Right));
        double Y(double value) => Height - ((Math.Log10(value) - firstY) / (lastY - firstY) * (Height - Top));
        svg.Append(Inv($"<text x=\"{Left}\" y=\"20\" font-weight=\"bold\">{panel.Title}</text>\n"));
        for (var decade = firstX; decade <= lastX; decade++)
        {
            var x = X(Math.Pow(10, decade));
            svg.Append(Inv($"<path d=\"M{x:0} {Top}V{Height}\" stroke=\"#ddd\"/>"));
            svg.Append(Inv($"<text x=\"{x:0}\" y=\"{Height + 18}\" text-anchor=\"middle\">{Label(decade)}</text>\n"));
        }

        for (var decade = firstY; decade <= lastY; decade++)
        {
            var y = Y(Math.Pow(10, decade));
            svg.Append(Inv($"<path d=\"M{Left} {y:0}H{Width - Right}\" stroke=\"#ddd\"/>"));
            svg.Append(Inv($"<text x=\"{Left - 6}\" y=\"{y + 4:0}\" text-anchor=\"end\">{Label(decade)}</text>\n"));
        }

        foreach (var (number, line) in panel.Lines.Index())
        {
            var path = string.Join(' ', line.Points.Select(point => Inv($"{X(point.Size):0.0},{Y(point.Value):0.0}")));
            var style = $"stroke=\"{Colours[number % Colours.Length]}\" stroke-dasharray=\"{Dashes[number % Dashes.Length]}\" "
                + "stroke-width=\"2\" fill=\"none\"";
            var y = Height + 40 + (number * LineHeight);
            svg.Append(Inv($"<polyline points=\"{path}\" {style}/><path d=\"M{Left} {y - 4}h24\" {style}/>"));
            svg.Append(Inv($"<text x=\"{Left + 30}\" y=\"{y}\">{line.Name}</text>\n"));
        }
    }

    private static (int First, int Last) Decades(IEnumerable<double> values)
    {
        var logarithms = values.Select(Math.Log10).ToList();
        var first = (int)Math.Floor(logarithms.Min());
        return (first, Math.Max(first + 1, (int)Math.Ceiling(logarithms.Max())));
    }

    private static string Label(int decade) => decade < 0
        ? Math.Pow(10, decade).ToString(CultureInfo.InvariantCulture)
        : Math.Pow(10, decade).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
