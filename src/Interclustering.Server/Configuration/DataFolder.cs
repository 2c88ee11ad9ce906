namespace Interclustering.Server.Configuration;

/// <summary>The folder of everything that this installation keeps.</summary>
internal static class DataFolder
{
    private const string Key = "Interclustering:Data";

    // errno of Linux: ENOSPC, EDQUOT. The setting is right, and what needs the space says so.
    private static readonly int[] Full = [28, 122];

    /// <summary>Makes it where it is missing, and tries to make a file there.</summary>
    /// <exception cref="WrongSettingException">That is not possible.</exception>
    public static void Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".writable-{Environment.ProcessId}-{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (Full.Contains(exception.HResult))
        {
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, exception);
        }
    }

    /// <summary>For what fails in it later.</summary>
    public static WrongSettingException Wrong(string path, Exception exception) =>
        new(Key, path, $"a folder to which the user of this program may write; {exception.Message.TrimEnd('.')}");
}
