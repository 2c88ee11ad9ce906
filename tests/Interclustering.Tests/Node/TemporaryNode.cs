using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Node;
using Interclustering.Node.Authoring;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Tests.Node;

/// <summary>A node with an empty SQLite database in a folder of its own.</summary>
internal sealed class TemporaryNode : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-node-").FullName;

    private TemporaryNode(string code) => Instance = new NodeInstance(
        new Cluster { Code = code, Name = code.ToUpperInvariant(), Region = "Bretagne", Insee = "53", Colour = new Colour("#14806F", "#5CC4B2") },
        Open, new Journal(code, TimeProvider.System));

    public NodeInstance Instance { get; }

    public static async Task<TemporaryNode> CreateAsync(string code = "bsc")
    {
        var node = new TemporaryNode(code);
        await using var db = node.Open();
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await node.Instance.Journal.OpenAsync(db, TestContext.Current.CancellationToken);
        return node;
    }

    public NodeContext Open() =>
        new SqliteNodeContext(new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite($"Data Source={Path.Combine(folder, "node.db")};Pooling=False").Options);

    public Editor Editor(NodeContext db) => new(db, Instance.Journal, TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
