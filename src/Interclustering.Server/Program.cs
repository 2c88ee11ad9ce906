using System.Globalization;
using System.Net.Sockets;
using Interclustering.Accounts;
using Interclustering.Federation;
using Interclustering.Federation.Hosting;
using Interclustering.Federation.Liveness;
using Interclustering.Hub;
using Interclustering.Hub.Api;
using Interclustering.Node;
using Interclustering.Server.Alerts;
using Interclustering.Server.Backups;
using Interclustering.Server.Commands;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;
using Interclustering.Server.Metrics;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Scalar.AspNetCore;

namespace Interclustering.Server;

/// <summary>The server, as a table of contents.</summary>
internal static class Program
{
    /// <summary>Bytes of a request whose endpoint sets no other limit: a text of the largest size, percent-encoded.</summary>
    private const long LargestBody = 4 * 1024 * 1024;

    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args);

    /// <summary>In place of an exit code: the federation directory has changed, and the server is to start with it.</summary>
    public const int StartsAgain = -1;

    /// <returns>0, the exit code that asks a supervisor to start the process again, or <see cref="StartsAgain"/>.</returns>
    /// <exception cref="OperationCanceledException">It was stopped before it listened.</exception>
    public static async Task<int> ServeAsync(WebApplicationBuilder builder, CancellationToken cancellation)
    {
        // What no request asks for (mails, mostly) is in French, whatever the machine speaks.
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = Language.French;
        await using var app = Build(builder);
        try
        {
            await StartAsync(app, cancellation);
        }
        catch (OperationCanceledException) when (app.Services.GetRequiredService<DirectoryWatch>().HasChanged
            && !cancellation.IsCancellationRequested)
        {
            return StartsAgain;
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && exception is not OperationCanceledException)
        {
            // What was in the middle of its work fails in its own way.
            throw new OperationCanceledException(exception.Message, exception, cancellation);
        }

        // The provider is gone after the run.
        var watch = app.Services.GetRequiredService<BusWatchdog>();
        var directory = app.Services.GetRequiredService<DirectoryWatch>();
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.WaitForShutdownAsync(cancellation);
        // A background service that failed has stopped the host.
        return services.Any(service => service.ExecuteTask is { IsFaulted: true }) ? BusWatchdog.Unavailable
            : directory.HasChanged && watch.ExitCode == 0 && !cancellation.IsCancellationRequested ? StartsAgain : watch.ExitCode;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        var settings = app.Services.GetRequiredService<ServerSettings>();
        FrameworkSettings.CheckFree(app.Configuration);
        app.Services.GetRequiredService<StartSteps>().Tell(
            $"{ProgramVersion.Long} starts: {string.Join(", ", settings.Roles)}; data in {settings.Data}");
        FilePermissions.Mend(settings, app.Logger);
        await OpenDatabases.RunAsync(app.Services, cancellation);
        var password = await DemonstrationSetup.PrepareAsync(app.Services, cancellation);
        app.Lifetime.ApplicationStarted.Register(() => Banner.Print(app, settings, password));
        app.Services.GetRequiredService<ServiceState>().Follow();
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is IOException or SocketException
            || (exception is InvalidOperationException && exception.Message.Contains("HTTPS", StringComparison.Ordinal)))
        {
            throw FrameworkSettings.CannotListen(string.Join(';', Listening.Of(app.Configuration)), exception);
        }
    }

    /// <summary>Everything that the process answers, before its databases are open.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        DataFolder.Open(settings.Data);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.WebHost.UseStaticWebAssets();
        // Of a build as of a publication, an address with a hash is kept for a year.
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        builder.LimitTransport();
        builder.AddLogs(settings);
        builder.ListenForMetrics(settings);
        builder.AddTelemetry(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new DemonstrationMode(settings.Demonstration));
        builder.Services.AddSingleton(WorkspaceAddresses.Of(settings));
        builder.Services.AddSingleton(settings.Accounts);
        builder.Services.AddSingleton(settings.Files);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StartSteps>();
        builder.Services.AddDatabases();
        builder.Services.AddParticipants(settings);
        builder.Services.AddCookieKeys(settings);
        builder.Services.AddRequestPipeline(settings.Rates, settings.HttpsSubdomains);
        builder.Services.AddOpenApi(options => options.DescribeApi());
        builder.Services.AddHealth();
        builder.Services.AddSingleton<IFindProblems, DiskSpace>();
        builder.Services.AddSingleton<DirectoryWatch>().AddHostedService(provider => provider.GetRequiredService<DirectoryWatch>());
        builder.Services.AddSingleton<ServiceState>();
        builder.Services.AddHostedService<StartMemory>();
        ScheduledBackups.AddTo(builder.Services);
        Certificates.AddTo(builder.Services);
        builder.Services.AddHostedService<OperatorAlerts>();
        builder.Services.AddHostedNodes(settings);
        builder.Services.AddMail(settings);
        if (settings.HostsHub)
        {
            builder.Services.AddHostedHub(settings);
        }

        var app = builder.Build();
        FaultIsolation.LogTo(app.Services.GetRequiredService<ILoggerFactory>());
        app.UseMetricsEndpoint(settings);
        app.UseRequestPipeline(settings.HostsHub);
        app.MapStaticAssets().DisableRateLimiting();
        app.MapHealth();
        app.MapFederationApi();
        app.MapOpenApi().ShareAnswer();
        // Its script only: the page around it is the hub's, without a script in it.
        app.MapScalarApiReference("/scalar").ShareAnswer().ExcludeFromDescription();
        app.MapUi();
        var pages = app.MapWithAssets();
        pages.MapNodes();
        app.MapMailbox(settings);
        if (settings.HostsHub)
        {
            pages.MapHub();
            pages.MapReference(settings.Rates.ApiPerMinute);
        }
        else
        {
            app.MapGet("/", () => Results.LocalRedirect(Language.To("/espace"))).ExcludeFromDescription();
        }

        return app;
    }
}
