using System.Globalization;
using Interclustering.Accounts.Sessions;
using Interclustering.Contracts;
using Interclustering.Federation.Liveness;
using Interclustering.Federation;
using Interclustering.Hub;
using Interclustering.Hub.Agenda;
using Interclustering.Hub.Api;
using Interclustering.Hub.Files;
using Interclustering.Hub.Search;
using Interclustering.Node;
using Interclustering.Node.Sources;
using Interclustering.Server.Commands;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;
using Interclustering.Accounts;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;
using Scalar.AspNetCore;

namespace Interclustering.Server;

/// <summary>The server, as a table of contents.</summary>
internal static class Serving
{
    /// <summary>Bytes of a request whose endpoint sets no other limit: a text of the largest size, percent-encoded.</summary>
    private const long LargestBody = 4 * 1024 * 1024;

    public static async Task<int> RunAsync(WebApplicationBuilder builder, CancellationToken cancellation)
    {
        // What no request asks for (mails, mostly) is in French, whatever the machine speaks.
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = Language.French;
        var app = Build(builder);
        OwnFiles.Mend(app.Services.GetRequiredService<ServerSettings>(), app.Logger);
        await OpenDatabases.RunAsync(app.Services, cancellation);
        var password = await DemonstrationSetup.PrepareAsync(app.Services, cancellation);
        app.Lifetime.ApplicationStarted.Register(() => Banner.Print(app, app.Services.GetRequiredService<ServerSettings>(), password));
        // The provider is gone after the run.
        var watch = app.Services.GetRequiredService<Watch>();
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.RunAsync(cancellation);
        // A background service that failed has stopped the host: whoever supervises it must start it again.
        return services.Any(service => service.ExecuteTask is { IsFaulted: true }) ? Watch.Unavailable : watch.ExitCode;
    }

    /// <summary>Everything that the process answers, before its databases are open.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.WebHost.UseStaticWebAssets();
        builder.LimitTransport();
        builder.AddLogs(settings);
        builder.AddTelemetry();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new DemonstrationMode(settings.Demonstration));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabases();
        builder.Services.AddParticipants(settings);
        builder.Services.AddPersistentKeys(settings);
        builder.Services.AddSharedAnswers();
        builder.Services.AddSecurityHeaders(settings.HttpsSubdomains);
        builder.Services.AddSingleton(settings.Accounts);
        builder.Services.AddOpenApi();
        builder.Services.AddHealth();
        builder.Services.AddSingleton(new NationalSite(settings.HostsHub ? "" : settings.Directory.Hub.Address ?? ""));
        builder.Services.AddSingleton(settings.Files);
        builder.Services.AddSingleton(settings.SchoolHolidays);
        builder.Services.AddSingleton(settings.Fetch);
        builder.Services.AddSingleton(new SourceProcess(SourceTextCommand.Start, TimeSpan.FromSeconds(20)));
        builder.Services.AddSingleton<ReadSource>(provider => provider.GetRequiredService<SourceProcess>().ReadAsync);
        builder.Services.AddWorkspaces(settings);
        builder.Services.AddHubDoor(settings);
        builder.Services.AddNodeClockwork();
        builder.Services.AddMail(settings);
        if (settings.HostsHub)
        {
            builder.Services.AddSingleton(settings.Site);
            builder.Services.AddSingleton<ReadPdf>(new PdfProcess(PdfTextCommand.Start, TimeSpan.FromSeconds(30)).ReadAsync);
            builder.Services.AddHub(settings.CacheMebibytes);
            builder.Services.AddHubFiles(settings.FilesOf(FederationDirectory.HubCode), settings.Files);
        }

        builder.Services.AddRequestRates(settings.Rates);
        var app = builder.Build();
        OneByOne.LogTo(app.Services.GetRequiredService<ILoggerFactory>());
        app.UseSecurityHeaders();
        app.UseLanguageOfAddress();
        app.UseErrorAnswers(DatabaseFailure.IsAway);
        app.UseReadableRequests();
        app.UseRoutingWithHead();
        app.UseHostCookies();
        app.UseAuthentication();
        app.UseAuthorization();
        if (settings.HostsHub)
        {
            app.UseCors();
        }

        app.UseRateLimiter();
        if (settings.HostsHub)
        {
            app.UseOutputCache();
        }

        app.UseSharedAnswers();
        app.MapStaticAssets().DisableRateLimiting();
        app.MapHealth();
        app.MapFederationApi();
        app.MapOpenApi().ShareAnswer();
        // Its script only: the page around it is the hub's, without a script in it.
        app.MapScalarApiReference("/scalar").ShareAnswer().ExcludeFromDescription();
        app.MapUi();
        app.MapNodes();
        app.MapMailbox(settings);
        if (settings.HostsHub)
        {
            app.MapHub();
            app.MapReference(settings.Rates.ApiPerMinute);
            app.FollowHub();
        }
        else
        {
            app.MapGet("/", () => Results.LocalRedirect(Language.To("/espace"))).ExcludeFromDescription();
        }

        return app;
    }
}
