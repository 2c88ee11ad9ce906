using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Hub.Search.Attachments;

namespace Interclustering.Server.Commands;

/// <summary><c>attachment-text</c>: what the server starts for each attachment, so that none can take it down. Not for people.</summary>
internal static class AttachmentTextCommand
{
    private const string Name = "attachment-text";

    public static Command Create()
    {
        var file = new Argument<string>("file");
        var command = new Command(Name, "Print the text of an attachment as JSON") { file };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                JsonSerializer.Serialize(AttachmentText.Read(parsed.GetRequiredValue(file)), ContractJson.Options));
            return 0;
        });
        return command;
    }

    public static ProcessStartInfo Start() => Start(Name);

    /// <summary>Starts this executable with a verb, whether it runs by itself or by <c>dotnet</c>.</summary>
    internal static ProcessStartInfo Start(string verb)
    {
        var assembly = typeof(AttachmentTextCommand).Assembly.Location;
        var host = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? new ProcessStartInfo(host, [assembly, verb])
            : new ProcessStartInfo(Path.ChangeExtension(assembly, null), [verb]);
    }
}
