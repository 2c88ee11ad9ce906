using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Interclustering.Dates;
using Interclustering.Node.Sources.Reading;

namespace Interclustering.Server.Commands;

/// <summary><c>source-text</c>: what the server starts for each answer of a source, so that no page and no calendar can take it down.
/// Not for people.</summary>
internal static class SourceTextCommand
{
    private const string Name = "source-text";

    public static Command Create()
    {
        var address = new Argument<string>("address");
        var command = new Command(Name, "Print the events of what is read from the standard input as JSON") { address };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            using var content = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(content, cancellation);
            var read = SourceContent.Read(content.GetBuffer().AsMemory(0, (int)content.Length),
                new Uri(parsed.GetRequiredValue(address)), ParisDay.Today(TimeProvider.System));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(read, JsonSerializerOptions.Web));
            return 0;
        });
        return command;
    }

    public static ProcessStartInfo Start() => AttachmentTextCommand.Start(Name);
}
