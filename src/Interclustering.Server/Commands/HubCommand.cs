using System.CommandLine;
using Interclustering.Contracts;
using Interclustering.Federation.Journals;
using Interclustering.Hub.Ingest;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>hub rebuild</c>, see <see cref="RecoverCommand"/>; and <c>hub reprocess</c>: judges again what the hub had set aside, also beside a
/// running server, whose relay and pages poll.
/// </summary>
internal static class HubCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var reprocess = new Command("reprocess", "Judge again what was set aside, e.g. after an upgrade, and apply what is fine now");
        reprocess.SetAction((parsed, cancellation) => ReprocessAsync(
            SettingsReader.Read(configure(parsed)), parsed.InvocationConfiguration, cancellation));
        return new Command("hub", "Look after the hub's database") { RecoverCommand.CreateRebuild(configure), reprocess };
    }

    private static async Task<int> ReprocessAsync(ServerSettings settings, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (await HubDatabase.OpenAsync(settings, console.Error, cancellation) is not { } databases)
        {
            return 2;
        }

        var done = await Reprocess.RunAsync(
            databases.CreateDbContext, new Journal(FederationDirectory.HubCode, TimeProvider.System), settings.Directory, cancellation);
        await console.Output.WriteLineAsync($"{done.Applied} applied, {done.Left} still set aside");
        return 0;
    }
}
