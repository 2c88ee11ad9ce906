using Interclustering.Node.Radar;

namespace Interclustering.Node.Duplicates;

/// <summary>An event that is looked at.</summary>
/// <param name="Id">Its id; null while it is typed.</param>
/// <param name="Cluster">Code of its cluster.</param>
/// <param name="Traits">What it is recognised by.</param>
/// <param name="Times">Its days, with the hour where that is known.</param>
public sealed record Compared(string? Id, string Cluster, EventTraits Traits, IReadOnlyList<(DateOnly Day, TimeOnly? Start)> Times);
