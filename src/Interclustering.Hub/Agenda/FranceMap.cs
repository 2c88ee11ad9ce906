using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Interclustering.Hub.Agenda;

/// <summary>A region's outline in the map's coordinates.</summary>
public sealed record RegionShape(string Insee, string Name, string Path, double X, double Y);

/// <summary>The metropolitan regions as SVG paths. Source: IGN – Admin Express, by way of france-geojson, Licence Ouverte.</summary>
public static class FranceMap
{
    public const int Width = 690;
    public const int Height = 676;
    // Degrees of longitude shrink with the cosine of the latitude; 46.5° N is the middle of the country.
    private const double West = -4.82, North = 51.12, Scale = 69;
    private static readonly double Narrowing = Math.Cos(46.5 * Math.PI / 180);

    public static IReadOnlyList<RegionShape> Regions { get; } = Load();

    private static List<RegionShape> Load()
    {
        using var stream = typeof(FranceMap).Assembly.GetManifestResourceStream("regions.geojson")
            ?? throw new InvalidOperationException("The outlines of the regions are not in the assembly.");
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(Shape)];
    }

    private static RegionShape Shape(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        var rings = (geometry.GetProperty("type").GetString() == "Polygon"
            ? coordinates.EnumerateArray() : coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()))
            .Select(ring => ring.EnumerateArray().Select(Project).ToList()).ToList();
        var path = new StringBuilder();
        foreach (var ring in rings)
        {
            path.Append('M').AppendJoin(' ',
                ring.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} {point.Y:0.#}"))).Append('Z');
        }

        var (x, y) = Heart(rings.MaxBy(ring => ring.Count)!);
        return new RegionShape(properties.GetProperty("code").GetString()!, properties.GetProperty("nom")
            .GetString()!, path.ToString(), x, y);
    }

    /// <summary>
    /// Where a number stands best: of a grid of points, the one that is farthest from every edge. The middle of a bent region may lie in
    /// the sea.
    /// </summary>
    private static (double X, double Y) Heart(List<(double X, double Y)> ring)
    {
        const int Steps = 24;
        var (west, east, north, south) =
            (ring.Min(point => point.X), ring.Max(point => point.X), ring.Min(point => point.Y), ring.Max(point => point.Y));
        return (from column in Enumerable.Range(1, Steps - 1)
                from row in Enumerable.Range(1, Steps - 1)
                select (X: west + ((east - west) * column / Steps), Y: north + ((south - north) * row / Steps)))
                    .Where(point => Contains(ring, point))
            .MaxBy(point => Edges(ring).Min(edge => Distance(point, edge.From, edge.To)));
    }

    private static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Edges(List<(double X, double Y)> ring) =>
        ring.Select((from, index) => (from, ring[(index + 1) % ring.Count]));

    /// <summary>Even-odd rule.</summary>
    private static bool Contains(List<(double X, double Y)> ring, (double X, double Y) point) => Edges(ring).Count(edge =>
        edge.From.Y > point.Y != edge.To.Y > point.Y
        && point.X < ((edge.To.X - edge.From.X) * (point.Y - edge.From.Y) / (edge.To.Y - edge.From.Y)) + edge.From.X) % 2 == 1;

    private static double Distance((double X, double Y) point, (double X, double Y) from, (double X, double Y) to)
    {
        var (x, y) = (to.X - from.X, to.Y - from.Y);
        var along = x == 0 && y == 0 ? 0 : Math.Clamp((((point.X - from.X) * x) + ((point.Y - from.Y) * y)) / ((x * x) + (y * y)), 0, 1);
        return Math.Sqrt(Math.Pow(point.X - from.X - (along * x), 2) + Math.Pow(point.Y - from.Y - (along * y), 2));
    }

    private static (double X, double Y) Project(JsonElement position) =>
        ((position[0].GetDouble() - West) * Narrowing * Scale, (North - position[1].GetDouble()) * Scale);
}
