using Interclustering.Node;

namespace Interclustering.IntegrationTests.Node;

/// <summary>A node's database, empty at first, of which there is at most one backup.</summary>
internal interface IHistoryDatabase
{
    NodeContext Open();

    Task BackUpAsync();

    /// <summary>To the last backup.</summary>
    Task RestoreAsync();
}
