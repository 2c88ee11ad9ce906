using Interclustering.Federation;
using Interclustering.Hub;
using Interclustering.Hub.Agenda;
using Interclustering.Node;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;
using Interclustering.Ui.Shell;
using Interclustering.Ui.Words;

namespace Interclustering.Server;

/// <summary>The server, as a table of contents.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync(WebApplicationBuilder builder, CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        builder.WebHost.UseStaticWebAssets();
        builder.AddTelemetry();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabases();
        builder.Services.AddParticipants(settings);
        builder.Services.AddPersistentKeys(settings);
        builder.Services.AddOpenApi();
        builder.Services.AddHealth();
        builder.Services.AddSingleton(new NationalSite(settings.HostsHub ? "" : settings.Directory.Hub.Address ?? ""));
        builder.Services.AddWorkspaces(settings);
        if (settings.HostsHub)
        {
            builder.Services.AddHub();
        }

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseLanguageOfAddress();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        if (settings.HostsHub)
        {
            app.UseOutputCache();
        }

        app.MapStaticAssets();
        app.MapHealth();
        app.MapFederationApi();
        app.MapOpenApi();
        app.MapUi();
        app.MapNodes();
        if (settings.HostsHub)
        {
            app.MapHub();
            app.FollowHub();
        }
        else
        {
            app.MapGet("/", () => Results.LocalRedirect(Language.To("/espace"))).ExcludeFromDescription();
        }

        await OpenDatabases.RunAsync(app.Services, cancellation);
        var password = await DemonstrationSetup.PrepareAsync(app.Services, cancellation);
        app.Lifetime.ApplicationStarted.Register(() => Banner.Print(app, settings, password));
        await app.RunAsync(cancellation);
        return 0;
    }
}
