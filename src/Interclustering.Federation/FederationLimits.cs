using Interclustering.Contracts;
using Interclustering.Federation.Chain;

namespace Interclustering.Federation;

/// <summary>What participants may expect of each other, as section 13 of <c>contracts/README.md</c> tells it.</summary>
public static class FederationLimits
{
    /// <summary>Bytes of a message: a segment in canonical form takes three times as many where every letter is escaped.</summary>
    public const int BodyBytes = 896 * 1024;

    /// <summary>Bytes of an entry in canonical form.</summary>
    public const int EntryBytes = EntryChain.MaxEntryBytes;

    /// <summary>Bytes of a segment in canonical form.</summary>
    public const int SegmentBytes = EntryChain.MaxSegmentBytes;

    /// <summary>How deep a message nests.</summary>
    public const int MessageDepth = ContractJson.MostDeep;

    /// <summary>How deep data nests that is kept.</summary>
    public const int KeptDepth = 64;

    /// <summary>Messages that a participant takes from its queue before it acknowledges the first.</summary>
    public const ushort Prefetch = 256;

    /// <summary>Entries of one journal that are ingested before it is another's turn.</summary>
    public const int Turn = 500;

    /// <summary>Between two times that the same entries are sent again because a reader asked for them.</summary>
    public static readonly TimeSpan ReplayPause = TimeSpan.FromSeconds(1);

    /// <summary>Between two answers to a participant that asks for entries of its own journal.</summary>
    public static readonly TimeSpan ReturnPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How far ahead of the hub's clock the time of an entry may be.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(1);
}
