using Interclustering.Contracts;

namespace Interclustering.Testing;

internal static class Directories
{
    public static FederationDirectory Two { get; } = new()
    {
        Hub = new DirectoryEntry { Code = FederationDirectory.HubCode, Name = "Hub" },
        Clusters =
        [
            new Cluster
            {
                Code = "bsc", Name = "Bretagne Supply Chain", Region = "Bretagne", Insee = "53", Colour = new Colour("#14806F", "#5CC4B2"),
                Site = "https://bsc.example/", Contact = "contact@bsc.example",
                Presentation = new Presentation("Ateliers et visites en Bretagne.", "Workshops and visits in Brittany."),
            },
            new Cluster
            {
                Code = "lsn", Name = "Logistique Seine Normandie", Region = "Normandie", Insee = "28",
                    Colour = new Colour("#2F6690", "#7FB2D8"),
                Keys = [new PublicKey("0123456789abcdef", ""), new PublicKey("fedcba9876543210", "", Through: 41)],
            },
        ],
    };
}
