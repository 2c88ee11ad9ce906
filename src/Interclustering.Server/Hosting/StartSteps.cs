using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>
/// Says what a start is at, as a first one takes long: a line for each step at a terminal, an entry of the log where that is JSON.
/// </summary>
internal sealed partial class StartSteps(ServerSettings settings, ILogger<StartSteps> logger)
{
    public void Tell(string step)
    {
        if (settings.LogsAsJson)
        {
            LogStep(step);
        }
        else
        {
            Console.Out.WriteLine(step);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Step}")]
    private partial void LogStep(string step);
}
