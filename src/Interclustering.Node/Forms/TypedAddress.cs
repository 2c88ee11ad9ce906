namespace Interclustering.Node.Forms;

/// <summary>An address as people type it.</summary>
internal static class TypedAddress
{
    /// <summary><c>www.example.fr</c> is <c>https://www.example.fr</c>; anything else stays what it is, without blanks around it.</summary>
    public static string Completed(string typed)
    {
        var text = typed.Trim();
        return text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + text : text;
    }
}
