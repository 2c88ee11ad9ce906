using System.Diagnostics;
using System.Text.Json;
using Interclustering.Accounts;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Liveness;
using Interclustering.Files;
using Interclustering.Hub;
using Interclustering.Hub.Files;
using Interclustering.Hub.Ingest;
using Interclustering.Hub.ReadModel;
using Interclustering.Node;
using Interclustering.Server.Hosting;
using Interclustering.Testing.Servers;
using Interclustering.Ui.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Participant = Interclustering.Federation.Participant;

namespace Interclustering.Benchmarks.Growth;

/// <summary>The national site in this process, over a database that is full already.</summary>
internal sealed class FilledSite : IAsyncDisposable
{
    private const int Unlimited = 1_000_000_000;

    /// <summary>The catalogue notes what it has admitted when nothing new has come for a second.</summary>
    private static readonly TimeSpan UntilQuiet = TimeSpan.FromSeconds(3);
    private readonly string folder = Directory.CreateTempSubdirectory("interclustering-growth-").FullName;
    private readonly HubDatabases databases;
    private readonly Participant participant;
    private readonly SigningKey key;
    private WebApplication? app;
    private long position;

    private FilledSite(string connection, DateOnly today)
    {
        Today = today;
        databases = new HubDatabases(connection);
        key = SigningKey.OpenOrCreate(Path.Combine(folder, "hub.pem"));
        participant = new Participant(
            FederationDirectory.HubCode, databases.CreateDbContext, key, SiteDirectory, new AcceptPublications(), TimeProvider.System);
    }

    public HttpClient Http { get; private set; } = null!;

    public DateOnly Today { get; }

    public IDbContextFactory<HubContext> Databases => databases;

    public IServiceProvider Services => app!.Services;

    public Catalogue Catalogue => Services.GetRequiredService<Catalogue>();

    private static FederationDirectory SiteDirectory { get; } = JsonSerializer.Deserialize<FederationDirectory>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "directory.json")), ContractJson.Options)!;

    public static async Task<FilledSite> CreateAsync(LocalPostgres postgres, int publications, CancellationToken stop)
    {
        var site = await CreateEmptyAsync(postgres, stop);
        await Archive.WriteAsync(site.databases, publications, site.Today, stop);
        site.position = publications;
        return site;
    }

    /// <summary>With these publications, <paramref name="count"/> of them, that the search has still to read.</summary>
    public static async Task<FilledSite> CreateAsync(
        LocalPostgres postgres, IEnumerable<PublicationRow> rows, int count, CancellationToken stop)
    {
        var site = await CreateEmptyAsync(postgres, stop);
        await Archive.WriteAsync(site.databases, rows, count, stop);
        site.position = count;
        return site;
    }

    private static async Task<FilledSite> CreateEmptyAsync(LocalPostgres postgres, CancellationToken stop)
    {
        var site = new FilledSite(await postgres.CreateDatabaseAsync(), ParisDay.Today(TimeProvider.System));
        await using (var db = site.databases.CreateDbContext())
        {
            await db.Database.MigrateAsync(stop);
            await site.participant.Journal.OpenAsync(db, stop);
        }

        // What this process compiles once is not part of a start with content.
        await site.StartAsync(stop);
        await Task.Delay(UntilQuiet, stop);
        await site.StopAsync();
        return site;
    }

    /// <summary>Notes that this build has tried every reader on all there is, as a start before would have.</summary>
    public async Task AdmitAllAsync(CancellationToken stop)
    {
        await using var db = databases.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE catalogue_admissions SET position = {position}", stop);
    }

    /// <summary>From here to the first answer of a page that shows everything.</summary>
    public async Task<TimeSpan> StartAsync(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(SiteDirectory);
        builder.Services.AddSingleton<IDbContextFactory<HubContext>>(databases);
        builder.Services.AddSingleton<IReadOnlyList<Participant>>([participant]);
        builder.Services.AddSingleton(new CurrentProblems());
        builder.Services.AddSingleton(new DemonstrationMode(IsOn: false));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddNodes([]);
        builder.Services.AddHub();
        builder.Services.AddHubFiles(Path.Combine(folder, "files"), new FileLimits(1));
        builder.Services.AddRequestPipeline(new RequestRates(Unlimited, Unlimited) { SearchPerMinute = Unlimited });
        app = builder.Build();
        app.UseRequestPipeline(hostsHub: true);
        app.MapUi();
        app.MapNodes();
        app.MapHub();
        await app.StartAsync(stop);
        await UntilShownAsync(stop);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Http.GetByteArrayAsync("/agenda", stop);
        return watch.Elapsed;
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            Http.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
            app = null;
        }
    }

    /// <summary>Commits one more publication as ingest does; the time from there until pages read it.</summary>
    public async Task<TimeSpan> PublishAsync(int count, CancellationToken stop)
    {
        position++;
        var row = Archive.RowOf((int)position, count, Today);
        row.Position = position;
        await using (var db = databases.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await FoldedState.ApplyAsync(db, [row], stop);
            await db.Set<JournalHead>().ExecuteUpdateAsync(head => head.SetProperty(each => each.Sequence, position), stop);
            await transaction.CommitAsync(stop);
        }

        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Catalogue.Current.Position >= position)
            {
                shown.TrySetResult();
            }
        }

        Catalogue.Moved += Look;
        var start = Stopwatch.GetTimestamp();
        Catalogue.Wake();
        Look();
        await shown.Task.WaitAsync(stop);
        Catalogue.Moved -= Look;
        return Stopwatch.GetElapsedTime(start);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task UntilShownAsync(CancellationToken stop)
    {
        while (Catalogue.Current.Position < position)
        {
            await Task.Delay(5, stop);
        }
    }

    private sealed class HubDatabases(string connection) : IDbContextFactory<HubContext>
    {
        private readonly DbContextOptions<PostgresHubContext> options = new DbContextOptionsBuilder<PostgresHubContext>()
            .UseNpgsql(connection).Options;

        public HubContext CreateDbContext() => new PostgresHubContext(options);
    }
}
