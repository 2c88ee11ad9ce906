using Interclustering.Federation;
using Interclustering.Federation.Bus;
using Interclustering.Federation.Chain;
using Interclustering.Federation.Hosting;
using Interclustering.Hub;
using Interclustering.Hub.Ingest;
using Interclustering.Server.Hosting;
using Interclustering.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>Readiness says what is wrong, and nothing that only operators may know.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_stranger_reads_that_the_database_is_away_and_not_where_it_is()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ic-ready-").FullName;
        using var key = SigningKey.OpenOrCreate(Path.Combine(folder, "hub.pem"));
        var database = new DbContextOptionsBuilder<PostgresHubContext>()
            .UseNpgsql("Host=127.0.0.1;Port=1;Database=d;Username=secret-user").Options;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddFederation(
            _ => [new Participant("hub", () =>
                new PostgresHubContext(database), key, Directories.Two, new AcceptPublications(), TimeProvider.System)],
            ["hub"], Directories.Two, new BusSettings(), new FederationSettings());
        builder.Services.AddHealth();
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync(stop);

        using var answer = await app.GetTestClient().GetAsync("/healthz/ready", stop);
        var text = await answer.Content.ReadAsStringAsync(stop);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The database does not answer.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-user", text, StringComparison.Ordinal);
        await app.StopAsync(stop);
        Directory.Delete(folder, recursive: true);
    }
}
