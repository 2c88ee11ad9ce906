using Interclustering.Testing.Servers;


namespace Interclustering.Testing.Debian13;

/// <summary>The broker of Debian 13.</summary>
public sealed class Debian13Broker() : OnDebian13<LocalBroker>(root => new LocalBroker { Root = root });

/// <summary>The PostgreSQL of Debian 13.</summary>
public sealed class Debian13Postgres() : OnDebian13<LocalPostgres>(root => new LocalPostgres { Root = root });

/// <summary>What tests have in common that run again with servers of Debian 13.</summary>
/// <param name="make">Makes it from the folder in which Debian 13 is.</param>
public abstract class OnDebian13<T>(Func<string, T> make) : IAsyncLifetime
    where T : class, IAsyncLifetime
{
    private string? missing;
    private T? made;

    /// <summary>Ends the test as skipped where there is no Debian 13.</summary>
    public T OrSkip
    {
        get
        {
            Assert.SkipWhen(missing is not null, missing ?? "");
            return made!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        (var folder, missing) = await Debian13Root.GetAsync();
        if (missing is null)
        {
            made = make(folder);
            await made.InitializeAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return made?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
