namespace Interclustering.Accounts;

/// <summary>Whether this process lets demonstration accounts in.</summary>
/// <param name="IsOn">False wherever it was not asked for.</param>
public sealed record DemonstrationMode(bool IsOn);
