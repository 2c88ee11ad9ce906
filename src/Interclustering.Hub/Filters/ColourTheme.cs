namespace Interclustering.Hub.Filters;

/// <summary>
/// The colours of an embed. They share the parameter <c>theme</c> with the themes of publications:
/// <c>theme=logistique-urbaine&amp;theme=dark</c> is the one in the other.
/// </summary>
public static class ColourTheme
{
    /// <summary><c>auto</c> is what the reader's device prefers.</summary>
    public static IReadOnlyList<string> All { get; } = ["light", "dark", "auto"];

    public static bool IsOne(string? value) => value is not null && All.Contains(value);
}
