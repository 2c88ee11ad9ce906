using System.CommandLine;
using System.Globalization;
using Interclustering.Server.Backups;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Commands;

/// <summary><c>backup</c> and <c>backup rehearse</c>: everything that is hosted here in one file, and proof that it comes back.</summary>
internal static class BackupCommand
{
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var file = new Argument<string?>("file") { Description = "The archive to make", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("backup", "Make one archive of everything that is hosted here, while the server runs")
            { file, CreateRehearse(configure) };
        command.SetAction((parsed, cancellation) => OrSayAsync(parsed, async () =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var path = parsed.GetValue(file) ?? (settings.Backup.Folder is null
                ? throw new BackupFailedException("Name the file to make, or set Backup:Folder.")
                : new BackupFolder(settings).PathOf(TimeProvider.System.GetUtcNow().UtcDateTime));
            var manifest = await new BackupRun(settings, TimeProvider.System).RunAsync(path, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{path}: {string.Join(", ", manifest.Roles)}; {manifest.Files.Count} files, {new FileInfo(path).Length} bytes, checked"));
            return 0;
        }));
        return command;
    }

    /// <summary>What the two verbs say when they can't.</summary>
    public static async Task<int> OrSayAsync(ParseResult parsed, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (BackupFailedException exception)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static Command CreateRehearse(Func<ParseResult, IConfiguration> configure)
    {
        var archive = new Option<string?>("--file") { Description = "The archive; the last one of Backup:Folder by default" };
        var key = new Option<string?>("--key") { Description = "The recipient's private key in PEM, for an encrypted archive" };
        var command = new Command("rehearse", "Restore the last backup into a temporary place, look at it, and report") { archive, key };
        command.SetAction((parsed, cancellation) => OrSayAsync(parsed, async () =>
        {
            var settings = SettingsReader.Read(configure(parsed));
            var path = parsed.GetValue(archive) ?? (settings.Backup.Folder is null ? null : new BackupFolder(settings).Newest?.Path)
                ?? throw new BackupFailedException("There is no backup to rehearse with: name one with --file, or set Backup:Folder.");
            var (manifest, lines) = await new Rehearsal(settings).RunAsync(path, parsed.GetValue(key), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{path}, taken {manifest.TakenAt:u} by version {manifest.Version}");
            foreach (var line in lines)
            {
                await output.WriteLineAsync($"{(line.IsSound ? "ok     " : "BROKEN ")} {line.Participant,-14} {line.What}");
            }

            var broken = lines.Count(line => !line.IsSound);
            await output.WriteLineAsync(broken == 0 ? "The backup can be restored." : $"{broken} of {lines.Count} lines are broken.");
            return broken == 0 ? 0 : 1;
        }));
        return command;
    }
}
