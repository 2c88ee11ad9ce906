using System.CommandLine;
using Interclustering.Federation.Journals;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Server.Configuration;
using Interclustering.Server.Databases;

namespace Interclustering.Server.Commands;

/// <summary><c>erase</c>: removes a publication's or a person's content everywhere, for good.</summary>
internal static class EraseCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var cluster = new Option<string>("--cluster") { Description = "Code of the cluster that owns it", Required = true };
        var subject = new Argument<string>("id") { Description = "Id of the publication or person, e.g. bsc-0193a1b2-…" };
        var command =
            new Command("erase", "Erase a publication or a person everywhere, for good: texts, drafts, history") { cluster, subject };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var (code, id) = (parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(subject));
            var console = parsed.InvocationConfiguration;
            if (settings.HostedClusters.All(hosted => hosted.Code != code))
            {
                await console.Error.WriteLineAsync(
                    $"This installation hosts no cluster \"{code}\". Hosted here: "
                        + $"{string.Join(", ", settings.HostedClusters.Select(hosted => hosted.Code))}.");
                return 2;
            }

            await using var db = new DatabaseFactories(settings).Node(code);
            await SchemaUpgrade.RequireAsync(db, code, cancellation);
            var editor = new PublicationEditor(db, new Journal(code, TimeProvider.System), TimeProvider.System);
            if (!await editor.EraseAsync(id, cancellation))
            {
                await console.Error.WriteLineAsync($"{code} has published nothing with the id \"{id}\", and has no draft of it.");
                return 1;
            }

            await console.Output.WriteLineAsync(
                $"{id} is erased here. The hub and the other nodes erase it as soon as they have read it; backups and the database "
                    + $"server's own logs are yours to expire.");
            return 0;
        });
        return command;
    }
}
