namespace Interclustering.Federation;

/// <summary>Ids of publications: <c>&lt;cluster code&gt;-&lt;UUIDv7&gt;</c>.</summary>
public static class Subjects
{
    private const int UuidLength = 36;

    /// <summary>A new id, minted by its origin.</summary>
    public static string Mint(string code) => Of(code, Guid.CreateVersion7());

    /// <summary>The one with this UUID.</summary>
    public static string Of(string code, Guid id) => $"{code}-{id:D}";

    /// <summary>The code in a subject, which owns it; empty when it is not a subject.</summary>
    public static string OwnerOf(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var end = subject.Length - UuidLength - 1;
        return end > 0 && subject[end] == '-' && Guid.TryParseExact(subject.AsSpan(end + 1), "D", out _) ? subject[..end] : "";
    }
}
