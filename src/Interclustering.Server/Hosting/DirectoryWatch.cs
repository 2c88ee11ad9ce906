using System.Text.Json;
using Interclustering.Contracts;
using Interclustering.Federation.Liveness;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>
/// Looks at the file of the federation directory, and has the server start again within its process when that says something else: a
/// seventh cluster needs no operator at the others. A file that can't be used changes nothing.
/// </summary>
internal sealed partial class DirectoryWatch(
    ServerSettings settings, IConfiguration configuration, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<DirectoryWatch> logger) : SteadyService(clock, logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Whether the server ends because the directory has changed.</summary>
    public bool HasChanged { get; private set; }

    protected override async Task WorkAsync(CancellationToken stop)
    {
        if (configuration["Interclustering:Directory"] is not { } path)
        {
            // The built-in one comes with the program.
            return;
        }

        var (known, wrong) = (Written(settings.Directory), "");
        using var timer = new PeriodicTimer(Look, Clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                if (Written(DirectoryFile.Read(path)) == known)
                {
                    wrong = "";
                    continue;
                }

                RefuseWhatCannotStart();

                HasChanged = true;
                LogChanged(path);
                lifetime.StopApplication();
                return;
            }
            catch (WrongSettingException exception) when (exception.Message == wrong)
            {
                // It has been said.
            }
            catch (WrongSettingException exception)
            {
                wrong = exception.Message;
                LogWrong(wrong);
            }
        }
    }

    /// <exception cref="WrongSettingException">A server with it would end at its start.</exception>
    private void RefuseWhatCannotStart()
    {
        var next = SettingsReader.Read(configuration);
        if (next.Roles.FirstOrDefault(role => !next.KeysOf(role).Fits(next.Directory.KeysOf(role))) is { } role)
        {
            throw new WrongSettingException("Interclustering:Directory", configuration["Interclustering:Directory"],
                $"a directory that lists the key that {role} has here");
        }
    }

    private static string Written(FederationDirectory directory) => JsonSerializer.Serialize(directory, ContractJson.Options);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} has changed: the server starts again with it")]
    private partial void LogChanged(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The changed directory is not used: {Reason}")]
    private partial void LogWrong(string reason);
}
