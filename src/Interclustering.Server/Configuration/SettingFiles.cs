namespace Interclustering.Server.Configuration;

/// <summary>
/// Settings that stand in files of their own: <c>Bus:Password_FILE</c> names the file of <c>Bus:Password</c>, as the official images of
/// Docker have it. A password then stands neither in the environment nor in a file that is shown around.
/// </summary>
internal static class SettingFiles
{
    private const string Suffix = "_FILE";
    private const string Section = "Interclustering:";

    /// <summary>What the files hold, by the key of the setting: read once, when the process starts.</summary>
    /// <exception cref="WrongSettingException">One can't be read, is empty, or stands beside the setting itself.</exception>
    public static IReadOnlyDictionary<string, string?> Read(IConfiguration configuration)
    {
        var read = new Dictionary<string, string?>();
        foreach (var (key, path) in configuration.GetSection("Interclustering").AsEnumerable())
        {
            // What is no setting is refused elsewhere, with the nearest one that is. An empty one is as if not set.
            if (IsFile(key) && path is { Length: > 0 } && Setting.All.Any(setting => setting.Is(NameOf(key)[Section.Length..])))
            {
                read[NameOf(key)] = configuration[NameOf(key)] is { Length: > 0 }
                    ? throw Wrong(key, path, $"while {NameOf(key)} is set as well: take one of them out")
                    : TextOf(key, path);
            }
        }

        return read;
    }

    /// <summary>The key of the setting, where a key names its file; else the key itself.</summary>
    public static string NameOf(string key) => IsFile(key) ? key[..^Suffix.Length] : key;

    /// <summary>A key, changed as if it named no file.</summary>
    public static string Change(string key, Func<string, string> change) => change(NameOf(key)) + (IsFile(key) ? Suffix : "");

    private static bool IsFile(string key) => key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    private static string TextOf(string key, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } text ? text
                : throw Wrong(key, path, "which is empty: write the value into it, or take the setting out");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong(key, path, "which is not there: make it, or correct its path");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(key, path, $"which {Environment.UserName} can't read: let that user read the file and enter its folder");
        }
    }

    /// <summary>A path is said, unlike the value of a secret. What is none may be the secret itself.</summary>
    private static WrongSettingException Wrong(string key, string path, string words) => new(
        $"Setting {key} names the file {(Path.IsPathRooted(path) ? $"\"{path}\"" : "\"…\" (no absolute path)")}, {words}.");
}
