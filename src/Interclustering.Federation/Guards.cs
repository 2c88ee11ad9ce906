namespace Interclustering.Federation;

/// <summary>
/// The checks that the fault suite switches off one at a time, to show that it would notice: <c>tests/run.sh --mutations</c> builds with
/// one of these symbols. Constants, so that no setting of a running server can.
/// </summary>
internal static class Guards
{
#if MUTATION_DEDUPLICATION
    public const bool Deduplication = false;
#else
    public const bool Deduplication = true;
#endif
#if MUTATION_SIGNATURE
    public const bool Signature = false;
#else
    public const bool Signature = true;
#endif
#if MUTATION_CHAIN
    public const bool Chain = false;
#else
    public const bool Chain = true;
#endif
#if MUTATION_GAPS
    public const bool Gaps = false;
#else
    public const bool Gaps = true;
#endif
#if MUTATION_HEARTBEAT
    public const bool Heartbeat = false;
#else
    public const bool Heartbeat = true;
#endif
}
