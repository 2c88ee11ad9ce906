using System.Net;
using System.Text.Json;
using Interclustering.Server;
using Interclustering.Server.Databases;
using Interclustering.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Interclustering.IntegrationTests.Infra;

/// <summary>A server inside the test's own process, without ports, whose data folder outlives a stop.</summary>
internal sealed class OneProcess : IAsyncDisposable
{
    private WebApplication? app;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ic-process-").FullName;

    public IServiceProvider Services => app!.Services;

    public HttpClient Http => app!.GetTestClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            app = null;
        }
    }

    public async Task StartAsync(string roles, params (string Key, string Value)[] more)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Interclustering.Server" });
        builder.Configuration.AddInMemoryCollection(
            more.Append(("Data", Folder)).Append(("Roles", roles)).Append(("Demonstration", "false"))
                .ToDictionary(pair => $"Interclustering:{pair.Item1}", pair => (string?)pair.Item2));
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        app = Program.Build(builder);
        await OpenDatabases.RunAsync(app.Services, Cancellation);
        await app.StartAsync(Cancellation);
    }

    /// <summary>The answer that tells a problem, once nothing is in the way that passes by itself.</summary>
    public async Task<(HttpStatusCode Code, JsonElement Problem)> UntilToldAsync(string kind, string participant)
    {
        (HttpStatusCode Code, string Text, IReadOnlyList<JsonElement> Problems) answer = (default, "", []);
        await Until.TrueAsync(
            async () => (answer = await ReadAsync()).Problems.Any(IsIt)
                && !answer.Problems.Any(problem => problem.GetProperty("kind").GetString() is "waiting" or "bus" or "pages"),
            () => Task.FromResult($"{kind} is told: {answer.Text}"));
        Assert.DoesNotContain("\"healthy\"", answer.Text, StringComparison.Ordinal);
        return (answer.Code, answer.Problems.Single(IsIt));

        bool IsIt(JsonElement problem) =>
            problem.GetProperty("kind").GetString() == kind && problem.GetProperty("participant").GetString() == participant;
    }

    public async Task<(HttpStatusCode Code, string Text, IReadOnlyList<JsonElement> Problems)> ReadAsync()
    {
        using var answer = await Http.GetAsync("/healthz/ready", Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        return (answer.StatusCode, text, [.. JsonDocument.Parse(text).RootElement.GetProperty("problems").EnumerateArray()]);
    }
}
