namespace Interclustering.FaultTests;

/// <summary>Rows 1 to 6: processes, servers, and lines that end in the middle.</summary>
internal static class Crashes
{
    private const string Hub = FederationUnderFault.Hub;

    public static async Task<Counted> BaselineAsync(FederationUnderFault federation, FaultSize size)
    {
        foreach (var code in federation.Nodes)
        {
            await federation.PublishAsync(code, size.Of(1000, 100));
        }

        return new Counted(0, "", await federation.ConvergeAsync());
    }

    public static async Task<Counted> KillHubAsync(FederationUnderFault federation, FaultSize size)
    {
        var kills = size.Of(10, 1);
        for (var kill = 0; kill < kills; kill++)
        {
            var load = Task.WhenAll(federation.Nodes.Select(code => federation.PublishAsync(code, 100, batch: 10)));
            await Task.Delay(size.Random.Next(50, 500));
            await federation[Hub].KillAsync();
            await load;
            await federation[Hub].StartAsync();
        }

        foreach (var point in ((string[])["commit:before", "receipt:before", "commit:after", "receipt:after"]).Take(size.Of(4, 2)))
        {
            await KillAtAsync(federation, Hub, $"{point}:{size.Random.Next(1, 3)}", federation.Nodes[0]);
            kills++;
        }

        return new Counted(kills, "", await federation.ConvergeAsync());
    }

    public static async Task<Counted> KillNodesAsync(FederationUnderFault federation, FaultSize size)
    {
        string[] points = ["publish:before:1", "confirm:before:1", "confirm:after:1", "receipt:before:1", "commit:before:1",
            "commit:after:1"];
        var kills = size.Of(12, 2);
        for (var kill = 0; kill < kills; kill++)
        {
            var code = federation.Nodes[kill % federation.Nodes.Count];
            await KillAtAsync(federation, code, points[kill % points.Length], code);
        }

        return new Counted(kills, "", await federation.ConvergeAsync());
    }

    public static async Task<Counted> KillBrokerAsync(FederationUnderFault federation, FaultSize size)
    {
        var longest = 0.0;
        for (var kill = 0; kill < 2; kill++)
        {
            var load = Task.WhenAll(federation.Nodes.Select(code => federation.PublishAsync(code, 200, batch: 10)));
            await federation.Broker.KillAsync();
            await load;
            await federation.Broker.StartAsync();
            longest = Math.Max(longest, await Surroundings.SupervisedAsync(federation));
        }

        return new Counted(2, "", longest);
    }

    public static async Task<Counted> KillPostgresAsync(FederationUnderFault federation, FaultSize size)
    {
        var longest = 0.0;
        for (var kill = 0; kill < 3; kill++)
        {
            foreach (var code in federation.Nodes)
            {
                await federation.PublishAsync(code, 100);
            }

            await federation.Postgres.KillAsync();
            await federation.Postgres.StartAgainAsync();
            // The test's own connections broke as well.
            Npgsql.NpgsqlConnection.ClearAllPools();
            longest = Math.Max(longest, await Surroundings.SupervisedAsync(federation));
        }

        return new Counted(3, "", longest);
    }

    public static async Task<Counted> CutNetworkAsync(FederationUnderFault federation, FaultSize size)
    {
        const string Code = "bsc";
        await using var proxy = new TcpProxy(federation.Broker.Port);
        await RestartAsync(federation, Code, "Interclustering__Bus__Port", $"{proxy.Port}");
        for (var cut = 0; cut < 10; cut++)
        {
            await federation.PublishAsync(Code, 50, batch: 10);
            proxy.Cut();
            await Task.Delay(size.Random.Next(100, 5000));
            proxy.Mend();
            await federation.PublishAsync("tenlog", 10);
        }

        proxy.Hold();
        await federation.PublishAsync(Code, 50);
        await Task.Delay(TimeSpan.FromSeconds(20));
        proxy.Cut();
        proxy.Mend();
        await Surroundings.SupervisedAsync(federation);
        proxy.Swallow();
        await federation.PublishAsync(Code, 50);
        await Task.Delay(TimeSpan.FromSeconds(2));
        proxy.Cut();
        proxy.Mend();
        var seconds = await Surroundings.SupervisedAsync(federation);
        await RestartAsync(federation, Code, "Interclustering__Bus__Port", $"{federation.Broker.Port}");
        return new Counted(12, "10 cuts, one half-open for 20 s, one that loses only confirms", seconds);
    }

    /// <summary>Restarts a participant with a setting changed.</summary>
    public static async Task RestartAsync(FederationUnderFault federation, string code, string setting, string? value)
    {
        await federation[code].TerminateAsync();
        if (value is null)
        {
            federation.EnvironmentOf(code).Remove(setting);
        }
        else
        {
            federation.EnvironmentOf(code)[setting] = value;
        }

        await federation[code].StartAsync();
    }

    /// <summary>Starts a participant that ends itself at a step, gives it work until it has, and starts it again.</summary>
    private static async Task KillAtAsync(FederationUnderFault federation, string code, string point, string writer)
    {
        var environment = federation.EnvironmentOf(code);
        await federation[code].TerminateAsync();
        environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        environment["INTERCLUSTERING_KILL_AT"] = point;
        federation[code].Launch();
        for (var round = 0; !federation[code].HasExited; round++)
        {
            Assert.True(round < 200, $"{code} did not reach {point}.");
            await federation.PublishAsync(writer, 2);
            await Task.Delay(200);
        }

        environment.Remove("DOTNET_STARTUP_HOOKS");
        environment.Remove("INTERCLUSTERING_KILL_AT");
        await federation[code].StartAsync();
    }
}
