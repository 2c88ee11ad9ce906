using System.CommandLine;
using Interclustering.Server.Backups;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Commands;

/// <summary><c>restore</c>: an archive of <c>backup</c> into an empty place.</summary>
internal static class RestoreCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var file = new Argument<string>("file") { Description = "The archive" };
        var key = new Option<string?>("--key") { Description = "The recipient's private key in PEM, for an encrypted archive" };
        var command = new Command("restore", "Put what an archive holds into an empty data folder and empty databases") { file, key };
        command.SetAction((parsed, cancellation) => BackupCommand.OrSayAsync(parsed, async () =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var manifest = await new RestoreRun(settings).RunAsync(
                Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(key), cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"Restored {string.Join(", ", settings.Roles)} as of {manifest.TakenAt:u}, written by version {manifest.Version}.");
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                """
                Now start the server, and look at /etat.
                Where it says that sending has stopped, others have read more than this backup holds: `recover --cluster CODE` brings
                that back.
                `verify --wait 60`, in hub, says afterwards whether all agree.
                """);
            return 0;
        }));
        return command;
    }
}
