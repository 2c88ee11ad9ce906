using Interclustering.Server.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace Interclustering.Server.Hosting;

/// <summary>Where the log goes, and in which form.</summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Services.AddSingleton<ConsoleFormatter>(new LogLines(settings.LogsAsJson, TimeProvider.System));
        builder.Logging.AddConsole(options => options.FormatterName = LogLines.FormatterName);
    }
}
