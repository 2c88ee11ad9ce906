namespace Interclustering.Files;

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

    /// <summary>What the hub keeps of one cluster's incomplete files, so that unfinished uploads can't fill its disk.</summary>
    public long MostIncomplete => 4 * Most;
}
