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
            path.Append('M').AppendJoin(' ', ring.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} {point.Y:0.#}"))).Append('Z');
        }

        var (x, y) = Centroid(rings.MaxBy(ring => ring.Count)!);
        return new RegionShape(properties.GetProperty("code").GetString()!, properties.GetProperty("nom").GetString()!, path.ToString(), x, y);
    }

    /// <summary>The centre of the area, by the shoelace formula: the middle of the bounds of a bent region may lie in the sea.</summary>
    private static (double X, double Y) Centroid(List<(double X, double Y)> ring)
    {
        double area = 0, x = 0, y = 0;
        for (var index = 0; index < ring.Count; index++)
        {
            var (from, to) = (ring[index], ring[(index + 1) % ring.Count]);
            var cross = (from.X * to.Y) - (to.X * from.Y);
            area += cross;
            x += (from.X + to.X) * cross;
            y += (from.Y + to.Y) * cross;
        }

        return (x / (3 * area), y / (3 * area));
    }

    private static (double X, double Y) Project(JsonElement position) =>
        ((position[0].GetDouble() - West) * Narrowing * Scale, (North - position[1].GetDouble()) * Scale);
}
