using System.Runtime.InteropServices;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Hosting;

/// <summary>
/// Files that only this server's user reads: databases, private keys, mails with links that let in. Folders are 0700 and files 0600. On
/// Windows the folder's own access list says who reads it.
/// </summary>
internal static partial class FilePermissions
{
    private const uint ForNobodyElse = 0b111_111;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Content = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] Folders = ["keys", "mail", "files"];

    /// <summary>From here on: SQLite makes its files by itself, and asks the process's mask only.</summary>
    public static void CreateForThisUserOnly()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(ForNobodyElse);
        }
    }

    /// <summary>
    /// What was made before, or was restored by a program with other habits. Only what is ours in the folder, and no link out of it.
    /// </summary>
    public static void Mend(ServerSettings settings, ILogger logger)
    {
        Directory.CreateDirectory(settings.Data);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var plain = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };
        var data = new DirectoryInfo(settings.Data);
        var ours = Folders.Select(name => new DirectoryInfo(Path.Combine(data.FullName, name)))
            .Where(folder => folder is { Exists: true, LinkTarget: null });
        var loose = data.EnumerateFiles()
            .Where(file => file.LinkTarget is null && (file.Name.Contains(".db", StringComparison.Ordinal) || file.Extension == ".txt"));
        foreach (var entry in (IEnumerable<FileSystemInfo>)[
            data, .. loose, .. ours, .. ours.SelectMany(folder => folder.EnumerateFileSystemInfos("*", plain))])
        {
            var mode = entry is DirectoryInfo ? Folder : Content;
            try
            {
                if (entry.UnixFileMode != mode)
                {
                    entry.UnixFileMode = mode;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogOpen(logger, Path.GetRelativePath(data.FullName, entry.FullName), exception.Message);
            }
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Others may read {Path} of the data folder, and this can't be changed: {Reason}")]
    private static partial void LogOpen(ILogger logger, string path, string reason);
}
