using Interclustering.Contracts;

namespace Interclustering.Tests.Hub;

internal static class Directories
{
    public static FederationDirectory Two { get; } = new()
    {
        Hub = new DirectoryEntry { Code = FederationDirectory.HubCode, Name = "Hub" },
        Clusters =
        [
            new Cluster { Code = "bsc", Name = "Bretagne Supply Chain", Region = "Bretagne", Insee = "53", Colour = new Colour("#14806F", "#5CC4B2") },
            new Cluster { Code = "lsn", Name = "Logistique Seine Normandie", Region = "Normandie", Insee = "28", Colour = new Colour("#2F6690", "#7FB2D8") },
        ],
    };
}
