using System.CommandLine;
using System.Text.Json;
using Interclustering.Server.BrokerPermissions;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>infra check</c>: is the broker the boundary that it has to be? Exit code 1 with findings, 2 when the definitions can't be read.
/// </summary>
internal static class InfraCommand
{
    private const string StandardInput = "-";

    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var file = new Argument<string>("file") { Description = "What `rabbitmqctl export_definitions FILE` wrote; - is standard input" };
        var check = new Command("check", "Check the rights, queues and limits in a broker's definitions") { file };
        check.SetAction((parsed, cancellation) => CheckAsync(parsed.GetRequiredValue(file), parsed.InvocationConfiguration, cancellation));
        var definitions = new Command("definitions",
            "Print what a broker needs for the directory's participants, for `rabbitmqctl import_definitions`: no users, no passwords");
        definitions.SetAction((parsed, cancellation) => parsed.InvocationConfiguration.Output.WriteAsync(
            BrokerTopology.Of(SettingsReader.Read(configure(parsed)).Directory).AsMemory(), cancellation));
        return new Command("infra", "What the deployment relies on") { check, definitions };
    }

    private static async Task<int> CheckAsync(string file, InvocationConfiguration console, CancellationToken cancellation)
    {
        BrokerDefinitions definitions;
        try
        {
            var text = file == StandardInput
                ? await Console.In.ReadToEndAsync(cancellation) : await File.ReadAllTextAsync(file, cancellation);
            definitions = BrokerDefinitions.Read(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            await console.Error.WriteLineAsync($"{file} can't be read as a broker's definitions: {exception.Message}");
            return 2;
        }

        var findings = BrokerRights.Check(definitions);
        foreach (var finding in findings)
        {
            await console.Output.WriteLineAsync(finding.ToString());
        }

        var (users, queues) = (BrokerRights.Participants(definitions).Count, definitions.In(BrokerRights.VirtualHost).Queues.Count);
        await console.Output.WriteLineAsync(findings.Count == 0
            ? $"The broker's rights are as they should be ({users} users, {queues} queues)." : $"{findings.Count} findings.");
        return findings.Count == 0 ? 0 : 1;
    }
}
