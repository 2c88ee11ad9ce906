namespace Interclustering.Server.Backups;

/// <summary>What a rehearsal found.</summary>
/// <param name="Participant">The participant.</param>
/// <param name="What">What was looked at, with its figures.</param>
/// <param name="IsSound">Whether it is as it should be.</param>
internal sealed record RehearsalLine(string Participant, string What, bool IsSound);
