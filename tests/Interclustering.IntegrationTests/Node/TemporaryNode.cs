using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Files;
using Interclustering.Files.Pictures;
using Interclustering.IntegrationTests.Databases;
using Interclustering.Node;
using Interclustering.Node.Files;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Node.Workspace;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

/// <summary>A node with an empty SQLite database in a folder of its own.</summary>
internal sealed class TemporaryNode : IAsyncDisposable
{
    private static readonly SqliteTemplate Created = new(async path =>
    {
        await using var db = new SqliteNodeContext(OptionsOf($"Data Source={path};Pooling=False"));
        await db.Database.EnsureCreatedAsync();
    });

    private readonly string folder = Directory.CreateTempSubdirectory("ic-node-").FullName;

    private readonly string connection;
    private readonly DbContextOptions<SqliteNodeContext> options;

    private TemporaryNode(string code)
    {
        connection = $"Data Source={Path.Combine(folder, "node.db")}";
        options = OptionsOf(connection);
        Instance = new NodeInstance(
            new Cluster
            {
                Code = code,
                Name = code.ToUpperInvariant(),
                Region = "Bretagne",
                Insee = "53",
                Colour = new Colour("#14806F", "#5CC4B2")
            },
            Open, new Journal(code, TimeProvider.System), new ContentStore(Path.Combine(folder, "files")));
    }

    public NodeInstance Instance { get; }

    public static async Task<TemporaryNode> CreateAsync(string code = "bsc")
    {
        var node = new TemporaryNode(code);
        await Created.CopyToAsync(Path.Combine(node.folder, "node.db"));
        await using var db = node.Open();
        await node.Instance.Journal.OpenAsync(db, TestContext.Current.CancellationToken);
        return node;
    }

    public NodeContext Open() => new SqliteNodeContext(options);

    private static DbContextOptions<SqliteNodeContext> OptionsOf(string connection) =>
        new DbContextOptionsBuilder<SqliteNodeContext>().UseSqlite(connection).Options;

    public PublicationEditor Editor(NodeContext db) => new(db, Instance.Journal, TimeProvider.System);

    public AttachedFiles Files(NodeContext db) => new(Instance, db, new FileLimits(),
        (picture, _) => Task.FromResult(ReencodedPicture.Of(picture.ToArray())), TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        using var pooled = new SqliteConnection(connection);
        SqliteConnection.ClearPool(pooled);
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
