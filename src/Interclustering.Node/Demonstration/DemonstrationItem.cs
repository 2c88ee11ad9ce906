using Interclustering.Contracts;

namespace Interclustering.Node.Demonstration;

/// <summary>One publication of the demonstration content. Its nonce is empty: the editor makes one.</summary>
/// <param name="Key">Stable from one day to the next.</param>
/// <param name="Publication">A person, an event, a webinar, or a sheet.</param>
/// <param name="PersonKeys">Keys of the persons whom it names: the ids exist only once they are published.</param>
/// <param name="File">Attached to a sheet when it is seeded.</param>
public sealed record DemonstrationItem(
    string Key, Publication Publication, IReadOnlyList<string> PersonKeys, DemonstrationFile? File = null);
