using Interclustering.Testing.Servers;

namespace Interclustering.IntegrationTests.Backups;

public sealed class SqlitePlace : IBackupPlace
{
    public async Task<ServerProcess> StartedAsync(params (string Name, string Value)[] settings)
    {
        var server = await EmptyAsync(settings);
        await server.StartAsync();
        return server;
    }

    public Task<ServerProcess> EmptyAsync() => EmptyAsync([]);

    private static Task<ServerProcess> EmptyAsync((string Name, string Value)[] settings) => Task.FromResult(new ServerProcess(
        new Dictionary<string, string>(settings.Select(each => KeyValuePair.Create(each.Name, each.Value)))
        {
            ["Interclustering__Roles"] = "hub,bsc",
            ["Interclustering__Demonstration"] = "true",
        }));
}
