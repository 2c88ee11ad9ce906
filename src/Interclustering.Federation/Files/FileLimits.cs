namespace Interclustering.Federation.Files;

/// <summary>How large files may be.</summary>
/// <param name="MostMebibytes">Of one file.</param>
public sealed record FileLimits(int MostMebibytes = 25)
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>What a node sends at once.</summary>
    public const int Chunk = Mebibyte;

    /// <summary>What the hub takes at once.</summary>
    public const int MostChunk = 4 * Mebibyte;

    /// <summary>Of one file, in bytes.</summary>
    public long Most => (long)MostMebibytes * Mebibyte;

    /// <summary>What the hub keeps of one cluster's files that are not complete, so that nobody can fill its disk with beginnings.</summary>
    public long MostIncomplete => 4 * Most;
}
