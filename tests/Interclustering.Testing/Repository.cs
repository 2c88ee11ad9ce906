namespace Interclustering.Testing;

/// <summary>The files of this repository, as tests read them.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files below a folder, without what the build puts there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathTo(folder), pattern, SearchOption.AllDirectories).Where(path => !IsBuilt(path));

    public static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(PathTo(folder), "*", SearchOption.AllDirectories).Where(path => !IsBuilt(path));

    private static bool IsBuilt(string path) =>
        Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Interclustering.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Interclustering.sln above {AppContext.BaseDirectory}.");
    }
}
