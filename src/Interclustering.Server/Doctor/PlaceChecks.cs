using System.Globalization;
using Interclustering.Server.Backups;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Doctor;

/// <summary>The data folder, its disk, the keys in it, and the backups.</summary>
internal static class PlaceChecks
{
    private const long Mebibyte = 1024 * 1024;

    public static IReadOnlyList<Finding> Of(ServerSettings settings, TimeProvider clock) =>
        [Disk(settings), .. settings.Roles.Select(code => Key(settings, code)), Backup(settings, clock)];

    private static Finding Disk(ServerSettings settings)
    {
        var probe = Path.Combine(settings.Data, $".doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var free = new DriveInfo(settings.Data).AvailableFreeSpace / Mebibyte;
            return free >= settings.LeastFreeMebibytes
                ? Finding.Good(settings.Data, string.Create(CultureInfo.InvariantCulture, $"can be written to; {free} MiB are free"))
                : Finding.Wrong(settings.Data, string.Create(CultureInfo.InvariantCulture,
                    $"{free} MiB are free; {settings.LeastFreeMebibytes} should be"), "Make room, or move Data to a larger disk");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong(settings.Data, $"can't be written to: {exception.Message}",
                "Run doctor as the user of the server, and give that user the folder");
        }
    }

    private static Finding Key(ServerSettings settings, string code)
    {
        var (files, listed) = (settings.KeysOf(code), settings.Directory.KeysOf(code));
        return files.Keyid is not { } keyid
            ? Finding.Look(code, $"has no key yet in {Path.Combine(settings.Data, "keys")}",
                "The first start makes one; after a loss restore it from the backup")
            : files.Fits(listed)
            ? Finding.Good(code, $"signs with {keyid}" + (listed.Count == 0 ? ""
                : listed.Any(each => each.Keyid == keyid && each.Through is null) ? ", which the directory lists"
                : " until the next start, which takes the key that the directory lists"))
            : Finding.Wrong(code, $"signs with {keyid}, which the directory does not list: others refuse what it says",
                "Restore the key from the backup, or put what `keys create` prints into every directory");
    }

    private static Finding Backup(ServerSettings settings, TimeProvider clock)
    {
        if (settings.Backup.Folder is not { } folder)
        {
            return Finding.Look("backup", "None is made by the server", "Set Backup:Folder, on another disk");
        }

        var inside = Path.GetFullPath(folder).StartsWith(Path.GetFullPath(settings.Data) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);
        var age = clock.GetUtcNow().UtcDateTime - new BackupFolder(settings).Newest?.At;
        return inside ? Finding.Look("backup", $"{folder} lies in the data folder: both are lost together", "Name another disk")
            : age is null ? Finding.Wrong("backup", $"There is none in {folder}", "Run `backup`, and read what it says")
            : age > 2 * settings.Backup.Every
                ? Finding.Wrong("backup", string.Create(CultureInfo.InvariantCulture,
                    $"The last one is {age.Value.TotalHours:0} hours old"), "Run `backup`, and read what it says")
            : Finding.Good("backup", string.Create(CultureInfo.InvariantCulture,
                $"The last one is {age.Value.TotalHours:0} hours old; `backup rehearse` says whether it can be restored"));
    }
}
