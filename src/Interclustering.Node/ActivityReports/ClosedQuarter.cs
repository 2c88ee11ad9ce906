namespace Interclustering.Node.ActivityReports;

/// <summary>The figures of a quarter as they were when it was closed: later changes are told, and change nothing here.</summary>
public sealed class ClosedQuarter
{
    /// <summary>As in an address: <c>2026-T4</c>.</summary>
    public required string Period { get; init; }

    /// <summary>UTC.</summary>
    public DateTime ClosedAt { get; init; }

    /// <summary>See <see cref="ActivityFigures.Write"/>.</summary>
    public required string Figures { get; init; }
}
