using Interclustering.Federation;
using Interclustering.Hub;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;
using Interclustering.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.Server;

/// <summary>The server, as a table of contents.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync(WebApplicationBuilder builder, CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        builder.AddTelemetry();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DatabaseFactories>();
        builder.Services.AddSingleton<IDbContextFactory<HubContext>>(provider => provider.GetRequiredService<DatabaseFactories>());
        builder.Services.AddParticipants(settings);
        builder.Services.AddHealth();

        var app = builder.Build();
        app.MapHealth();
        app.MapFederationApi();

        await OpenDatabases.RunAsync(
            settings, app.Services.GetRequiredService<DatabaseFactories>(),
            app.Services.GetRequiredService<IReadOnlyList<Participant>>(), cancellation);
        await app.RunAsync(cancellation);
        return 0;
    }
}
