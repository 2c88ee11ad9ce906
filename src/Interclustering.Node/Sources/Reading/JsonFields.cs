using System.Globalization;
using System.Text.Json;

namespace Interclustering.Node.Sources.Reading;

/// <summary>Reading fields of JSON that others wrote: what is missing or of another type is absent.</summary>
internal static class JsonFields
{
    /// <summary>Each is looked up by its name: an object of any size would cost its square.</summary>
    private const int MostLanguages = 40;

    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A string, or a number as it is written.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        var value = element.Member(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    public static int? Number(this JsonElement element, string name) =>
        int.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether it is set: WordPress writes <c>true</c>, <c>"1"</c> or <c>"yes"</c>.</summary>
    public static bool Flag(this JsonElement element, string name) =>
        element.Member(name).ValueKind == JsonValueKind.True || element.Text(name)?.Trim().ToLowerInvariant() is "1" or "true" or "yes";

    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name).Items();

    /// <summary>A text in French, or else in the first language that has one; a plain string as it is.</summary>
    public static string? InFrench(this JsonElement element, string name)
    {
        var value = element.Member(name);
        return value.ValueKind == JsonValueKind.Object
            ? value.Text("fr") ?? value.EnumerateObject().Take(MostLanguages).Select(language => value.Text(language.Name))
                .FirstOrDefault(text => text is not null)
            : element.Text(name);
    }
}
