namespace Interclustering.IntegrationTests;

/// <summary>Runs that take minutes each and are asked for by <c>tests/run.sh --hostile</c>.</summary>
internal static class HostileRuns
{
    public const string Reason = "The poison corpus takes a quarter of an hour: tests/run.sh --hostile runs it.";

    public static bool AreAsked => Environment.GetEnvironmentVariable("INTERCLUSTERING_HOSTILE") is { Length: > 0 };
}
