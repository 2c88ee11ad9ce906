using Interclustering.Testing;
using Interclustering.Testing.Debian13;
using Interclustering.Testing.Deployment;
using Interclustering.Testing.Servers;
using Npgsql;

namespace Interclustering.IntegrationTests.Deployment;

/// <summary>
/// Hub and two nodes, on a cluster of three brokers. One node has a database of its own that a replica follows. All servers are those of
/// Debian 13.
/// </summary>
public sealed class HubOnThreeBrokers() : HubAndNodes("bsc", "tenlog")
{
    private const string Reason = "Three brokers and two databases are lost one after the other: tests/run.sh --rehearsals runs it.";
    private readonly List<LocalBroker> brokers = [];
    private string? missing;

    /// <summary>The brokers of the cluster.</summary>
    public IReadOnlyList<LocalBroker> Brokers => brokers;

    public LocalPostgres Primary { get; private set; } = new();

    public LocalPostgres Replica { get; private set; } = new();

    protected override string BrokerHost => string.Join(", ", brokers.Select(broker => $"127.0.0.1:{broker.Port}"));

    /// <summary>Ends the test as skipped where it is not asked for, and where there is no Debian 13.</summary>
    public HubOnThreeBrokers OrSkip
    {
        get
        {
            Assert.SkipWhen(missing is not null, missing ?? "");
            return this;
        }
    }

    public override async ValueTask InitializeAsync()
    {
        (var root, missing) = Environment.GetEnvironmentVariable("INTERCLUSTERING_REHEARSALS") is { Length: > 0 }
            ? await Debian13Root.GetAsync() : new Debian13Root("", Reason);
        if (missing is not null)
        {
            return;
        }

        Broker = new LocalBroker { Root = root };
        brokers.AddRange([Broker, new LocalBroker { Root = root, Joins = Broker }, new LocalBroker { Root = root, Joins = Broker }]);
        Postgres = new LocalPostgres { Root = root };
        Primary = new LocalPostgres { Root = root };
        Replica = new LocalPostgres { Root = root, Follows = Primary };
        await Primary.InitializeAsync();
        await Replica.InitializeAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (missing is null)
        {
            await base.DisposeAsync();
            await Replica.DisposeAsync();
            await Primary.DisposeAsync();
        }
    }

    protected override async ValueTask StartBrokerAsync()
    {
        foreach (var broker in brokers)
        {
            await broker.InitializeAsync();
        }

        // What was made while there was one broker has copies on all three.
        foreach (var joined in brokers.Skip(1))
        {
            await joined.GrowAsync();
        }
    }

    protected override async ValueTask StopBrokerAsync()
    {
        foreach (var broker in brokers.AsEnumerable().Reverse())
        {
            await broker.DisposeAsync();
        }
    }

    protected override async Task<string> DatabaseOfAsync(string code)
    {
        if (code != "bsc")
        {
            return await base.DatabaseOfAsync(code);
        }

        var settings = new NpgsqlConnectionStringBuilder(await Primary.CreateDatabaseAsync())
        {
            Host = $"127.0.0.1:{Primary.Port},127.0.0.1:{Replica.Port}",
            TargetSessionAttributes = "primary",
        };
        settings.Remove("Port");
        return settings.ConnectionString;
    }
}
