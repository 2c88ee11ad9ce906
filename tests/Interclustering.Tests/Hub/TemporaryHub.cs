using System.Net;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Publications;
using Interclustering.Hub;
using Interclustering.Hub.Agenda;
using Interclustering.Tests.Federation;
using Interclustering.Ui.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Interclustering.Tests.Hub;

/// <summary>The national site over a database of its own, on 23 November 2026, with what a test puts there.</summary>
internal sealed class TemporaryHub : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ic-hub-").FullName;
    private readonly WebApplication app;
    private long position;

    private TemporaryHub()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Directories.Two);
        builder.Services.AddSingleton<IDbContextFactory<HubContext>>(new Databases(Path.Combine(folder, "hub.db")));
        builder.Services.AddHub();
        app = builder.Build();
        app.UseLanguageOfAddress();
        app.UseRouting();
        app.UseOutputCache();
        app.MapHub();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    public static async Task<TemporaryHub> CreateAsync()
    {
        var hub = new TemporaryHub();
        await using var db = hub.Open();
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await new Journal(FederationDirectory.HubCode, hub.Clock).OpenAsync(db, TestContext.Current.CancellationToken);
        await hub.app.StartAsync(TestContext.Current.CancellationToken);
        hub.Http = hub.app.GetTestClient();
        return hub;
    }

    /// <summary>Puts a revision where ingest puts it, and waits until the site shows that position.</summary>
    public async Task<string> ShowAsync(Publication? publication, string? subject = null, long revision = 1)
    {
        subject ??= $"bsc-{Guid.CreateVersion7()}";
        position++;
        await using (var db = Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await FoldedState.ApplyAsync(db, [new PublicationRow
            {
                Journal = "bsc", Subject = subject, Cluster = "bsc", Kind = KindOf(publication), Revision = revision, Digest = "digest",
                Data = publication is null ? null : JsonSerializer.Serialize(publication, publication.GetType(), ContractJson.Options),
                PublishedAt = Clock.GetUtcNow().UtcDateTime, RevisedAt = Clock.GetUtcNow().UtcDateTime, Position = position,
                VisibleAt = Clock.GetUtcNow().UtcDateTime,
            }], TestContext.Current.CancellationToken);
            await db.Set<JournalHead>().ExecuteUpdateAsync(head => head.SetProperty(row => row.Sequence, position), TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        var catalogue = app.Services.GetRequiredService<Catalogue>();
        catalogue.Wake();
        await Until.TrueAsync(
            () => Task.FromResult(catalogue.Current.Position >= position), () => Task.FromResult($"the catalogue reads position {position}"));
        return subject;
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private HubContext Open() => app.Services.GetRequiredService<IDbContextFactory<HubContext>>().CreateDbContext();

    private static string KindOf(Publication? publication) => publication switch
    {
        null => Kinds.Withdrawn,
        Webinar => Kinds.Webinar,
        Event => Kinds.Event,
        BestPractice => Kinds.BestPractice,
        _ => Kinds.Person,
    };

    private sealed class Databases(string path) : IDbContextFactory<HubContext>
    {
        public HubContext CreateDbContext() =>
            new SqliteHubContext(new DbContextOptionsBuilder<SqliteHubContext>().UseSqlite($"Data Source={path};Pooling=False").Options);
    }
}
