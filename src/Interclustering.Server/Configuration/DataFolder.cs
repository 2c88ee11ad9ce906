namespace Interclustering.Server.Configuration;

/// <summary>The folder of everything that this installation keeps.</summary>
internal static class DataFolder
{
    private const string Key = "Interclustering:Data";

    /// <summary>Makes it where it is missing, and tries to write there.</summary>
    /// <exception cref="WrongSettingException">That is not possible.</exception>
    public static void Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".writable-{Environment.ProcessId}-{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush();
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
