/// <summary>
/// Loads this assembly into a server that does not reference it, so that <see cref="Interclustering.Benchmarks.Reads.StaticBody"/> is found
/// by name. The runtime asks for a class of this very name, in no namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // Being loaded is all.
    }
}
