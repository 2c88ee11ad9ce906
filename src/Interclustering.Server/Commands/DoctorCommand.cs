using System.CommandLine;
using System.Globalization;
using Interclustering.Server.Configuration;
using Interclustering.Server.Doctor;

namespace Interclustering.Server.Commands;

/// <summary>
/// <c>doctor</c>: is this installation as it should be? Exit code 1 when something does not work. It changes nothing.
/// </summary>
internal static class DoctorCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure, Option<string?> urls)
    {
        var command = new Command("doctor", "Look at everything that this installation relies on, and say what to do") { urls };
        command.SetAction(async (parsed, cancellation) =>
        {
            var configuration = configure(parsed);
            var (output, counts) = (parsed.InvocationConfiguration.Output, new int[3]);
            await foreach (var finding in new Examination(SettingsReader.Read(configuration), configuration, TimeProvider.System)
                .RunAsync(cancellation))
            {
                counts[(int)finding.Standing]++;
                await output.WriteLineAsync(finding.ToString());
            }

            var (good, look, wrong) = (counts[(int)Standing.Good], counts[(int)Standing.Look], counts[(int)Standing.Wrong]);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{wrong} wrong, {look} to look at, {good} as they should be."));
            return wrong == 0 ? 0 : 1;
        });
        return command;
    }
}
