namespace Interclustering.Federation.Receiving;

/// <summary>Something that was refused.</summary>
/// <param name="From">The peer that it names as its sender.</param>
/// <param name="Reason">One of few, fit for the public.</param>
/// <param name="At">When.</param>
public sealed record Refused(string From, string Reason, DateTimeOffset At);
