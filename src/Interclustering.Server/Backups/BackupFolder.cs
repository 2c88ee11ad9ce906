using System.Globalization;
using Interclustering.Server.Configuration;

namespace Interclustering.Server.Backups;

/// <summary>The scheduled backups of one process, by their names: several processes may share a folder.</summary>
internal sealed class BackupFolder(ServerSettings settings)
{
    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";

    private string Path => settings.Backup.Folder ?? throw new InvalidOperationException("There is no folder of backups.");

    private string Prefix => $"interclustering-{(settings.Roles.Count == settings.Directory.Clusters.Count + 1
        ? "all" : string.Join('+', settings.Roles.Order(StringComparer.Ordinal)))}-";

    private string Ending => settings.Backup.Recipient is null ? ".tar.gz" : ".tar.gz.cms";

    /// <summary>The path of the next one.</summary>
    /// <param name="now">UTC.</param>
    public string PathOf(DateTime now) =>
        System.IO.Path.Combine(Path, $"{Prefix}{now.ToString(Stamp, CultureInfo.InvariantCulture)}{Ending}");

    /// <summary>The last one, and when it was made; null where there is none.</summary>
    public (string Path, DateTime At)? Newest => All().OrderByDescending(each => each.At).Select(each => ((string, DateTime)?)each)
        .FirstOrDefault();

    /// <summary>Deletes what was kept long enough, and never the last one.</summary>
    public void Forget(DateTime now)
    {
        var newest = Newest?.Path;
        foreach (var (path, at) in All().Where(each => each.Path != newest && now - each.At > TimeSpan.FromDays(settings.Backup.KeepDays)))
        {
            File.Delete(path);
        }
    }

    private List<(string Path, DateTime At)> All()
    {
        var found = new List<(string Path, DateTime At)>();
        foreach (var path in Directory.Exists(Path) ? Directory.EnumerateFiles(Path, $"{Prefix}*") : [])
        {
            var name = System.IO.Path.GetFileName(path)[Prefix.Length..];
            if (name.Split(".tar.gz") is [var stamp, "" or ".cms"] && DateTime.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                found.Add((path, at));
            }
        }

        return found;
    }
}
