using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Files.Pictures;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>picture</c>: what the server starts for each picture that is uploaded, so that none can take it down. Not for people.
/// </summary>
internal static class PictureCommand
{
    private const string Name = "picture";

    public static Command Create()
    {
        var command = new Command(Name, "Write a picture from the standard input anew, as JSON") { Hidden = true };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var content = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(content, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                JsonSerializer.Serialize(ReencodedPicture.Of(content.ToArray()), ContractJson.Options));
            return 0;
        });
        return command;
    }

    public static ProcessStartInfo Start() => AttachmentTextCommand.Start(Name);
}
