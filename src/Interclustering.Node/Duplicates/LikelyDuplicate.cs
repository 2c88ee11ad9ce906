using Interclustering.Node.Radar;

namespace Interclustering.Node.Duplicates;

/// <summary>Something published that may be the same event.</summary>
/// <param name="Engagement">The other one, on the day that is nearest.</param>
/// <param name="Alike">What both have in common, in words.</param>
public sealed record LikelyDuplicate(Engagement Engagement, IReadOnlyList<string> Alike);
