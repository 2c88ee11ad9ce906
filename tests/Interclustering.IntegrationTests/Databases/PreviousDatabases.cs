using System.Diagnostics;
using System.Text.Json;
using Interclustering.Hub;
using Interclustering.IntegrationTests.Infra;
using Interclustering.Node.Workspace;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Interclustering.IntegrationTests.Databases;

/// <summary>
/// Databases that the program of commit 6c9fa3d has made, one migration ago: hub and one node on SQLite, five events.
/// </summary>
public sealed class PreviousDatabases : IAsyncDisposable
{
    private readonly OneProcess process = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [Fact]
    public async Task They_are_upgraded_at_the_start_and_everything_is_there()
    {
        using (var tar = Process.Start("tar", ["xzf", Repository.PathTo("tests", "databases", "6c9fa3d.tar.gz"), "-C", process.Folder]))
        {
            await tar.WaitForExitAsync(Cancellation);
            Assert.Equal(0, tar.ExitCode);
        }

        await process.StartAsync("hub,bsc", ("Directory", Path.Combine(process.Folder, "directory.json")));
        var found = "";
        await Until.TrueAsync(
            async () => JsonDocument.Parse(found = await process.Http.GetStringAsync("/api/v1/publications?q=rencontre", Cancellation))
                .RootElement.GetProperty("items").GetArrayLength() == 5,
            () => Task.FromResult(found));

        await using var node = process.Services.GetRequiredService<Nodes>().Find("bsc")!.Open();
        Assert.Equal(5, await node.WorkingCopies.CountAsync(Cancellation));
        await using var hub = await process.Services.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContextAsync(Cancellation);
        Assert.Equal(hub.Database.GetMigrations(), await hub.Database.GetAppliedMigrationsAsync(Cancellation));
        Assert.Equal(node.Database.GetMigrations(), await node.Database.GetAppliedMigrationsAsync(Cancellation));
        Assert.DoesNotContain((await process.ReadAsync()).Problems, problem => problem.GetProperty("severity").GetString() == "blocked");
    }
}
